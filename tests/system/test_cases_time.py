"""Case 2: a face or a command that is started with a wrong clock, and the day after it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ankommen.opening import shipped_config
from tests.support.clock import HandClock
from tests.support.line import Line
from tests.system.conftest import House
from tests.system.test_cli import ankommen  # noqa: F401  (a fixture)


def faked(off: str) -> dict[str, str]:
    """The environment in which a program sees another time; seconds pass as always."""
    library = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
    as_always = {"FAKETIME_DONT_FAKE_MONOTONIC": "1", "FAKETIME_FORCE_MONOTONIC_FIX": "0"}
    return {"LD_PRELOAD": str(library), "FAKETIME": off, **as_always}


@pytest.mark.parametrize("off", ["+3d", "-20y"])
def test_case_2_a_display_with_a_wrong_clock_destroys_no_day(
    off: str, house: House, terminal: Callable[..., Any], need: Callable[[str], None]
) -> None:
    need("faketime")
    house.run("ticket", "issue", "neu", "--count", "3", "--no-print")
    house.run("desk", "open", "1")
    assert house.run("desk", "next", "1")["code"] == "A001"
    right = dict(house.environment)
    house.environment.update(faked(off))
    terminal("display").shows("▟")  # the call, in large letters
    house.environment.clear()
    house.environment.update(right)
    states = [house.run("ticket", "show", code)["stops"][0]["state"] for code in ("A001", "A002", "A003")]
    assert states == ["called", "waiting", "waiting"]
    assert house.run("ticket", "issue", "neu", "--no-print")["code"] == "A004"
    house.run("desk", "start", "1")
    assert house.run("desk", "finish", "1", "--next")["code"] == "A002"


def test_case_2_what_counts_by_the_day_waits_for_a_clock_that_is_believed(
    ankommen: Callable[..., dict[str, Any]],  # noqa: F811
    house: House,
    clock: HandClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("shared.store.sqlite.SystemClock", lambda: clock)
    ankommen("ticket", "issue", "neu", "--no-print")
    clock.forward(minutes=1)
    ankommen("ticket", "issue", "neu", "--no-print")
    other = shipped_config().read_text(encoding="utf-8").replace("Ankommenszentrum Leipzig", "Ankunft")
    (house.folder / "config.toml").write_text(other, encoding="utf-8")
    clock.jump(days=1)
    for words in (("day", "close"), ("apply",)):
        refused = ankommen(*words, code=3)
        assert refused["error"] == "wrong_state"
        assert refused["message"] == (
            "The clock shows 2026-11-24 at 09:01, but it is believed to be 2026-11-23 at 09:01. "
            "If the clock is right, first: ankommen day confirm. To go on by the time that is believed: --yes"
        )
    assert ankommen("apply", "--yes")["version"] == 2
    assert ankommen("day", "close", "--yes")["open_visits"] == 2
    assert ankommen("day", "reopen")["open_visits"] == 2
    assert ankommen("day", "confirm")["state"] == "confirmed"
    (house.folder / "config.toml").write_text(other.replace("Ankunft", "Anlauf"), encoding="utf-8")
    assert ankommen("apply")["version"] == 3, "the clock is believed"


@pytest.mark.parametrize(("typed", "told"), [(b"n\r", "Nothing is changed."), (b"y\r", "Plan 1 stays in force.")])
def test_case_2_somebody_at_a_terminal_is_asked(
    typed: bytes, told: str, house: House, need: Callable[[str], None]
) -> None:
    need("faketime")
    house.run("queue")
    command = [sys.executable, "-m", "ankommen", "apply"]
    with Line(command, {**house.environment, **faked("-20y")}, house.folder, size=(300, 25)) as line:
        line.shows("If the clock is right, first: ankommen day confirm.")
        line.send(typed)
        line.shows(told)
        assert line.ended() == (3 if typed.startswith(b"n") else 0)
