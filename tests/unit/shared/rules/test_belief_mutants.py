"""Each part of the rule is needed: without it, a harmful schedule is found."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from shared.rules import belief
from tests.unit.shared.rules import clock_world
from tests.unit.shared.rules import test_belief as properties

MUTANTS = {
    "believes the first reading": (
        "STEADY = timedelta(minutes=4)",
        "STEADY = timedelta()",
        properties.test_case_2_after_short_wrong_readings_the_day_is_as_it_was,
    ),
    "a start of the computer needs no proof": (
        "proven=reading.ran_on, doubt=None",
        "doubt=None",
        properties.test_case_2_after_a_closure_of_any_length_all_works_without_a_hand,
    ),
    "a clock that shows the day may tell it even if it stood while the computer was off": (
        "plausible=belief.proven",
        "plausible=True",
        properties.test_case_2_after_a_closure_of_any_length_all_works_without_a_hand,
    ),
    "a step back is shown": (
        "if moment > believed else None",
        "if moment is None else None",
        properties.test_case_2_steps_back_keep_the_order_of_waiting,
    ),
    "one that agrees does not end the doubt of others": (
        "belief = replace(belief, doubt=None)",
        "pass",
        properties.test_case_2_one_process_that_is_always_wrong_is_never_believed,
    ),
    "looks are never repeated by a process that remembers": (
        "steady - self.looked_s >= LOOKED_EVERY_S",
        "False",
        properties.test_case_2_one_process_that_is_always_wrong_is_never_believed,
    ),
    "begins after a start from the last look, not from the last stamp": (
        "moment = max(moment, last_stamp)",
        "pass",
        properties.test_case_2_after_short_wrong_readings_the_day_is_as_it_was,
    ),
    "goes by its memory when others have believed a clock anew": (
        "memory.belief.epoch == belief.epoch",
        "memory.belief.epoch >= 0",
        properties.test_case_2_steps_back_keep_the_order_of_waiting,
    ),
    "is settled at once": (
        "believed >= belief.purge_from",
        "True",
        properties.test_case_2_a_clock_that_is_wrong_for_up_to_an_hour_deletes_nothing,
    ),
    "a computer that knows better is not heard": (
        " and reading.synchronised is not False",
        "",
        properties.test_case_2_a_server_with_a_wrong_clock_takes_over_and_gives_back,
    ),
    "a reading that is steadily off, at whatever distance": (
        "abs(doubt.moment - doubt.believed - off) <= NEAR",
        "True",
        properties.test_case_2_after_short_wrong_readings_the_day_is_as_it_was,
    ),
}


TIMES = 50
"""How often the random schedules of a property are tried at most; each time they are different."""


@pytest.mark.long
@pytest.mark.parametrize("mutant", MUTANTS)
def test_without_this_part_of_the_rule_harm_is_done(mutant: str, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new, schedules = MUTANTS[mutant]
    monkeypatch.setattr(clock_world, "rule", _without(old, new, monkeypatch))
    assert any(_harm_is_found(schedules) for _ in range(TIMES))


def _harm_is_found(schedules: Callable[[], None]) -> bool:
    try:
        schedules()
    except AssertionError:
        return True
    return False


def _without(old: str, new: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    source = Path(belief.__file__).read_text(encoding="utf-8")
    assert source.count(old) == 1
    module = ModuleType("shared.rules.belief_mutant")
    monkeypatch.setitem(sys.modules, module.__name__, module)  # dataclasses look themselves up there
    exec(compile(source.replace(old, new), module.__name__, "exec"), module.__dict__)
    return module
