"""Computes how large numbers and desks can be, and draws the row "number → desk". Measures are terminal cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from typing import NamedTuple

from rich.cells import cell_len
from rich.text import Text

from display.arrow import arrow
from shared.language.big_text import big_text, relative_width

SMALLEST = 3
"""With fewer rows than this, drawn letters are harder to read than the terminal's own."""
_COLUMNS_PER_ROW = 2
"""A cell is about twice as high as it is wide."""
_CAPITAL = 0.714
"""Height of a capital letter in the shipped font, as a share of the line."""
_ARROW_PER_ROW = 1.8
_GAP_PER_ROW = 0.75
_WIDEST = "000"
"""A desk that is as large as its number."""


class Line(NamedTuple):
    """A number and the desk where it should go."""

    number: str
    desk: str


@dataclass(frozen=True, slots=True)
class Lettering:
    """The measures that all rows of a block share, so that its columns line up."""

    rows: int
    """Height of the letters; 1 means the terminal's own."""
    number: int
    gap: int
    arrow: int
    desk: int

    @property
    def width(self) -> int:
        """Width of a whole row."""
        return self.number + self.arrow + self.desk + 2 * self.gap

    @property
    def desk_begins(self) -> int:
        """Cells before the desk."""
        return self.number + self.arrow + 2 * self.gap


def fit(lines: Sequence[Line], columns: int, rows: int) -> Lettering:
    """The largest lettering in which every line fits into `columns` by `rows` cells.

    A desk takes no more width than three digits: a longer one is drawn smaller, and makes nothing else small.
    """
    number = max((_width_per_row(line.number) for line in lines), default=0.0)
    desk = min(_width_per_row(_WIDEST), max((_width_per_row(line.desk) for line in lines), default=0.0))
    for height in range(rows, SMALLEST - 1, -1):
        lettering = Lettering(
            height,
            number=ceil(number * height) + 1,
            gap=max(2, round(_GAP_PER_ROW * height)),
            arrow=round(_ARROW_PER_ROW * height),
            desk=ceil(desk * height) + 1,
        )
        if lettering.width <= columns:
            return lettering
    return Lettering(
        1,
        number=max((cell_len(line.number) for line in lines), default=0),
        gap=1,
        arrow=1,
        desk=max((cell_len(line.desk) for line in lines), default=0),
    )


def is_long(desk: str) -> bool:
    """Whether a desk is wider than three digits, so that it is drawn smaller."""
    return _width_per_row(desk) > _width_per_row(_WIDEST)


@lru_cache(maxsize=512)
def _width_per_row(text: str) -> float:
    return _COLUMNS_PER_ROW * relative_width(text) / _CAPITAL


@lru_cache(maxsize=256)
def drawn(line: Line, lettering: Lettering, step: int = 0) -> Text:
    """The row "number → desk", with the arrow moved right by `step` cells."""
    if lettering.rows < SMALLEST:
        number = line.number + " " * (lettering.number - cell_len(line.number))
        desk = _own_letters(line.desk, lettering.desk)
        return Text(f"{number} → {desk}", no_wrap=True)
    rows = lettering.rows
    parts = [
        (big_text(line.number, lettering.number, rows), lettering.number + lettering.gap + step),
        (arrow(lettering.arrow, rows), lettering.arrow + lettering.gap - step),
        (_desk(line.desk, lettering), lettering.desk),
    ]
    return _beside(parts, rows)


def _desk(desk: str, lettering: Lettering) -> Text:
    """The desk as large as its column allows: in the terminal's own letters, where drawn ones would be too small."""
    if lettering.desk < SMALLEST * _width_per_row(desk):
        return Text(_own_letters(desk, lettering.desk), style="bold")
    return big_text(desk, lettering.desk, lettering.rows)


def _own_letters(text: str, cells: int) -> str:
    """`text` in so many cells; if it is longer, its beginning and its end, by which people tell desks apart."""
    if cell_len(text) <= cells:
        return text + " " * (cells - cell_len(text))
    end = (cells - 1) // 2
    return f"{text[: cells - 1 - end]}…{text[len(text) - end :]}"


def _beside(parts: Sequence[tuple[Text, int]], rows: int) -> Text:
    """Pictures in a row, each padded to its width and put in the middle of `rows`."""
    joined = [Text(no_wrap=True) for _ in range(rows)]
    for picture, width in parts:
        lines = list(picture.split("\n", allow_blank=True))
        above = max(0, rows - len(lines)) // 2
        for row, whole in enumerate(joined):
            line = lines[row - above].copy() if above <= row < above + len(lines) else Text()
            line.pad_right(max(0, width - line.cell_len))
            whole.append_text(line)
    return Text("\n", no_wrap=True).join(joined)
