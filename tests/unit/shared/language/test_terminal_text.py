"""Foreign text cannot command a terminal, and every script reads in its direction."""

from __future__ import annotations

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from shared.language.big_text import big_text
from shared.language.terminal_text import clean, visual_lines


@pytest.mark.parametrize(
    ("foreign", "harmless"),
    [
        ("Amt\x1b[31m rot", "Amt rot"),
        ("a\x1b]0;title\x07b", "ab"),
        ("a\x1b]8;;http://x\x1b\\b", "ab"),
        ("a\x9b2Jb", "ab"),
        ("a\x1bcb", "ab"),
        ("abc\u202edcba", "abc dcba"),
        ("a\r\nb\tc\x00", "a b c"),
        ("a\u2066b\u2069", "a b"),
        ("  much   space ", "much space"),
        ("نمی\u200cدانم", "نمی\u200cدانم"),
        ("Où\u00a0? 2026\u202fр.", "Où\u00a0? 2026\u202fр."),
        ("\u00a0a \u00a0 b\u202f", "a b"),
    ],
)
def test_control_is_taken_out_and_words_stay(foreign: str, harmless: str) -> None:
    assert clean(foreign) == harmless


@given(st.text())
def test_nothing_that_controls_is_left_of_any_text(text: str) -> None:
    assert not any(ord(c) < 32 or 127 <= ord(c) < 160 or c in "\u202a\u202b\u202c\u202d\u202e" for c in clean(text))
    assert clean(clean(text)) == clean(text)


@given(st.text(max_size=80), st.integers(2, 30), st.sampled_from(["ltr", "rtl"]))
def test_lines_are_never_wider_than_the_place(text: str, width: int, direction: str) -> None:
    assert all(cell_len(line) <= width for line in visual_lines(text, width, direction))  # type: ignore[arg-type]


def test_arabic_is_joined_wrapped_first_and_then_turned() -> None:
    text = "من فضلكم انتظروا هنا. سننادي رقمكم A 017."
    one_line = visual_lines(text, 80, "rtl")
    lines = visual_lines(text, 22, "rtl")
    assert len(one_line) == 1
    assert len(lines) == 2
    assert lines[0].endswith("ﻦﻣ")  # its first word stands at the right end of the first line
    assert "A 017" in lines[1]
    assert "ﻢﻜﻤﻗﺭ" in lines[1]  # joined, and shown from right to left


def test_a_terminal_that_turns_lines_itself_gets_them_as_they_are_spoken() -> None:
    assert visual_lines("رقمكم A 017", 40, "rtl", "terminal") == ["رقمكم A 017"]


def test_a_word_longer_than_the_line_is_broken() -> None:
    assert visual_lines("Aufenthaltspapier", 10) == ["Aufenthalt", "spapier"]


def test_a_line_never_begins_with_what_a_no_break_space_holds() -> None:
    assert visual_lines("Votre langue n’est pas là\u00a0?", 25) == ["Votre langue n’est pas", "là\u00a0?"]


def test_a_big_number_fills_its_place_and_no_more() -> None:
    lines = big_text("A 017", 60, 12).plain.split("\n")
    assert max(len(line) for line in lines) in range(55, 61)
    assert len(lines) <= 12
    assert big_text("A 017", 0, 5).plain == ""


def test_case_21_a_day_of_big_numbers_leaves_a_few_megabytes() -> None:
    tracemalloc.start()
    try:
        for number in range(300):
            big_text(f"A {number:03d}", 240, 80)
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < 12_000_000
