"""Draws pictures of few colours: text in the shipped font, pictograms, areas."""

from __future__ import annotations

from functools import lru_cache
from math import ceil
from typing import Literal

from PIL import Image, ImageDraw, ImageFont

from faces.contrast import RGB
from shared.language import Direction
from shared.language.drawing import pictogram
from shared.language.fonts import font_path

_LEVELS = 6
"""Steps from nothing to full ink: the edges of letters are smooth, and the palette stays small."""
_MEASURED_AT = 1000
"""A size in pixels at which widths are precise."""
_FONTS = 24
"""How many sizes of the font are kept: those of one screen, and some more."""
Side = Literal["left", "middle", "right"]


class Canvas:
    """A picture with a palette of its own, which begins as paper."""

    def __init__(self, size: tuple[int, int], paper: RGB) -> None:
        self.picture = Image.new("P", size, 0)
        self._paper = paper
        self._palette: list[int] = [*paper]
        self._inks: dict[RGB, int] = {}

    def area(self, box: tuple[int, int, int, int], ink: RGB) -> None:
        """Fill a box (left, top, right, bottom; the last two not included)."""
        if box[2] > box[0] and box[3] > box[1]:
            self.picture.paste(self._ink(ink) + _LEVELS - 1, box)

    def frame(self, line: int, ink: RGB) -> None:
        """A line of that many pixels along all four edges."""
        width, height = self.picture.size
        for box in ((0, 0, width, line), (0, height - line, width, height)):
            self.area(box, ink)
        for box in ((0, 0, line, height), (width - line, 0, width, height)):
            self.area(box, ink)

    def mask(self, mask: Image.Image, at: tuple[int, int], ink: RGB) -> None:
        """Lay ink through a mask of mode "L"."""
        first = self._ink(ink)
        steps = [round(grey * _LEVELS / 255) for grey in range(256)]
        inked = mask.point([first + step - 1 if step else 0 for step in steps])
        self.picture.paste(inked, at, mask.point([255 if step else 0 for step in steps]).convert("1"))

    def line(self, text: str, at: tuple[int, int], side: Side, font: Font, ink: RGB) -> None:
        """A line of text; `at` is its upper end on this side."""
        width, height = font.length(text), font.height
        room = height // 3  # letters may reach beyond their box
        mask = Image.new("L", (width + 2 * room, height + 2 * room))
        baseline = room + font.size  # of the size, because what the font calls its height depends on its tallest script
        draw = ImageDraw.Draw(mask)
        draw.text((room, baseline), text, fill=255, font=font.font, anchor="ls", direction=font.direction)
        x = at[0] - {"left": 0, "middle": width // 2, "right": width}[side]
        self.mask(mask, (x - room, at[1] - room), ink)

    def sign(self, name: str, at: tuple[int, int], side: int, direction: Direction, ink: RGB) -> None:
        """A pictogram of `side` by `side` pixels."""
        self.mask(pictogram(name, side, direction), at, ink)

    def inset(self, picture: Image.Image, at: tuple[int, int]) -> None:
        """Lay a finished picture into this one."""
        first, last = len(self._palette) // 3, max(picture.tobytes())
        self._palette += (picture.getpalette() or [])[: 3 * (last + 1)]
        self.picture.paste(picture.point([first + min(ink, last) for ink in range(256)]), at)

    def finished(self) -> Image.Image:
        """The picture, with its palette."""
        self.picture.putpalette(self._palette)
        return self.picture

    def _ink(self, ink: RGB) -> int:
        """The place in the palette of the first step towards an ink."""
        if ink not in self._inks:
            self._inks[ink] = len(self._palette) // 3
            for step in range(1, _LEVELS + 1):
                self._palette += [
                    p + (i - p) * step // _LEVELS for p, i in zip(self._paper, ink, strict=True)
                ]  # fmt: skip
        return self._inks[ink]


class Font:
    """The shipped font at a size and in a direction of writing."""

    def __init__(self, size: int, direction: Direction, *, bold: bool) -> None:
        self.size, self.direction, self.bold = size, direction, bold
        self.height = round(size * 1.45)  # Arabic letters reach far below the line

    @property
    def font(self) -> ImageFont.FreeTypeFont:
        """To draw with. To measure, no font of this size is needed: each costs half a megabyte."""
        return _font(self.size, self.bold)

    def length(self, text: str) -> int:
        """How long a line is, in pixels."""
        return ceil(self.size * _width(text, self.direction, self.bold))

    def broken(self, text: str, width: int) -> list[str]:
        """The text in lines, broken at words; a line with a single word may be too long."""
        lines: list[str] = []
        for word in filter(None, text.split(" ")):  # a no-break space stays one
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.length(longer) <= width:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines


@lru_cache(maxsize=4096)
def _width(text: str, direction: Direction, bold: bool) -> float:
    """The width of a line in em, the same at every size."""
    return _font(_MEASURED_AT, bold).getlength(text, direction=direction) / _MEASURED_AT


@lru_cache(maxsize=_FONTS)
def _font(size: int, bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(font_path(bold=bold)), size, layout_engine=ImageFont.Layout.RAQM)
