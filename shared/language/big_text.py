"""Numbers that can be read across a room: the shipped bold font, as large as the cells allow."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont
from rich.text import Text

from shared.language.fonts import font_path

_QUADRANTS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
"""A cell for each set of inked quarters: upper left 1, upper right 2, lower left 4, lower right 8."""
_CELLS = {
    tuple(number >> quarter & 1 for quarter in range(4)): character for number, character in enumerate(_QUADRANTS)
}
_FULL = "█"
_DRAWN_PX = 200
"""Height at which letters are drawn before they are scaled down to quarter cells."""


@lru_cache(maxsize=128)
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
    small = ink.resize((width, height), Image.Resampling.BOX).point([grey >= 128 for grey in range(256)])
    padded = Image.new("L", (width + width % 2, height + height % 2))
    padded.paste(small)
    dots, row = padded.tobytes(), padded.width
    lines = ((dots[at : at + row], dots[at + row : at + 2 * row]) for at in range(0, len(dots), 2 * row))
    return [
        "".join(map(_CELLS.__getitem__, zip(upper[::2], upper[1::2], lower[::2], lower[1::2], strict=True)))
        for upper, lower in lines
    ]


def _drawn(text: str) -> Image.Image:
    """The ink of `text`. Numbers are put together from letters that are kept: each number is another text."""
    if not text.isascii() or text.isalpha():  # letters may join, or move towards their neighbours
        return _letters(text).ink
    placed: list[tuple[int, _Letters]] = []
    at = 0.0
    for letter in map(_letters, text):
        placed.append((round(at) + letter.left, letter))
        at += letter.advance
    inked = [letter for _, letter in placed if letter.ink.getbbox()]  # a blank only moves on
    left, top = placed[0][0], min(letter.top for letter in inked)
    right = max(round(at), *(x + letter.ink.width for x, letter in placed))
    picture = Image.new("L", (right - left, max(letter.top + letter.ink.height for letter in inked) - top))
    for x, letter in placed:
        picture.paste(255, (x - left, letter.top - top), letter.ink)
    return picture


class _Letters(NamedTuple):
    """Letters as they were drawn, and where."""

    ink: Image.Image
    left: int
    top: int
    advance: float
    """Where the next letter begins."""


@lru_cache(maxsize=128)
def _letters(text: str) -> _Letters:
    """`text` drawn at once; kept, because drawing costs several times as much as scaling down."""
    font = _font()
    left, top, right, bottom = (int(edge) for edge in font.getbbox(text))
    ink = Image.new("L", (max(1, right - left), max(1, bottom - top)))
    ImageDraw.Draw(ink).text((-left, -top), text, font=font, fill=255)
    return _Letters(ink, left, top, font.getlength(text))


@lru_cache(maxsize=1)
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(font_path(bold=True)), _DRAWN_PX)
