"""Letters by hand and by scanner, by their pace alone; the clock is the test's."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caller.steps import STEPS
from faces.input import Char, Item, Key, Noise, Touch
from faces.scans import GAP_S, LONGEST, OUR_FIRST, SHORTEST, SILENCE_S, Heard, Scan, Scans
from shared.model import TOKEN_LETTERS

TOKEN = "0123456789ABCDEFGHJK"
TOUCH = Touch("\x1b[<0;3;4M")


def console() -> Scans:
    return Scans(hands=True, dropped=Counter())


def kiosk() -> Scans:
    return Scans(hands=False, dropped=Counter())


def paced(scans: Scans, items: list[Item], pause: float) -> list[Heard]:
    """The result of items that arrive one by one; silence is checked before each of them, and after the last."""
    heard: list[Heard] = []
    for nth, item in enumerate(items):
        heard += scans.settle(nth * pause) + scans.take([item], nth * pause) + scans.settle(nth * pause)
    return heard + scans.settle(60.0)


def letters(text: str) -> list[Item]:
    return [Char(letter) for letter in text]


@pytest.mark.parametrize("end", ["", "\r", "\n", "\t", "\r\n", "\r\r"])
@pytest.mark.parametrize("pause", [0.0, 0.005, 0.02, 0.07, 0.1, SILENCE_S * 0.99])
@pytest.mark.parametrize("scans", [console(), kiosk()], ids=["console", "kiosk"])
@pytest.mark.parametrize("text", [TOKEN, f"https://w.example/t/{TOKEN}"])
def test_one_of_our_codes_is_one_scan_and_no_key_whatever_ends_it(
    scans: Scans, text: str, pause: float, end: str
) -> None:
    assert paced(scans, letters(text + end), pause) == [Scan(text)]
    assert scans.due is None


@pytest.mark.parametrize("pause", [0.0, 0.02, 0.05, 0.08])
def test_so_is_any_other_code_from_a_scanner_of_usual_speed(pause: float) -> None:
    assert paced(console(), letters("nsfx WIFI:"), pause) == [Scan("nsfx WIFI:")]


def test_of_a_foreign_code_from_a_very_slow_scanner_no_more_than_one_letter_acts() -> None:
    assert paced(console(), letters("nsfxuold"), 0.12) == [Char("n"), Scan("sfxuold")]


def test_our_codes_begin_as_they_are_made() -> None:
    assert {*TOKEN_LETTERS, "h"} == OUR_FIRST
    assert not OUR_FIRST & {step.key for steps in STEPS.values() for step in steps.values()}


def test_letters_by_hand_are_keys() -> None:
    assert paced(console(), letters("nsf\r"), 0.2) == letters("nsf\r")


def test_a_hand_waits_no_longer_than_a_gap_and_nobody_notices() -> None:
    assert GAP_S < 0.1
    scans = console()
    assert scans.take(letters("n"), 0.0) == []
    assert scans.due == GAP_S
    assert scans.settle(GAP_S) == letters("n")


def test_enter_at_rest_arrows_and_touches_wait_for_nothing() -> None:
    for item in (Char("\r"), Char("\x11"), Key("\x1b[A"), TOUCH):
        assert console().take([item], 0.0) == [item]


def test_a_key_behind_a_letter_overtakes_nothing() -> None:
    assert console().take([Char("n"), Key("\x1b[A")], 0.0) == [Char("n"), Key("\x1b[A")]
    assert console().take([Char("n"), Char("\r")], 0.0) == [Char("n"), Char("\r")]


def test_a_touch_passes_a_scan_and_does_not_end_it() -> None:
    items = [*letters(TOKEN[:8]), TOUCH, *letters(TOKEN[8:])]
    assert paced(console(), items, 0.01) == [TOUCH, Scan(TOKEN)]


def test_a_reader_that_was_held_up_in_the_middle_tears_no_scan() -> None:
    scans = console()
    scans.take(letters(TOKEN[:3]), 0.0)  # here the process is stopped; the rest waits in the terminal
    assert scans.take(letters(TOKEN[3:]), 5.0) + scans.settle(5.0) == []
    assert scans.settle(5.0 + SILENCE_S) == [Scan(TOKEN)]


def test_a_key_held_down_is_that_key_and_no_scan() -> None:
    assert paced(console(), letters("n" * 20), 0.03) == letters("n" * 20)
    assert paced(kiosk(), letters("n" * 20), 0.03) == []


def test_few_letters_in_a_hurry_are_keys_at_a_console_and_nothing_at_a_kiosk() -> None:
    hurry = letters("abcde")
    assert len(hurry) == SHORTEST - 1
    assert paced(console(), hurry, 0.01) == hurry
    assert paced(kiosk(), hurry, 0.01) == []


def test_amid_noise_no_letter_counts_until_the_line_is_silent() -> None:
    scans = console()
    assert scans.take([*letters("n"), Noise(), *letters("sf\r"), Key("\x1b[A")], 0.0) == [Key("\x1b[A")]
    assert scans.settle(SILENCE_S) == []
    assert scans.take(letters("n"), 1.0) + scans.settle(1.0 + GAP_S) == letters("n")


def test_a_control_character_in_the_middle_makes_it_no_scan_and_no_keys() -> None:
    assert paced(console(), letters(TOKEN[:3] + "\x1d" + TOKEN[3:]), 0.01) == []


def test_what_is_longer_than_all_we_print_is_dropped() -> None:
    dropped = Counter[str]()
    assert paced(Scans(True, dropped), letters("ab" * LONGEST), 0.0) == []
    assert dropped.total() == 2 * LONGEST


@given(st.lists(st.tuples(st.sampled_from([*letters("ab\r\t\x11"), Noise(), TOUCH, Key("\x1b[A")]), st.floats(0, 0.2))))
def test_every_letter_is_heard_once_or_counted(steps: list[tuple[Item, float]]) -> None:
    dropped = Counter[str]()
    scans, now, heard = Scans(True, dropped), 0.0, list[Heard]()
    for item, pause in steps:
        now += pause
        heard += scans.settle(now) + scans.take([item], now)
    heard += scans.settle(now + 60)
    came = sum(isinstance(item, Char) for item, _ in steps)
    out = sum(len(item.text) if isinstance(item, Scan) else 1 for item in heard if isinstance(item, Char | Scan))
    ends = sum(isinstance(item, Scan) for item in heard)
    assert 0 <= came - out - dropped.total() <= ends
    assert scans.due is None


def test_a_key_of_the_keypad_amid_a_scan_is_a_key_and_the_scan_a_scan() -> None:
    scans, now = Scans(hands=False, dropped=Counter()), 0.0
    items = [Char("A"), Char("B"), Char("C"), Key("\x1b[15~"), Char("D"), Char("E"), Char("F"), Char("\r")]
    assert [one for item in items for one in scans.take([item], now)] == [Key("\x1b[15~"), Scan("ABCDEF")]
