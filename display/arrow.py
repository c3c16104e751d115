"""The arrow between a number and its desk, drawn because the shipped fonts have none."""

from __future__ import annotations

from functools import lru_cache

from PIL import Image, ImageDraw
from rich.text import Text

from shared.language.big_text import quadrants

_FINENESS = 4
"""Dots drawn for each quarter of a cell's width."""
_SHAFT = 0.16
"""Half the thickness of the shaft, as a share of the height."""
_HEAD = 0.45
"""Where the head begins, as a share of the width."""


@lru_cache(maxsize=64)
def arrow(columns: int, rows: int) -> Text:
    """An arrow to the right that fills `columns` by `rows` cells; each cell is twice as high as wide."""
    width, height = 2 * _FINENESS * columns, 4 * _FINENESS * rows
    outline = [
        (0, 0.5 - _SHAFT),
        (_HEAD, 0.5 - _SHAFT),
        (_HEAD, 0),
        (1, 0.5),
        (_HEAD, 1),
        (_HEAD, 0.5 + _SHAFT),
        (0, 0.5 + _SHAFT),
    ]
    ink = Image.new("L", (width, height))
    ImageDraw.Draw(ink).polygon([(x * width, y * height) for x, y in outline], fill=255)
    return quadrants(ink, columns)
