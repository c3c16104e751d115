"""The arrow between a number and its desk, drawn because the shipped fonts have none."""

from __future__ import annotations

from functools import lru_cache

from rich.text import Text

from shared.language.big_text import QUADRANTS, picture

_SHAFT = 0.16
"""Half the thickness of the shaft, as a share of the height."""
_HEAD = 0.45
"""Where the head begins, as a share of the width."""


@lru_cache(maxsize=64)
def arrow(columns: int, rows: int) -> Text:
    """An arrow to the right that fills `columns` by `rows` cells."""

    def inked(x: int, y: int) -> bool:
        return _inked((x + 0.5) / (2 * columns), (y + 0.5) / (2 * rows))

    def cell(x: int, y: int) -> str:
        quarters = (inked(x, y), inked(x + 1, y), inked(x, y + 1), inked(x + 1, y + 1))
        return QUADRANTS[sum(1 << n for n, covered in enumerate(quarters) if covered)]

    return picture(["".join(cell(x, y) for x in range(0, 2 * columns, 2)) for y in range(0, 2 * rows, 2)])


def _inked(x: float, y: float) -> bool:
    """Whether the arrow covers a point of the unit square."""
    from_axis = abs(y - 0.5)
    return from_axis <= _SHAFT if x < _HEAD else from_axis <= 0.5 * (1 - x) / (1 - _HEAD)
