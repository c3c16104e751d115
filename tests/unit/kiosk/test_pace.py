"""A kiosk that is asked for many numbers in a minute rests for a minute."""

from __future__ import annotations

from dataclasses import replace

from kiosk import steps
from kiosk.moves import Act, Step
from kiosk.pace import MINUTE_S
from kiosk.way import Way
from tests.unit.kiosk.walk import NOW, PLAN, at_summary, took

MOST = PLAN.rules.tickets_a_minute


def prints(way: Way, at: float) -> Way:
    """The next visitor of the same kiosk says yes."""
    return took(replace(at_summary(tag="de"), pace=way.pace, trains=way.trains), Act.PRINT, at=at)


def after(numbers: int, apart_s: float = 1.0, **changes: bool) -> Way:
    """A kiosk that gave so many numbers; the last one at the moment 100."""
    way = replace(at_summary(), **changes)
    for number in reversed(range(numbers)):
        way = prints(way, 100.0 - number * apart_s).gave(100.0 - number * apart_s)
    return way


def test_one_number_too_many_in_a_minute_is_refused_and_everybody_for_a_minute() -> None:
    assert prints(after(MOST - 1), 101.0).step is Step.TICKET
    crowd = prints(after(MOST), 101.0)
    assert steps.offer(crowd, NOW).word == (
        "Hier wurden gerade viele Nummern gezogen. Bitte gehen Sie zum Empfang. Dort helfen wir Ihnen."
    )
    again = prints(crowd, 100.0 + MINUTE_S)
    assert (again.step, again.pace) == (Step.NOTICE, crowd.pace), "who asks meanwhile does not make it longer"
    assert prints(again, 101.0 + MINUTE_S).step is Step.TICKET


def test_as_many_in_more_than_a_minute_are_given() -> None:
    assert prints(after(MOST, apart_s=MINUTE_S / MOST), 101.0 + MINUTE_S / MOST).step is Step.TICKET


def test_in_training_any_number_is_given() -> None:
    assert prints(after(3 * MOST, trains=True), 101.0).step is Step.TICKET
