"""The staff view: nobody opens it by chance, it never shows beside a visitor, and it ends by itself."""

from __future__ import annotations

from dataclasses import replace

from kiosk import steps
from kiosk.moves import Act, Step
from kiosk.staff import IDLE_S, Errand, Knocking
from kiosk.steps.staff import checked
from kiosk.way import Way
from shared.model import Door, Opening, SuspendReason
from tests.unit.kiosk.walk import NOW, OPEN, SHUT, at_concern, start, took


def typed(way: Way, digits: str = "123456", at: float = 1.0) -> Way:
    for digit in digits:
        way = took(way, Act.DIGIT, digit, at)
    return took(way, Act.ENTER, at=at)


def inside() -> Way:
    return checked(typed(start().asks_for_pin(1.0)), True, 1.0)


def test_only_five_quick_touches_in_the_corner_are_a_knock() -> None:
    def knocks(*touches: tuple[int, int, float]) -> list[bool]:
        knocking = Knocking()
        return [knocking.touched(x, y, 60, at) for x, y, at in touches]

    assert knocks(*[(59, 0, at * 0.5) for at in range(5)]) == [False] * 4 + [True]
    assert not any(knocks(*[(59, 0, at * 0.8) for at in range(9)])), "too slow"
    assert not any(knocks(*[(59, y, y * 0.1) for y in range(9)])), "not in the corner"
    elsewhere = [(59, 0, 0.1), (59, 0, 0.2), (30, 9, 0.3), (59, 0, 0.4), (59, 0, 0.5), (59, 0, 0.6)]
    assert not any(knocks(*elsewhere)), "with another touch between"


def test_nobody_who_has_chosen_something_is_interrupted() -> None:
    assert at_concern().asks_for_pin(2.0) == at_concern()
    laid = took(start(), Act.LANGUAGE) if start().over else took(start(), Act.HELP)
    assert laid.asks_for_pin(2.0) is laid
    assert start().asks_for_pin(2.0).step is Step.PIN
    assert start().at_the_door(SHUT, 1.0).asks_for_pin(2.0).step is Step.PIN


def test_the_pin_is_never_shown_and_keys_in_a_row_all_count() -> None:
    way = start().asks_for_pin(1.0)
    for digit in "2468":
        way = took(way, Act.DIGIT, digit)
    assert way.staff.pin == "2468"
    shown = steps.offer(way, NOW)
    assert shown.question == "Bitte geben Sie die PIN ein. ●●●●"
    assert took(way, Act.CLEAR).staff.pin == ""


def test_each_wrong_try_locks_it_for_longer_and_leaving_does_not_help() -> None:
    way, at, delays = start().asks_for_pin(1.0), 1.0, []
    for _ in range(4):
        way = checked(typed(way, at=at), False, at)
        delays.append(way.staff.locked_until - at)
        assert typed(way, at=at).staff.errand is None
        assert f"Bitte warten Sie {delays[-1]:.0f} s." in steps.offer(way, NOW).question
        way = way.begun(at).asks_for_pin(at)
        assert typed(way, at=at).staff.errand is None, "leaving and coming back changes nothing"
        way, at = way.later(way.staff.locked_until), way.staff.locked_until
    assert delays == [2, 4, 8, 16]
    right = checked(typed(way, at=at), True, at)
    assert (right.step, right.staff.wrong, right.staff.pin) == (Step.STAFF, 0, "")
    assert replace(way.staff, wrong=40).delay_s == 600


def test_an_answer_that_comes_after_somebody_has_left_lets_nobody_in() -> None:
    way = typed(start().asks_for_pin(1.0)).begun(2.0)
    assert checked(way, True, 3.0) is way


def test_a_pause_closes_this_kiosk_until_it_is_ended() -> None:
    way = took(took(inside(), Act.HALT), Act.BACK)
    assert way.step is Step.CLOSED
    assert "Dieses Gerät gibt im Moment keine Nummern." in steps.offer(way, NOW).everybody(steps.offer(way, NOW).say)  # type: ignore[misc]
    assert way.at_the_door(OPEN, 2.0).step is Step.CLOSED
    fire = steps.offer(way.at_the_door(Door(Opening(True), SuspendReason.FIRE), 2.0), NOW)
    assert fire.poster is not None
    assert fire.poster.alarm, "a fire is more important"
    again = took(took(replace(inside(), staff=way.staff), Act.HALT), Act.BACK)
    assert again.step is Step.LANGUAGE


def test_nobody_there_for_a_while_ends_it() -> None:
    for way in (start().asks_for_pin(1.0), inside()):
        assert way.later(1.0 + IDLE_S).step is way.step
        left = way.later(1.0 + IDLE_S + 1)
        assert (left.step, left.staff.pin) == (Step.LANGUAGE, "")


def test_a_page_and_the_end_are_asked_for_once() -> None:
    way = took(inside(), Act.TEST)
    assert way.staff.errand is Errand.TEST
    assert took(way, Act.TEST) == way
    assert took(inside(), Act.END).staff.errand is Errand.END
    assert Act.TEST not in {tile.act for tile in steps.offer(replace(inside(), prints=False), NOW).tiles}
