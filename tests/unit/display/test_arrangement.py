from __future__ import annotations

import pytest

from display.arrangement import arrange
from display.lettering import SMALLEST, Line, drawn, fit, is_long

LINES = tuple(Line(f"A {number:03d}", str(number)) for number in range(1, 61))


@pytest.mark.parametrize(("width", "height"), [(58, 9), (78, 20), (156, 30), (236, 50)])
@pytest.mark.parametrize("count", [1, 2, 3, 7, 20, 60])
def test_what_has_a_place_fits_into_the_block(width: int, height: int, count: int) -> None:
    arrangement = arrange(LINES[:count], width, height, 40)
    assert arrangement.height(count) <= height
    assert arrangement.lettering.width <= arrangement.panel_width(width)
    assert arrangement.lettering.rows <= arrangement.panel


def test_one_call_is_as_large_as_the_width_allows() -> None:
    lettering = arrange(LINES[:1], 156, 40, 40).lettering
    assert lettering.width <= 152
    assert fit(LINES[:1], 152, lettering.rows + 1) == lettering


def test_the_fewer_the_calls_the_larger_the_letters() -> None:
    sizes = [arrange(LINES[:count], 156, 24, 40).lettering.rows for count in (1, 4, 12, 60)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] >= 10


def test_twenty_calls_find_a_place_on_the_smallest_screen() -> None:
    assert arrange(LINES[:20], 58, 9, 8).places >= 20


def test_a_desk_with_a_long_name_still_fits() -> None:
    lines = (Line("A 017", "anmeldung-erdgeschoss-links"),)
    arrangement = arrange(lines, 78, 10, 40)
    assert arrangement.lettering.width <= 78


LONG = "anmeldung-erdgeschoss-links"


@pytest.mark.parametrize(("width", "height"), [(78, 20), (156, 30), (236, 50)])
@pytest.mark.parametrize("desk", ["schalter-nord", LONG, "x" * 40])
def test_one_long_name_makes_no_number_smaller_than_three_digits_do(width: int, height: int, desk: str) -> None:
    short, wide = Line("A 017", "5"), Line("A 018", "000")
    among_wide = arrange((short, wide, short), width, height, 40).lettering
    among_long = arrange((short, Line("A 018", desk), short), width, height, 40).lettering
    assert among_long.rows == among_wide.rows
    assert among_long.number == among_wide.number


@pytest.mark.parametrize("rows", [3, 5, 10, 24])
def test_a_long_desk_is_read_in_its_column_however_small(rows: int) -> None:
    line = Line("A 017", LONG)
    lettering = fit([line], 500, rows)
    assert lettering.rows == rows
    row = drawn(line, lettering)
    assert {each.cell_len for each in row.split("\n", allow_blank=True)} == {lettering.width}
    if rows <= 5:  # letters drawn so small could not be read
        assert "anmeld" in row.plain
        assert "links" in row.plain


def test_where_all_have_a_place_a_long_desk_is_written_in_full() -> None:
    lines = (*LINES[:3], Line("A 018", LONG))
    arrangement = arrange(lines, 58, 4, 40)
    assert LONG in drawn(lines[-1], arrangement.lettering).plain


def test_a_long_desk_takes_nobody_s_place() -> None:
    lines = (*LINES[:19], Line("A 018", LONG))
    arrangement = arrange(lines, 58, 9, 8)
    assert arrangement.places >= 20
    assert "…" in drawn(lines[-1], arrangement.lettering).plain


@pytest.mark.parametrize(("desk", "long"), [("5", False), ("101", False), ("zimmer-101", True), (LONG, True)])
def test_a_desk_is_long_if_it_is_wider_than_three_digits(desk: str, long: bool) -> None:
    assert is_long(desk) is long


def test_columns_stand_under_each_other() -> None:
    lines = [Line("A 017", "5"), Line("M 801", "12")]
    lettering = fit(lines, 156, 10)
    assert lettering.rows >= SMALLEST
    for line in lines:
        rows = drawn(line, lettering).split("\n", allow_blank=True)
        assert len(rows) == lettering.rows
        assert {row.cell_len for row in rows} == {lettering.width}


def test_the_arrow_moves_without_moving_the_desk() -> None:
    lettering = fit(LINES[:1], 156, 10)
    still, moved = drawn(LINES[0], lettering), drawn(LINES[0], lettering, 2)
    assert still != moved
    for one, other in zip(still.split("\n", allow_blank=True), moved.split("\n", allow_blank=True), strict=True):
        assert one[lettering.desk_begins :] == other[lettering.desk_begins :]
        assert one[: lettering.number] == other[: lettering.number]
