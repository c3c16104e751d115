"""Numbers that can be read across a room: the shipped bold font, as large as the cells allow."""

from __future__ import annotations

import re
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont
from rich.text import Text

from shared.language.fonts import font_path

_QUADRANTS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
"""A cell for each set of inked quarters: upper left 1, upper right 2, lower left 4, lower right 8."""
_FULL = "█"
_DRAWN_PX = 200
"""Height at which letters are drawn before they are scaled down to quarter cells."""


@lru_cache(maxsize=256)
def big_text(text: str, columns: int, rows: int) -> Text:
    """`text` as large as fits into `columns` by `rows` cells; the widget that shows it gives the style."""
    if columns < 1 or rows < 1 or not text.strip():
        return Text("")
    ink = _drawn(text)
    # A cell is about twice as high as it is wide, and so are its quarters: heights count half.
    scale = min(2 * columns / ink.width, 2 * rows / (ink.height / 2))
    return _picture(ink, round(ink.width * scale), round(ink.height * scale / 2))


def quadrants(ink: Image.Image, columns: int) -> Text:
    """A grey picture (light is ink) drawn `columns` cells wide, in true proportion.

    Inked cells are blanks in reverse: terminals draw these without gaps, while block characters may show gaps.
    """
    return _picture(ink, 2 * columns, round(ink.height * columns / ink.width))


def relative_width(text: str) -> float:
    """How wide `text` is drawn, in heights of a line: used to compare lines of the same size."""
    return _font().getlength(text) / _DRAWN_PX


def _picture(ink: Image.Image, width: int, height: int) -> Text:
    """The ink scaled to `width` by `height` quarter cells, at least one in each direction."""
    lines = _cells(ink, max(1, width), max(1, height))
    picture = Text("\n".join(lines).replace(_FULL, " "), no_wrap=True)
    position = 0
    for line in lines:
        for run in re.finditer(f"{_FULL}+", line):
            picture.stylize("reverse", position + run.start(), position + run.end())
        position += len(line) + 1
    return picture


def _cells(ink: Image.Image, width: int, height: int) -> list[str]:
    small = ink.resize((width, height), Image.Resampling.BOX).point(lambda grey: 255 if grey >= 128 else 0)
    padded = Image.new("L", (width + width % 2, height + height % 2))
    padded.paste(small)
    dots = padded.load()
    assert dots is not None

    def cell(x: int, y: int) -> str:
        quarters = (dots[x, y], dots[x + 1, y], dots[x, y + 1], dots[x + 1, y + 1])
        return _QUADRANTS[sum(1 << n for n, dot in enumerate(quarters) if dot)]

    return ["".join(cell(x, y) for x in range(0, padded.width, 2)) for y in range(0, padded.height, 2)]


@lru_cache(maxsize=128)
def _drawn(text: str) -> Image.Image:
    """The ink of `text`; cached, because drawing costs four times as much as scaling down."""
    font = _font()
    left, top, right, bottom = (int(edge) for edge in font.getbbox(text))
    picture = Image.new("L", (max(1, right - left), max(1, bottom - top)))
    ImageDraw.Draw(picture).text((-left, -top), text, font=font, fill=255)
    return picture


@lru_cache(maxsize=1)
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(font_path(bold=True)), _DRAWN_PX)
