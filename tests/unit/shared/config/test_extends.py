"""A variant of a configuration holds the sections that differ, and takes every other one from the file it names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from shared.config import read_config
from shared.errors import ConfigInvalid

BASE = """\
[site]
key = "test"
name = "Test"
languages = ["de", "uk"]
[series]
A = { first = 1, last = 499, for = "packages" }
[authorities]
amt = { name = "Amt" }
[areas]
hier = { name = "Hier" }
[services.eins]
authority = "amt"
area = "hier"
name = "Eins"
minutes = { base = 10 }
[desks]
1 = { area = "hier", services = ["eins"] }
2 = { area = "hier", services = ["eins"] }
[device]
audio = "none"
"""
VARIANT = """\
extends = "../base.toml"
[desks]
5 = { area = "hier", services = ["eins"] }
"""


@pytest.fixture
def variant(tmp_path: Path) -> Callable[..., Path]:
    """Writes a variant in a folder of its own beside the file that it extends."""

    def variant(text: str = VARIANT, base: str = BASE) -> Path:
        (tmp_path / "small").mkdir()
        (tmp_path / "base.toml").write_text(base, encoding="utf-8")
        (tmp_path / "small" / "config.toml").write_text(text, encoding="utf-8")
        return tmp_path / "small" / "config.toml"

    return variant


def problems(path: Path) -> list[str]:
    with pytest.raises(ConfigInvalid) as refusal:
        read_config(path)
    return [problem.replace(f"{path.parent}/", "") for problem in refusal.value.problems]


def test_a_section_of_the_variant_takes_the_place_of_the_whole_section(variant: Callable[..., Path]) -> None:
    config = read_config(variant())
    assert list(config.plan.desks) == ["5"]
    assert config.plan.services["eins"].name == {"de": "Eins"}
    assert "extends" not in config.plan_toml


def test_the_settings_of_a_computer_are_never_those_of_another_file(variant: Callable[..., Path]) -> None:
    assert read_config(variant()).device.audio == "default"


def test_each_problem_is_named_in_the_file_where_it_stands(variant: Callable[..., Path]) -> None:
    path = variant(VARIANT.replace('"hier"', '"dort"'), BASE.replace("base = 10", "base = 0"))
    assert [problem.partition("; ")[0] for problem in problems(path)] == [
        'config.toml:3: desks.5.area: "dort" is not in [areas]',
        "../base.toml:15: services.eins.minutes.base: is 0",
    ]


def test_what_a_section_lacks_is_missing_there(variant: Callable[..., Path]) -> None:
    path = variant(f'{VARIANT}[site]\nkey = "other"\n')
    assert problems(path)[0].startswith("config.toml:4: site.name: is missing; needed: Name of the centre")


def test_texts_and_logo_come_from_beside_the_file_that_names_them(variant: Callable[..., Path], tmp_path: Path) -> None:
    path = variant(base=BASE.replace("[site]\n", '[site]\nlogo = "logo.png"\n'))
    (tmp_path / "texts").mkdir()
    entry = 'msgctxt "services.eins.name"\nmsgid "Eins"\nmsgstr "Один"\n'
    (tmp_path / "texts" / "uk.po").write_text(entry, encoding="utf-8")
    Image.new("1", (40, 20)).save(tmp_path / "logo.png")
    config = read_config(path)
    assert config.plan.services["eins"].name["uk"] == "Один"
    assert "data:image" in config.to_apply()
    assert config.to_translate("uk") == [], "a variant with desks alone has nothing to translate"


def test_a_variant_of_a_variant_may_be_named_from_anywhere(variant: Callable[..., Path], tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(f'extends = "{variant()}"\n[site]\nkey = "third"\nname = "Third"\n', encoding="utf-8")
    plan = read_config(own).plan
    assert (plan.site.key, list(plan.desks), list(plan.services)) == ("third", ["5"], ["eins"])


@pytest.mark.parametrize(
    ("named", "problem"),
    [
        ('"no.toml"', '1: extends: "no.toml" is no file; allowed: a file, its name seen from the folder of this one'),
        ("3", '1: extends: is 3; allowed: the name of a file in "quotes"'),
        ('"config.toml"', "1: extends: goes in a circle: config.toml → config.toml; allowed: a file that stands"),
        ('"a\\u0000b"', '1: extends: "a b" is no file; allowed: a file'),
        (f'"{"x" * 5000}"', f'1: extends: "{"x" * 39}…" is no file; allowed: a file'),
    ],
)
def test_a_file_that_cannot_be_extended_is_named(variant: Callable[..., Path], named: str, problem: str) -> None:
    found = problems(variant(f"extends = {named}\n"))
    assert [found[0].startswith(f"config.toml:{problem}"), len(found)] == [True, 1], found


def test_a_circle_of_files_is_refused(variant: Callable[..., Path]) -> None:
    path = variant(base='extends = "small/config.toml"\n')
    assert problems(path) == [
        "../base.toml:1: extends: goes in a circle: config.toml → base.toml → config.toml; allowed: a file that stands"
        " for itself in the end"
    ]


def test_a_folder_is_no_file_to_extend(variant: Callable[..., Path]) -> None:
    assert problems(variant('extends = ".."\n')) == [
        'config.toml:1: extends: ".." is a folder; allowed: a TOML file, its name seen from the folder of this one'
    ]


def test_a_name_below_a_section_is_the_only_problem(variant: Callable[..., Path]) -> None:
    text = '[site]\nkey = "x"\nname = "X"\nextends = "../base.toml"\n'
    assert problems(variant(text)) == ["config.toml:4: extends: belongs above the first section"]


def test_a_broken_file_is_named_by_its_own_name(variant: Callable[..., Path]) -> None:
    assert problems(variant(base="[site\n"))[0].startswith("../base.toml:1: is no TOML (")
