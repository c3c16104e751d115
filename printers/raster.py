"""A picture as the bytes that print it."""

from __future__ import annotations

from itertools import groupby

from PIL import Image

from printers.commands import feed, picture_head, rows_as_unit

MOST_ROWS = 255
"""Rows in one picture command: more overflows the buffer of small printers."""
_INK = [255] + [0] * 255
"""A set bit is a black dot on paper, and white in a picture of mode "1", whose white is any number but 0."""
_WORTH_FEEDING = 16
"""Blank rows from which feeding is shorter and faster than sending."""


def raster(picture: Image.Image, dpi: int) -> bytes:
    """The commands that print a picture, GS v 0 for rows with ink and ESC J for blank ones; grey becomes black."""
    dots = picture.convert("1", dither=Image.Dither.NONE)
    ink, line = dots.point(_INK).tobytes(), (dots.width + 7) // 8
    out = [rows_as_unit(dpi)]
    for inked, top, bottom in _runs(ink, line):
        if not inked:
            out.append(feed(bottom - top))
            continue
        for row in range(top, bottom, MOST_ROWS):
            end = min(row + MOST_ROWS, bottom)
            out += picture_head(line, end - row), ink[row * line : end * line]
    return b"".join(out)


def _runs(ink: bytes, line: int) -> list[tuple[bool, int, int]]:
    """The rows as runs (inked, first row, row after the last); short blank runs count as inked."""
    blank = bytes(line)
    flags = [ink[start : start + line] != blank for start in range(0, len(ink), line)]
    runs, y = [], 0
    for inked, rows in groupby(flags):
        length = len(list(rows))
        runs.append((inked or length < _WORTH_FEEDING, y, y + length))
        y += length
    joined = []
    for inked, group in groupby(runs, key=lambda run: run[0]):
        members = list(group)
        joined.append((inked, members[0][1], members[-1][2]))
    return joined
