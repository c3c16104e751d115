"""The number of a ticket as a picture, large enough to read in passing or over somebody's shoulder."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from printers.sheet import BLANK, INK, Paper
from shared.language.fonts import font_path

_GAP = 0.3
"""What is free between letter and digits, as a share of the digits' height."""
_PROBE = 1000
"""A size in dots at which the font's proportions are measured."""


def big_number(code: str, paper: Paper, width: int, least_mm: float, most_mm: float) -> Image.Image:
    """Letter, thin gap and digits of a code, cut to their ink, with digits as high as `width` dots allow.

    Digits are never lower than `least_mm`: on narrow paper a long code is made narrower instead.
    """
    least, most = paper.in_dots(least_mm), paper.in_dots(max(least_mm, most_mm))
    number = _drawn(code, most)
    if number.width > width:
        number = _drawn(code, max(least, most * width // number.width))
    return number if number.width <= width else number.resize((width, number.height))


def _drawn(code: str, height: int) -> Image.Image:
    """The code with digits `height` dots high, put together from letters that are kept: each ticket has another one."""
    size = round(height / _digit_share())
    placed: list[tuple[int, _Letter]] = []
    x = 0.0
    for letter in (_letter(character, size) for character in code):
        placed.append((round(x) + letter.left, letter))
        x += letter.advance + (0 if len(placed) > 1 else height * _GAP)
    above = max(letter.above for _, letter in placed)
    below = max(letter.ink.height - letter.above for _, letter in placed)
    first, (last, end) = placed[0][0], placed[-1]
    number = Image.new("L", (last + end.ink.width - first, above + below), BLANK)
    for left, letter in placed:
        number.paste(INK, (left - first, above - letter.above), letter.ink)
    return number


class _Letter(NamedTuple):
    """A letter or digit as it was drawn, and where."""

    ink: Image.Image
    """A mask, cut to its ink."""
    left: int
    """From where the letter begins to its ink."""
    above: int
    """From the top of its ink to the line that it stands on."""
    advance: float
    """From where the letter begins to where the next one does."""


@lru_cache(maxsize=512)
def _letter(character: str, size: int) -> _Letter:
    """Drawing costs several times as much as pasting."""
    font = _font(size)
    ink = Image.new("L", (2 * size, 2 * size))
    ImageDraw.Draw(ink).text((size // 2, size), character, fill=255, font=font, anchor="ls")
    left, top, right, bottom = ink.getbbox() or (0, 0, 1, 1)
    return _Letter(ink.crop((left, top, right, bottom)), left - size // 2, size - top, font.getlength(character))


@lru_cache(maxsize=32)
def _font(size: int) -> ImageFont.FreeTypeFont:
    """The bold font. Letters A to Z and digits need no shaping, which is the slow part of a new size."""
    return ImageFont.truetype(font_path(bold=True), size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _digit_share() -> float:
    """The height of a digit as a share of the em square."""
    _, top, _, bottom = _font(_PROBE).getbbox("0")
    return (bottom - top) / _PROBE
