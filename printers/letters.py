"""Text as dots: fonts, widths, lines, masks. All of it is kept, because tickets say much the same all day."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from math import ceil, floor

from PIL import Image, ImageDraw, ImageFont

from shared.language.fonts import font_path


@cache
def font_of(bold: bool, size: int) -> ImageFont.FreeTypeFont:
    """A font at a size in dots."""
    return ImageFont.truetype(font_path(bold), size, layout_engine=ImageFont.Layout.RAQM)


@lru_cache(maxsize=32768)
def advance(text: str, bold: bool, size: int, direction: str, tag: str) -> int:
    """Width of a line in dots."""
    return ceil(font_of(bold, size).getlength(text, direction=direction, language=tag))


@lru_cache(maxsize=2048)
def stencil(
    text: str, bold: bool, size: int, direction: str, tag: str, anchor: str
) -> tuple[Image.Image, tuple[int, int]]:
    """A line as a mask, and where its upper left corner is from the point that it hangs on.

    The direction is given, because a line that begins with a foreign word would be turned by it.
    """
    font = font_of(bold, size)
    edges = font.getbbox(text, anchor=anchor, direction=direction, language=tag)
    left, top, right, bottom = (floor(edges[0]), floor(edges[1]), ceil(edges[2]), ceil(edges[3]))
    mask = Image.new("L", (max(1, right - left), max(1, bottom - top)))
    pen = ImageDraw.Draw(mask)
    pen.text((-left, -top), text, fill=255, font=font, anchor=anchor, direction=direction, language=tag)
    return mask, (left, top)


@lru_cache(maxsize=4096)
def broken(text: str, bold: bool, size: int, direction: str, tag: str, width: int) -> tuple[str, ...]:
    """`text` broken at blanks into as few lines as fit, of about the same length: no word stands alone."""

    def length(part: str) -> int:
        return advance(part, bold, size, direction, tag)

    lines = _filled(text, length, width)
    widest_word = max(map(length, text.split()), default=0)
    for narrower in range(width * 95 // 100, max(width // 2, widest_word), -max(1, width // 20)):
        evener = _filled(text, length, narrower)
        if len(evener) > len(lines):
            break
        lines = evener
    return tuple(lines)


def _filled(text: str, length: Callable[[str], int], width: int) -> list[str]:
    """Lines filled with words one after the other; a word longer than the line is broken inside."""
    lines: list[str] = []
    for word in text.split():
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
