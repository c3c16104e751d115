from __future__ import annotations

from datetime import UTC, datetime, timedelta

from display.board import Ring, board_of, new_rings, rings
from shared.model import Call, StopState

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def call(number: int, desk: str, rung_s: float, *, ring: int = 1, state: StopState = StopState.CALLED) -> Call:
    """A call with the announcement `ring`, which began `rung_s` seconds after nine."""
    return Call(
        id=number,
        code=f"A{number:03d}",
        desk=desk,
        service="anmeldung",
        language="uk",
        adults=1,
        children=0,
        interpreter=None,
        needs=(),
        stop_state=state,
        ring=ring,
        called_at=NINE,
        rung_at=NINE + timedelta(seconds=rung_s),
    )


def codes(calls: tuple[Call, ...]) -> list[str]:
    return [call.code for call in calls]


def test_two_officials_who_call_at_once_are_both_new() -> None:
    board = board_of([call(1, "4", 0), call(2, "5", 100), call(3, "6", 100)], most_now=3)
    assert codes(board.now) == ["A003", "A002"]
    assert codes(board.expected) == ["A001"]


def test_an_earlier_call_makes_room_for_a_later_one() -> None:
    board = board_of([call(1, "4", 0), call(2, "5", 11)], most_now=3)
    assert codes(board.now) == ["A002"]
    assert codes(board.expected) == ["A001"]


def test_more_new_calls_than_places_stay_first_among_the_expected() -> None:
    board = board_of([call(number, "4", number) for number in range(1, 6)], most_now=2)
    assert codes(board.now) == ["A005", "A004"]
    assert codes(board.expected) == ["A003", "A002", "A001"]


def test_who_is_at_a_desk_is_neither_new_nor_expected() -> None:
    board = board_of([call(1, "4", 0), call(2, "5", 90, state=StopState.SERVING)], most_now=3)
    assert codes(board.now) == ["A001"]
    assert board.expected == ()
    assert codes(board.at_desk) == ["A002"]


def test_a_number_called_again_is_the_newest_again() -> None:
    board = board_of([call(1, "4", 120, ring=2), call(2, "5", 60)], most_now=3)
    assert codes(board.now) == ["A001"]


def test_an_empty_hall_has_no_calls() -> None:
    board = board_of([], most_now=3)
    assert (board.now, board.expected, board.at_desk) == ((), (), ())


def test_no_call_is_shown_twice_and_none_is_lost() -> None:
    calls = [call(n, "4", n * 3, state=StopState.SERVING if n % 3 else StopState.CALLED) for n in range(1, 30)]
    board = board_of(calls, most_now=2)
    assert sorted(codes(board.now + board.expected + board.at_desk)) == codes(tuple(calls))


def test_each_announcement_is_new_once() -> None:
    first = [call(1, "4", 0)]
    assert codes(new_rings(first, frozenset(), NINE)) == ["A001"]
    assert new_rings(first, rings(first), NINE) == ()
    again = [call(1, "4", 30, ring=2)]
    assert codes(new_rings(again, rings(first), NINE)) == ["A001"]


def test_announcements_are_heard_in_the_order_in_which_they_rang() -> None:
    newest_first = [call(3, "6", 2), call(2, "5", 1), call(1, "4", 0)]
    assert codes(new_rings(newest_first, frozenset(), NINE)) == ["A001", "A002", "A003"]


def test_a_screen_switched_on_takes_no_notice_of_old_calls() -> None:
    calls = [call(1, "4", 0), call(2, "5", 100)]
    assert codes(new_rings(calls, None, NINE + timedelta(seconds=120))) == ["A002"]


def test_a_call_missed_during_an_outage_is_new_however_old_it_is() -> None:
    calls = [call(1, "4", 0), call(2, "5", 10)]
    assert codes(new_rings(calls, {Ring(1, 1)}, NINE + timedelta(minutes=10))) == ["A002"]


def test_who_has_come_already_is_not_called_any_more() -> None:
    assert new_rings([call(1, "4", 0, state=StopState.SERVING)], frozenset(), NINE) == ()
