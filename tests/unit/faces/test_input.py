"""Bytes from a terminal: well-formed input comes through, whatever is around it, and nothing raises."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faces.input import ESCAPE_S, MOST, PASTE_S, Answer, Char, Filter, Item, Key, Noise, Pasted, Touch
from tests.support.hostile import HOSTILE

TAP = b"\x1b[<0;3;4M\x1b[<0;3;4m"
TAPPED = [Touch("\x1b[<0;3;4M"), Touch("\x1b[<0;3;4m")]
ARROW = "\x1b[A"
KEYS = frozenset({ARROW, "\x1bOP", "\x1b[[A", "\x1b", "\x11", "\r", "\t", "\n", "\x7f"})


def console() -> Filter:
    return Filter(KEYS, lambda: (80, 25), Counter())


def kiosk() -> Filter:
    return Filter((), lambda: (80, 25), Counter())


@pytest.fixture(params=[console, kiosk])
def either(request: pytest.FixtureRequest) -> Filter:
    made: Filter = request.param()
    return made


def heard(filter_: Filter, data: bytes, piece: int = 0) -> list[Item]:
    """The items from bytes that arrive at once or in pieces, and from the silence after them; without the noise."""
    size = piece or len(data) or 1
    items = [item for at in range(0, len(data), size) for item in filter_.feed(data[at : at + size], 0.0)]
    items += filter_.idle(60.0)
    return [item for item in items if not isinstance(item, Noise)]


@pytest.mark.parametrize("piece", [0, 1, 3])
@pytest.mark.parametrize("name", HOSTILE)
def test_a_tap_after_and_before_each_hostile_input_is_a_tap(either: Filter, name: str, piece: int) -> None:
    items = heard(either, TAP + HOSTILE[name] + TAP, piece)
    assert items[:2] == items[-2:] == TAPPED
    assert [item for item in items if isinstance(item, Touch)] == TAPPED + TAPPED


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_dropped_is_counted(name: str) -> None:
    dropped = Counter[str]()
    heard(Filter((), lambda: (80, 25), dropped), HOSTILE[name])
    touched_nothing = name in {"half a character"}  # its other half may still come
    assert dropped.total() > 0 or touched_nothing


@given(st.binary(), st.binary())
def test_touches_and_keys_between_random_bytes_survive(before: bytes, after: bytes) -> None:
    for filter_, token, item in (
        (kiosk(), TAP[: len(TAP) // 2], TAPPED[0]),
        (console(), TAP[: len(TAP) // 2], TAPPED[0]),
        (console(), ARROW.encode(), Key(ARROW)),
    ):
        items = filter_.feed(before, 0.0)
        found = filter_.feed(token, 0.0) + filter_.feed(after, 0.0) + filter_.idle(60.0)
        assert item in found, (items, found)


@given(st.lists(st.tuples(st.binary(max_size=20), st.floats(0, 3))))
def test_nothing_raises_and_no_more_is_kept_than_a_paste(pieces: list[tuple[bytes, float]]) -> None:
    for filter_ in (console(), kiosk()):
        now = 0.0
        for data, pause in pieces:
            now += pause
            filter_.idle(now)
            filter_.feed(data, now)
            assert len(filter_._begun) < MOST * 2


@given(st.binary(), st.integers(1, 7))
def test_in_which_pieces_bytes_arrive_makes_no_difference(data: bytes, piece: int) -> None:
    for make in (console, kiosk):
        assert heard(make(), data, piece) == heard(make(), data)


def test_keys_of_a_console() -> None:
    assert heard(console(), b"n\r\x11\x7f") == [Char("n"), Char("\r"), Char("\x11"), Char("\x7f")]
    assert heard(console(), b"\x1b[A\x1bOP\x1b[[A") == [Key("\x1b[A"), Key("\x1bOP"), Key("\x1b[[A")]
    assert heard(console(), "ü€".encode()) == [Char("ü"), Char("€")]


def test_a_kiosk_hears_touches_and_a_scanner_and_nothing_else() -> None:
    assert heard(kiosk(), b"\x1b[A\x1bOP\x1b\x11\x7f \x1b[200~abc\x1b[201~\x1b[I\x1b[?2026;2$y") == []
    assert heard(kiosk(), b"https://c.de/A1\r") == [Char(letter) for letter in "https://c.de/A1\r"]
    assert heard(kiosk(), "ü".encode()) == []


def test_the_wheel_turns_at_a_console_alone() -> None:
    wheel = b"\x1b[<64;3;4M"
    assert heard(console(), wheel) == [Touch(wheel.decode())]
    assert heard(kiosk(), wheel) == []


def test_a_touch_outside_the_screen_is_none(either: Filter) -> None:
    assert heard(either, b"\x1b[<0;81;4M\x1b[<0;80;26M\x1b[<0;0;4M") == []
    assert heard(either, b"\x1b[<0;80;25M") == [Touch("\x1b[<0;80;25M")]


def test_escape_is_a_key_after_a_moment_of_silence() -> None:
    filter_ = console()
    assert filter_.feed(b"\x1b", 0.0) == []
    assert filter_.idle(ESCAPE_S / 2) == []
    assert filter_.idle(ESCAPE_S) == [Key("\x1b")]
    assert filter_.due is None


def test_a_sequence_may_come_slowly() -> None:
    filter_ = console()
    items: list[Item] = []
    for nth, byte in enumerate(TAP):
        items += filter_.idle(nth * ESCAPE_S * 0.9) + filter_.feed(bytes([byte]), nth * ESCAPE_S * 0.9)
    assert items == TAPPED


def test_a_paste_is_one_line_of_text() -> None:
    assert heard(console(), b"\x1b[200~A 017\r\nA\x07018\x1b[201~n") == [Pasted("A 017 A 018"), Char("n")]


def test_a_paste_ends_after_a_second_and_what_it_held_is_dropped() -> None:
    filter_ = console()
    filter_.feed(b"\x1b[200~abc", 0.0)
    assert filter_.feed(b"d", PASTE_S * 0.9) == []
    assert filter_.idle(PASTE_S) == [Noise()]
    assert filter_.feed(b"n", PASTE_S) == [Char("n")]


def test_a_long_paste_is_dropped_whole_wherever_its_end_is_torn() -> None:
    whole = b"\x1b[200~" + b"n" * (MOST + 1) + b"\x1b[201~"
    for torn in range(len(whole) - 7, len(whole)):
        filter_ = console()
        items = filter_.feed(whole[:torn], 0.0) + filter_.feed(whole[torn:] + b"x", 0.0)
        assert items == [Noise(), Char("x")]


def test_what_a_terminal_says_of_itself() -> None:
    assert heard(console(), b"\x1b[I\x1b[?2026;2$y") == [Answer("\x1b[I"), Answer("\x1b[?2026;2$y")]


def test_a_terminal_of_another_encoding_is_read_in_it() -> None:
    filter_ = Filter(KEYS, lambda: (80, 25), Counter(), "iso-8859-15")
    assert heard(filter_, "ü€".encode("iso-8859-15")) == [Char("ü"), Char("€")]


def test_at_a_kiosk_the_keys_of_its_keypad_pass_and_no_others() -> None:
    kiosk = Filter((), lambda: (80, 25), Counter(), keypad={"\x1b[15~"})
    assert heard(kiosk, b"\x1b[15~\x1b[17~\x1b[A\x1bOP") == [Key("\x1b[15~")]
