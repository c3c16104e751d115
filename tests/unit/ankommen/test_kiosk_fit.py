"""Doctor computes whether a kiosk fits its screen."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from ankommen import kiosk_fit
from ankommen.check import Check
from ankommen.kiosk_fit import fit
from kiosk.measured import Colours, Seen
from kiosk.moves import Step
from shared.config import Config, Device
from shared.language.fonts import font_path

DOCUMENT = Path(__file__).parents[3] / "docs" / "accessibility.md"
PLAIN = Colours((0, 0, 0), ())


@pytest.fixture
def small_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kiosk on which one sign of 5 by 3 cells can be touched."""
    sign = Seen(Step.SUMMARY, "more", 5, 3, PLAIN, (0, 0, 0), PLAIN)
    monkeypatch.setattr(kiosk_fit, "seen", lambda *_: [sign, replace(sign, width=40, height=9)])


def checks(leipzig: Config, **device: object) -> dict[str, Check]:
    computer = Device.model_validate(device)
    return {check.name.removeprefix("kiosk: "): check for check in fit(replace(leipzig, device=computer))}


@pytest.mark.usefixtures("small_sign")
def test_letters_and_targets_that_are_large_enough_are_accepted(leipzig: Config) -> None:
    found = checks(leipzig, cell_mm=[5.2, 9.9], screen_bottom_mm=800, tilt=30)
    assert [name for name, check in found.items() if not check.ok] == []
    assert found["letters"].detail == "capitals of 6.2 mm, read from 500 mm"
    assert found["targets"].detail.endswith("are 26 mm wide (summary) and 30 mm high (summary)")
    assert "80 to 95 cm" in found["reach"].detail


@pytest.mark.usefixtures("small_sign")
def test_what_is_too_small_is_refused_with_what_is_needed(leipzig: Config) -> None:
    found = checks(leipzig, cell_mm=[3.5, 6.5], distance_mm=750)
    assert {name for name, check in found.items() if not check.ok} == {"letters", "targets"}
    assert "at least 9.2 mm are needed, so rows of 14.6 mm" in found["letters"].detail
    assert "so cells of 4.0 × 6.7 mm" in found["targets"].detail


@pytest.mark.usefixtures("small_sign")
def test_rows_beyond_the_reach_of_hands_are_counted(leipzig: Config) -> None:
    assert "the 1 upper rows" in checks(leipzig, cell_mm=[8, 14.7], screen_bottom_mm=800)["reach"].detail
    low = checks(leipzig, cell_mm=[8, 14.7], screen_bottom_mm=700, tilt=30)["reach"]
    assert not low.ok
    assert "below 80 cm" in low.detail


def test_a_kiosk_that_nobody_has_measured_is_said_to_be_so(leipzig: Config) -> None:
    found = checks(leipzig)
    assert "cell_mm" in found["letters and targets"].detail
    assert "not accessible to blind people" in found["keypad"].detail


def test_one_sound_card_for_kiosk_and_waiting_room_is_refused(leipzig: Config) -> None:
    """A computer whose name is both in the plan is both."""
    both = leipzig.plan.displays | {"eingang_1": leipzig.plan.displays["hall"]}
    shared = replace(leipzig, plan=leipzig.plan.model_copy(update={"displays": both}))
    assert not checks(shared, name="eingang_1")["sound card"].ok
    for config, device in ((leipzig, {"name": "eingang_1"}), (shared, {"name": "eingang_1", "audio": "none"})):
        assert "sound card" not in checks(config, **device)


def test_letters_that_the_fonts_lack_are_named_by_language(leipzig: Config, tmp_path: Path) -> None:
    assert checks(leipzig, fonts=[str(font_path())])["fonts"].ok
    lacks = checks(leipzig, fonts=[str(font_path().parent / "Pictograms.ttf")])["fonts"]
    assert not lacks.ok
    assert re.search(r"ትግርኛ \(ti\): .+ and \d+ more", lacks.detail)
    wrong = checks(leipzig, fonts=[str(tmp_path / "gone.ttf")])["fonts"]
    assert (wrong.ok, wrong.exit_code) == (False, 2)


def test_every_test_that_the_document_names_is_there() -> None:
    named = set(re.findall(r"`(test_[a-z_]+\.py)`", DOCUMENT.read_text(encoding="utf-8")))
    assert len(named) > 10
    assert named <= {path.name for path in DOCUMENT.parents[1].glob("tests/**/test_*.py")}
