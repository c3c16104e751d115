"""New calls flash for a while, all in one rhythm, and come to rest."""

from __future__ import annotations

from display.board import Ring
from display.flashes import FOR_S, HALF_S, Flashes

FIRST, SECOND = Ring(1, 1), Ring(2, 1)


def test_a_new_call_is_bright_every_other_half() -> None:
    flashes = Flashes()
    flashes.begin([FIRST], 0.0)
    seen = []
    for half in range(1, 5):
        flashes.next_half(half * HALF_S)
        seen.append(flashes.bright)
    assert seen == [{FIRST}, set(), {FIRST}, set()]


def test_two_calls_flash_together_and_each_ends_by_itself() -> None:
    flashes = Flashes()
    flashes.begin([FIRST], 0.0)
    flashes.begin([SECOND], 1.0)
    flashes.next_half(1.5)
    assert flashes.bright == {FIRST, SECOND}
    flashes.next_half(FOR_S)
    assert flashes.any
    flashes.next_half(FOR_S + 0.5)
    assert flashes.bright == {SECOND}
    flashes.next_half(FOR_S + 1.0)
    assert not flashes.any
    assert not flashes.bright
