"""Pictograms of a plan, and plans that still have the signs of before."""

from __future__ import annotations

from pathlib import Path

import pytest

from shared.config import Plan, parse_plan, read_config
from shared.errors import ConfigInvalid
from shared.language.pictograms import PICTOGRAMS
from shared.model import Need
from tests.support.plans import small_plan

OF_SERVICE: dict[str, dict[str, object]] = {"eins": {"name": {"de": "Eins"}, "pictogram": "bed"}}
PACKAGE: dict[str, object] = {"name": {"de": "Paket"}, "services": ["eins"]}


def plan_text(services: dict[str, dict[str, object]], **sections: dict[str, dict[str, object]]) -> str:
    return small_plan({"key": "test", "name": "Test"}, services, {"1": ["eins"]}, {}, **sections)


def plan(services: dict[str, dict[str, object]], **sections: dict[str, dict[str, object]]) -> Plan:
    return parse_plan(plan_text(services, **sections))


def problems(text: str) -> list[str]:
    with pytest.raises(ConfigInvalid) as refusal:
        parse_plan(text)
    return refusal.value.problems


def test_each_need_has_a_pictogram_of_the_program_until_the_plan_names_another() -> None:
    assert {plan(OF_SERVICE).pictogram_of(need) for need in Need} <= PICTOGRAMS.keys()
    own = plan(OF_SERVICE, needs={"quiet_room": {"pictogram": "door"}})
    assert own.pictogram_of(Need.QUIET_ROOM) == "door"
    assert own.pictogram_of(Need.LOOP) == plan(OF_SERVICE).pictogram_of(Need.LOOP) == "hearing"


def test_a_wrong_pictogram_is_answered_with_all_there_are() -> None:
    text = plan_text({"eins": {"name": {"de": "Eins"}, "pictogram": "mortarboard"}})
    (problem,) = problems(text)
    assert all(f" {name}," in f"{problem}," for name in PICTOGRAMS)


def test_a_plan_with_signs_of_before_holds_as_if_it_had_none() -> None:
    older = {"eins": {"name": {"de": "Eins"}, "symbol": "漢字"}}
    assert plan(older) == plan({"eins": {"name": {"de": "Eins"}}})


def test_a_file_with_signs_of_before_is_told_what_to_write_instead(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    text = plan_text({"eins": {"name": {"de": "Eins"}, "symbol": "⌂"}}, packages={"p": {**PACKAGE, "symbol": "?"}})
    file.write_text(text, encoding="utf-8")
    lines = text.splitlines()
    assert read_config(file).remarks == [
        f'{file}:{lines.index(sign) + 1}: {key}: is not shown any more; choose a pictogram = "…" instead'
        for sign, key in (('symbol = "?"', "packages.p.symbol"), ('symbol = "⌂"', "services.eins.symbol"))
    ]
    file.write_text(plan_text(OF_SERVICE, packages={"p": PACKAGE}), encoding="utf-8")
    assert read_config(file).remarks == []
