"""Arranges the rows of a block so that all can be read from as far away as possible. Measures are in cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import ceil

from display.lettering import SMALLEST, Lettering, Line, fit

BESIDE = 2
"""Empty cells beside a row, inside its panel."""
BETWEEN_COLUMNS = 2
"""Empty cells between two panels, so that a desk is never read with the next panel's number."""
_TIGHT = 0.7
"""The value of letters without room above and below, compared with letters that have it."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Panels in columns, filled line by line."""

    columns: int
    panel: int
    """Height of a panel: the letters and the space above and below them."""
    between: int
    """Empty rows between two panels."""
    lettering: Lettering
    places: int
    """How many rows have a place; the later ones have none."""

    def height(self, count: int) -> int:
        """Rows that `count` panels take."""
        lines = ceil(min(count, self.places) / self.columns)
        return lines * (self.panel + self.between) - self.between if lines else 0

    def panel_width(self, width: int) -> int:
        """Width of one panel if all together have `width` cells."""
        return (width - BETWEEN_COLUMNS * (self.columns - 1)) // self.columns


@lru_cache(maxsize=64)
def arrange(lines: tuple[Line, ...], width: int, height: int, largest: int) -> Arrangement:
    """The arrangement with the largest letters, at most `largest` rows high, in the fewest columns.

    Letters that touch the edges of their panel count as smaller than they are, because they are harder to read. If not
    even the smallest letters fit for all rows, the terminal's own are used, and as many rows as fit have a place.
    """
    best: Arrangement | None = None
    best_size = 0.0
    for columns in range(1, len(lines) + 1):
        stacked = ceil(len(lines) / columns)
        for free in (1, 0):
            letters = min(largest, (height - (stacked - 1)) // stacked - 2 * free)
            panel_width = (width - BETWEEN_COLUMNS * (columns - 1)) // columns
            lettering = fit(lines, panel_width - 2 * BESIDE, letters)
            size = lettering.rows * (1.0 if free else _TIGHT)
            if lettering.rows >= SMALLEST and size > best_size:
                best_size = size
                best = Arrangement(columns, lettering.rows + 2 * free, 1, lettering, len(lines))
    return best or _plain(lines, width, height)


def _plain(lines: Sequence[Line], width: int, height: int) -> Arrangement:
    """Desks in full if all rows then have a place, else shortened as far as that helps."""
    whole = fit(lines, width, 1)
    shortest = min(whole.desk, whole.number)
    room = width - 2 * BESIDE - (whole.width - whole.desk)
    for desk in range(max(shortest, min(whole.desk, room)), shortest - 1, -1):
        lettering = replace(whole, desk=desk)
        possible = (width + BETWEEN_COLUMNS) // (lettering.width + 2 * BESIDE + BETWEEN_COLUMNS)
        columns = max(1, min(possible, len(lines)))
        if columns * height >= len(lines):
            break
    return Arrangement(columns, 1, 0, lettering, columns * max(0, height))
