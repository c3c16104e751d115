"""Short texts in rounded frames: what a slip says about its visitors at a glance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from printers.sheet import INK, Box, Sheet, Style
from shared.language.drawing import pictogram

_BETWEEN_MM = 1.4
_INSET, _HEIGHT, _BASELINE, _PICTOGRAM, _BESIDE = 0.55, 1.55, 1.13, 1.35, 0.25
"""In em: blank ends of a frame, its height, where letters stand in it, a pictogram and the blank beside it."""


class Mark(NamedTuple):
    """A text, and the pictogram in front of it."""

    text: str
    pictogram: str | None = None


def marks_fit(sheet: Sheet, marks: Sequence[Mark], style: Style) -> bool:
    """Whether each mark fits on one line."""
    return all(_width(sheet, mark, style) <= sheet.box.width for mark in marks)


def draw_marks(sheet: Sheet, marks: Sequence[Mark], style: Style) -> None:
    """Add marks, centred, as many in a row as fit; smaller ones, if one of them is wider than the paper."""
    widest = max(_width(sheet, mark, style) for mark in marks)
    if widest > sheet.box.width:
        style = Style(style.em_mm * sheet.box.width / widest * 0.97, style.bold)
    between, height = sheet.paper.in_dots(_BETWEEN_MM), round(sheet.paper.in_dots(style.em_mm) * _HEIGHT)
    rows: list[list[tuple[Mark, int]]] = []
    for mark in marks:
        width = _width(sheet, mark, style)
        if rows and sum(other + between for _, other in rows[-1]) + width <= sheet.box.width:
            rows[-1].append((mark, width))
        else:
            rows.append([(mark, width)])
    for row in rows:
        left = (sheet.paper.dots - sum(width for _, width in row) - between * (len(row) - 1)) // 2
        for mark, width in reversed(row) if sheet.mirrored else row:
            _draw(sheet, mark, style, Box(left, left + width), height)
            left += width + between
        sheet.y += height + (between if row is not rows[-1] else 0)


def _draw(sheet: Sheet, mark: Mark, style: Style, frame: Box, height: int) -> None:
    size = sheet.paper.in_dots(style.em_mm)
    edge = (frame.left, sheet.y, frame.right - 1, sheet.y + height - 1)
    sheet.ink(lambda _, draw: draw.rounded_rectangle(edge, radius=height // 2, outline=INK, width=2))
    inset, side = round(size * _INSET), round(size * _PICTOGRAM)
    if mark.pictogram:
        name, direction = mark.pictogram, sheet.language.direction
        at = (frame.right - inset - side if sheet.mirrored else frame.left + inset, sheet.y + (height - side) // 2)
        sheet.ink(lambda image, _: image.paste(INK, at, pictogram(name, side, direction)))
    baseline = sheet.y + round(size * _BASELINE)
    start, anchor = (frame.left + inset, "ls") if sheet.mirrored else (frame.right - inset, "rs")
    sheet.line(mark.text, (start, baseline), anchor, style, sheet.language)


def _width(sheet: Sheet, mark: Mark, style: Style) -> int:
    size = sheet.paper.in_dots(style.em_mm)
    beside = round(size * (_PICTOGRAM + _BESIDE)) if mark.pictogram else 0
    return sheet.length(mark.text, style) + 2 * round(size * _INSET) + beside
