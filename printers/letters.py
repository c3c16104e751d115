"""Text as dots: fonts, widths, lines, masks. All is cached, because tickets say much the same all day."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import ceil

from PIL import Image, ImageDraw, ImageFont

from shared.language.fonts import font_path
from shared.language.terminal_text import words

_MEASURED_AT = 1000
"""A size in dots at which widths are precise."""

_FONTS = 24
"""How many sizes are kept, half a megabyte each; a centre with one kind of paper uses 13."""


@lru_cache(maxsize=_FONTS)
def font_of(bold: bool, size: int) -> ImageFont.FreeTypeFont:
    """A font at a size in dots."""
    return ImageFont.truetype(font_path(bold), size, layout_engine=ImageFont.Layout.RAQM)


@lru_cache(maxsize=16384)
def advance(text: str, bold: bool, size: int, direction: str, tag: str) -> int:
    """Width of a line in dots."""
    words = text.split(" ")
    blanks = (len(words) - 1) * _width(" ", bold, direction, tag)
    return ceil(size * (blanks + sum(_width(word, bold, direction, tag) for word in words)))


@lru_cache(maxsize=8192)
def _width(word: str, bold: bool, direction: str, tag: str) -> float:
    """Width of a word in em, the same at every size.

    Blanks do not join or kern, so the widths of words can be added up. Measuring a line costs a tenth of a
    millisecond, and a slip tries hundreds of lines.
    """
    return font_of(bold, _MEASURED_AT).getlength(word, direction=direction, language=tag) / _MEASURED_AT


@lru_cache(maxsize=2048)
def stencil(
    text: str, bold: bool, size: int, direction: str, tag: str, anchor: str
) -> tuple[Image.Image, tuple[int, int]]:
    """A line as a mask, and the position of its upper left corner relative to its anchor.

    The direction is given, because otherwise a foreign first word would turn the whole line.
    """
    width = advance(text, bold, size, direction, tag) + 2 * size
    x, y = {"l": size, "m": width // 2, "r": width - size}[anchor[0]], 2 * size
    mask = Image.new("L", (width, 3 * size))
    font = font_of(bold, size)
    ImageDraw.Draw(mask).text((x, y), text, fill=255, font=font, anchor=anchor, direction=direction, language=tag)
    left, top, right, bottom = mask.getbbox() or (0, 0, 1, 1)
    return mask.crop((left, top, right, bottom)), (left - x, top - y)


@lru_cache(maxsize=4096)
def widest_word(text: str, bold: bool, size: int, direction: str, tag: str) -> int:
    """Width of the widest word, in dots."""
    return max((advance(word, bold, size, direction, tag) for word in _pieces(text)), default=0)


@lru_cache(maxsize=4096)
def broken(text: str, bold: bool, size: int, direction: str, tag: str, width: int) -> tuple[str, ...]:
    """`text` broken at blanks into as few lines as possible, of similar length, so that no word stands alone."""

    def length(part: str) -> int:
        return advance(part, bold, size, direction, tag)

    lines = _filled(text, length, width)
    least = max(width // 2, widest_word(text, bold, size, direction, tag))
    for narrower in range(width * 95 // 100, least, -max(1, width // 20)):
        evener = _filled(text, length, narrower)
        if len(evener) > len(lines):
            break
        lines = evener
    return tuple(lines)


def _pieces(text: str) -> list[str]:
    """The words between which a line may break. A dot between two things never begins a line."""
    pieces: list[str] = []
    for word in words(text):
        if word == "·" and pieces:
            pieces[-1] += " ·"
        else:
            pieces.append(word)
    return pieces


def _filled(text: str, length: Callable[[str], int], width: int) -> list[str]:
    """Lines filled with words one after the other; a word longer than a line is broken."""
    lines: list[str] = []
    for word in _pieces(text):
        if lines and length(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
            continue
        while length(word) > width and len(word) > 1:
            fits = (n for n in range(len(word) - 1, 1, -1) if length(word[:n]) <= width)
            head = next(fits, 1)
            lines.append(word[:head])
            word = word[head:]
        lines.append(word)
    return lines
