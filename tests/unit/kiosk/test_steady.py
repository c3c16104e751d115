"""How long something must be on the screen before a touch counts for it."""

from __future__ import annotations

import pytest

from kiosk.steady import BEAT_S, STEADY_S, Steady

LONG_S = STEADY_S + 2 * BEAT_S


class Kiosk(Steady):
    """A kiosk that has just painted something, and beats while time passes."""

    def __init__(self) -> None:
        super().__init__()
        self.at = 10.0
        self.painted(self.at)

    def passes(self, seconds: float) -> None:
        until = self.at + seconds
        while self.at < until:
            self.at = min(self.at + BEAT_S, until)
            self.beat(self.at)

    def stands_still(self, seconds: float) -> None:
        self.at += seconds


@pytest.mark.parametrize("after_s", [0.02, 0.1, 0.25, 0.5, STEADY_S - 0.01])
def test_the_second_tap_of_a_double_tap_does_not_count(after_s: float) -> None:
    kiosk = Kiosk()
    kiosk.passes(after_s)
    assert not kiosk.counts(kiosk.at)


def test_a_touch_counts_when_its_content_was_there_for_long_enough() -> None:
    kiosk = Kiosk()
    kiosk.passes(LONG_S)
    assert kiosk.counts(kiosk.at)


def test_a_finger_that_came_down_too_early_does_not_count_however_late_it_is_heard() -> None:
    kiosk = Kiosk()
    kiosk.passes(60)
    assert not kiosk.counts(9.9), "before the change"
    assert not kiosk.counts(10.3)


def test_what_is_not_painted_yet_cannot_be_meant() -> None:
    kiosk = Kiosk()
    kiosk.changed()
    kiosk.passes(60)
    assert not kiosk.counts(kiosk.at)
    kiosk.painted(kiosk.at)
    kiosk.passes(0.5)
    assert not kiosk.counts(kiosk.at)


def test_painting_the_same_once_more_takes_no_touch_away() -> None:
    kiosk = Kiosk()
    kiosk.passes(LONG_S)
    kiosk.painted(kiosk.at)
    assert kiosk.counts(kiosk.at)


@pytest.mark.parametrize("still_s", [0.45, 0.7, 3.0, 60.0])
def test_the_time_in_which_the_program_stood_still_does_not_count(still_s: float) -> None:
    kiosk = Kiosk()
    kiosk.passes(0.2)
    kiosk.stands_still(still_s)
    assert not kiosk.counts(kiosk.at), "tapped at any time meanwhile"
    kiosk.beat(kiosk.at)
    assert not kiosk.counts(kiosk.at)
    kiosk.passes(LONG_S)
    assert kiosk.counts(kiosk.at)


def test_a_program_that_is_always_slow_takes_touches_all_the_same() -> None:
    kiosk = Kiosk()
    for _ in range(5):
        kiosk.stands_still(1.0)
        kiosk.beat(kiosk.at)
    assert kiosk.counts(kiosk.at)
