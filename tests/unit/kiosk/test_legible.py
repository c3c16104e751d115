"""How large letters and targets have to be, by the tables of the standards."""

from __future__ import annotations

import pytest

from kiosk.legible import DEJAVU, capital_needed_mm, heights_mm, row_needed_mm, rows_above_reach, x_needed_mm


@pytest.mark.parametrize(("distance_mm", "capital_mm"), [(500, 6.1), (700, 8.6), (1000, 12.2), (8000, 97.7)])
def test_a_capital_is_seen_under_seven_tenths_of_a_degree(distance_mm: int, capital_mm: float) -> None:
    assert round(capital_needed_mm(distance_mm), 1) == capital_mm


def test_nobody_has_to_read_letters_below_six_millimetres() -> None:
    assert capital_needed_mm(300) == 6.0


@pytest.mark.parametrize(("distance_mm", "x_mm"), [(500, 2.98), (700, 4.17)])
def test_the_draft_of_the_next_edition_looks_at_small_letters(distance_mm: int, x_mm: float) -> None:
    assert round(x_needed_mm(distance_mm), 2) == x_mm


@pytest.mark.parametrize(("distance_mm", "row_mm"), [(500, 9.8), (700, 13.7), (1000, 19.5)])
def test_a_row_of_the_terminal_has_room_for_such_letters(distance_mm: int, row_mm: float) -> None:
    assert round(row_needed_mm(distance_mm, DEJAVU), 1) == row_mm


def test_a_tilted_screen_at_80_cm_is_within_reach_and_an_upright_one_is_not() -> None:
    tilted, upright = heights_mm(27, 9.9, 800, 30), heights_mm(27, 9.9, 800, 0)
    assert tilted[-1] == upright[-1] == 800
    assert round(tilted[0]) == 1023
    assert rows_above_reach(tilted, 9.9, 30) == 0
    assert rows_above_reach(upright, 9.9, 0) == 2
