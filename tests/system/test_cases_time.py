"""Case 2: a face that is started with a wrong clock, and the day after it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.system.conftest import House


def faked(off: str) -> dict[str, str]:
    """The environment in which a program sees another time; seconds pass as always."""
    library = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
    return {"LD_PRELOAD": str(library), "FAKETIME": off, "FAKETIME_DONT_FAKE_MONOTONIC": "1"}


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
