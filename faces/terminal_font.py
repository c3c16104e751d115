"""What the fonts of a terminal can show, read from their files: how high letters are, and which are missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from PIL import ImageFont

from shared.errors import Malformed

_SIZE_PX = 1000
_LOOK_PX = 16
_NOWHERE = "\U0010ffff"
"""No font has it, so it is shown as every missing letter is."""


def heights(file: Path) -> tuple[float, float]:
    """How high a capital and a small x are, as shares of a row. Raises Malformed if it is no font."""
    font = _font(file, _SIZE_PX)
    row = sum(font.getmetrics())
    capital, x = (-font.getbbox(letter, anchor="ls")[1] / row for letter in "Hx")
    return capital, x


def missing(files: Sequence[Path], letters: Iterable[str]) -> set[str]:
    """The letters that none of these fonts has. Raises Malformed if one is no font."""
    lacking = {letter for letter in letters if letter.isprintable() and not letter.isspace()}
    for file in files:
        font = _font(file, _LOOK_PX)
        box = _drawn(font, _NOWHERE)
        lacking = {letter for letter in lacking if _drawn(font, letter) == box}
    return lacking


def _drawn(font: ImageFont.FreeTypeFont, letter: str) -> tuple[tuple[int, int], bytes]:
    mask = font.getmask(letter, mode="L")
    return mask.size, bytes(mask)


def _font(file: Path, size: int) -> ImageFont.FreeTypeFont:
    try:
        return ImageFont.truetype(str(file), size, layout_engine=ImageFont.Layout.BASIC)
    except OSError as error:
        raise Malformed(f"{file} is no font that can be read: {error}") from error
