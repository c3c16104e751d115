"""Draws pictograms: the one way for paper and for screens."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Literal

from PIL import Image, ImageDraw, ImageFont, ImageOps

from shared.language.fonts import pictogram_font_path
from shared.language.pictograms import PICTOGRAMS, TURNED


@lru_cache(maxsize=256)
def pictogram(name: str, side: int, direction: Literal["ltr", "rtl"] = "ltr") -> Image.Image:
    """A pictogram as a mask of `side` by `side` pixels, mode "L": 255 is ink, 0 is nothing, edges are between.

    For paper everything above the middle becomes a dot; it can be read from 40 dots on. In languages that are written
    from right to left, arrows and question marks are mirrored. Callers share the picture: copy it before you change
    it. Raises KeyError for a name that is not in PICTOGRAMS.
    """
    mask = Image.new("L", (side, side))
    ImageDraw.Draw(mask).text((0, side), PICTOGRAMS[name], fill=255, font=_font(side), anchor="ls")
    return ImageOps.mirror(mask) if direction == "rtl" and name in TURNED else mask


@cache
def _font(side: int) -> ImageFont.FreeTypeFont:
    """The font at a size in pixels. Single signs need no shaping, which is the slow part of a new size."""
    return ImageFont.truetype(pictogram_font_path(), side, layout_engine=ImageFont.Layout.BASIC)
