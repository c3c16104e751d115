"""The arrow between a number and its desk, drawn because the shipped fonts have none."""

from __future__ import annotations

from functools import lru_cache

from rich.text import Text

_QUADRANTS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
_FULL = 15
_SHAFT = 0.16
"""Half the thickness of the shaft, as a share of the height."""
_HEAD = 0.45
"""Where the head begins, as a share of the width."""


@lru_cache(maxsize=64)
def arrow(columns: int, rows: int) -> Text:
    """An arrow to the right that fills `columns` by `rows` cells, full cells as blanks in reverse."""
    picture = Text(no_wrap=True)
    for row in range(rows):
        if row:
            picture.append("\n")
        for column in range(columns):
            cell = sum(
                1 << n
                for n, (x, y) in enumerate(((0, 0), (1, 0), (0, 1), (1, 1)))
                if _inked((2 * column + x + 0.5) / (2 * columns), (2 * row + y + 0.5) / (2 * rows))
            )
            picture.append(*((" ", "reverse") if cell == _FULL else (_QUADRANTS[cell], None)))
    return picture


def _inked(x: float, y: float) -> bool:
    """Whether the arrow covers a point of the unit square."""
    from_axis = abs(y - 0.5)
    return from_axis <= _SHAFT if x < _HEAD else from_axis <= 0.5 * (1 - x) / (1 - _HEAD)
