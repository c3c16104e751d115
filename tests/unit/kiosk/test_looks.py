"""Contrast, size and height: one touch each, at every step, for one visitor."""

from __future__ import annotations

import pytest

from kiosk import steps
from kiosk.looks import Look
from kiosk.moves import Act, Step
from kiosk.way import Way
from kiosk.wish import Wish
from tests.unit.kiosk.walk import ASK_S, IDLE_S, NOW, at_concern, at_summary, printed, start, took


def looking(way: Way, *looks: Look) -> Way:
    """The way of a visitor who has switched these on."""
    way = took(way, Act.LOOKS)
    for look in looks:
        way = took(way, Act.LOOK, look)
    return took(way, Act.BACK)


@pytest.mark.parametrize("way", [start(), at_concern(), at_summary(), printed(at_summary())], ids=lambda way: way.step)
def test_it_holds_wherever_it_is_switched_on_and_changes_nothing_else(way: Way) -> None:
    after = looking(way, Look.CONTRAST)
    assert after.wish.looks == {Look.CONTRAST}
    assert (after.step, after.over, after.reads) == (way.step, (), way.reads)
    assert looking(after, Look.CONTRAST).wish == way.wish, "a second touch switches it off"


def test_each_says_in_a_word_whether_it_is_on() -> None:
    way = took(took(start(), Act.LOOKS), Act.LOOK, Look.REACH)
    assert [(tile.key, tile.sentence) for tile in steps.offer(way, NOW).tiles] == [
        ("contrast", "Nein"),
        ("large", "Nein"),
        ("reach", "Ja"),
    ]


def test_larger_letters_have_fewer_tiles_and_more_pages() -> None:
    large = looking(at_concern(), Look.LARGE)
    first, second = (steps.offer(way, NOW).tiles for way in (large, took(large, Act.MORE)))
    assert (len(first), first[-1].act, len(second)) == (4, Act.MORE, 4)
    assert first[0] != second[0]


def test_nothing_of_it_is_left_for_the_next_visitor() -> None:
    ready = looking(printed(at_summary()), *Look).holds(2.0, may_leave=True, may_cancel=True)
    assert took(ready, Act.DONE).wish == Wish()
    left = looking(start(), *Look)
    assert left.later(IDLE_S + 2).wish == Wish(), "also if somebody only switches and goes"
    laid = took(start(), Act.LOOKS)
    assert laid.later(IDLE_S + 2).asking
    assert laid.later(IDLE_S + ASK_S + 2).wish == Wish()


def test_one_step_back_to_the_languages_keeps_it() -> None:
    back = took(looking(at_concern(), Look.CONTRAST), Act.BACK)
    assert (back.step, back.wish.looks) == (Step.LANGUAGE, {Look.CONTRAST})
    assert took(back, Act.CHOOSE, "de").wish == Wish("de", looks=frozenset({Look.CONTRAST}))
