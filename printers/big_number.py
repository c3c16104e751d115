"""The number of a ticket as a picture, large enough to read in passing or over somebody's shoulder."""

from __future__ import annotations

from functools import cache, lru_cache

from PIL import Image, ImageChops, ImageDraw, ImageFont

from printers.sheet import BLANK, INK, Paper
from shared.language.fonts import font_path

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
    """The code with digits `height` dots high."""
    font = _font(round(height / _digit_share()))
    parts = [(text, [round(edge) for edge in font.getbbox(text, anchor="ls")]) for text in (code[0], code[1:])]
    gap = round(height * 0.3)
    above, below = -min(box[1] for _, box in parts), max(box[3] for _, box in parts)
    number = Image.new("L", (sum(box[2] - box[0] for _, box in parts) + gap, above + below), BLANK)
    pen, x = ImageDraw.Draw(number), 0
    for text, (left, _, right, _) in parts:
        pen.text((x - left, above), text, fill=INK, font=font, anchor="ls")
        x += right - left + gap
    return number.crop(ImageChops.invert(number).getbbox())


@lru_cache(maxsize=32)
def _font(size: int) -> ImageFont.FreeTypeFont:
    """The bold font. Letters A to Z and digits need no shaping, which is the slow part of a new size."""
    return ImageFont.truetype(font_path(bold=True), size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _digit_share() -> float:
    """The height of a digit as a share of the em square."""
    _, top, _, bottom = _font(_PROBE).getbbox("0")
    return (bottom - top) / _PROBE
