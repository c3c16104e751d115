"""A strip of paper that grows downwards: lines of text in any script, rules, pictures. Knows no ticket."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from PIL import Image, ImageDraw, features

from printers.letters import advance, broken, stencil, widest_word
from shared.errors import ConfigInvalid, PrinterUnavailable
from shared.language import Language
from shared.language.drawing import pictogram
from shared.language.fonts import missing_glyphs
from shared.language.terminal_text import clean

INK, BLANK = 0, 255
_INK_BELOW = 150
"""Grey darker than this becomes a dot; above the middle, so that thin strokes stay closed on thermal paper."""
_BASELINE, _LEADING = 1.0, 1.25
"""From the top of a line to its baseline and to the next line, in em: room for Arabic vowel signs."""

LEAST_EM_MM = 2.6
"""The smallest letters on a slip, about 7.5 point: for text that only staff need, and for very long words."""
_BESIDE_MM = 1.4
"""What stays free between a text and what stands in front of it."""

_TICK = ((0.2, 0.52), (0.42, 0.75), (0.82, 0.25))
"""Corners of a tick, as shares of its box."""

Flow = Callable[[Image.Image, ImageDraw.ImageDraw], None]
"""Something that is drawn when the strip is finished: on a picture, or with a pen."""
Align = Literal["start", "centre", "end"]
"""Alignment of a line; start is the left in German and the right in Arabic."""


@dataclass(frozen=True, slots=True)
class Paper:
    """The printable width of a printer."""

    dots: int = 576
    dpi: int = 203

    def in_dots(self, mm: float) -> int:
        """A length on this paper, in whole dots."""
        return round(mm * self.dpi / 25.4)

    def in_mm(self, dots: int) -> float:
        """The length of `dots` dots on this paper, in mm."""
        return dots * 25.4 / self.dpi


@dataclass(frozen=True, slots=True)
class Box:
    """A range of columns, in dots; `right` is the first one outside."""

    left: int
    right: int

    @property
    def width(self) -> int:
        """Columns inside."""
        return self.right - self.left


@dataclass(frozen=True, slots=True)
class Style:
    """The style of a text: the height of the em square in mm, and the weight."""

    em_mm: float
    bold: bool = False


@lru_cache(maxsize=4096)
def printable(text: str) -> str:
    """`text` cleaned for paper. Raises ConfigInvalid for letters that would come out as empty boxes."""
    line = clean(text)
    if missing := missing_glyphs(line):
        letters = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in sorted(missing))
        raise ConfigInvalid([f'"{line}" cannot be printed: the fonts lack {letters}.'])
    return line


class Sheet:
    """The strip while it is being filled; `y` is the first free row.

    It is drawn only when it is finished, so it can be measured without drawing.
    """

    def __init__(self, paper: Paper, language: Language, *, margin_mm: float = 1.5) -> None:
        """An empty strip; its lines start on the side where lines of `language` start.

        Raises PrinterUnavailable if Pillow would print Arabic letters unjoined.
        """
        if not features.check("raqm"):
            raise PrinterUnavailable("Pillow was built without raqm: Arabic letters would not be joined.")
        margin = paper.in_dots(margin_mm)
        self.paper = paper
        self.language = language
        self.box = Box(margin, paper.dots - margin)
        self.y = 0
        self._ink: list[Flow] = []
        self._beside = 0
        """The first row below what stands in front of texts."""

    def ink(self, flow: Flow) -> None:
        """Draw something when the strip is finished."""
        self._ink.append(flow)

    def gap(self, mm: float) -> None:
        """Leave blank paper."""
        self.y += self.paper.in_dots(mm)

    def rule(self, mm: float = 0.25) -> None:
        """Draw a line across the paper."""
        height = max(1, self.paper.in_dots(mm))
        self._bar(Box(self.box.left, self.box.right), height)
        self.y += height

    def _bar(self, columns: Box, height: int) -> None:
        edge = (columns.left, self.y, columns.right - 1, self.y + height - 1)
        self.ink(lambda _, draw: draw.rectangle(edge, fill=INK))

    def length(self, text: str, style: Style, language: Language | None = None) -> int:
        """Width of a text on one line, in dots."""
        say = language or self.language
        return advance(text, style.bold, self.paper.in_dots(style.em_mm), say.direction, say.tag)

    def height(self, text: str, style: Style, box: Box | None = None) -> int:
        """Rows that a text takes."""
        fitting, space = self._fitting(text, style, self.language, box or self.box)
        lines = self._lines(text, fitting, self.language, space.width)
        return len(lines) * round(self.paper.in_dots(fitting.em_mm) * _LEADING)

    def text(
        self,
        text: str,
        style: Style,
        *,
        language: Language | None = None,
        align: Align = "start",
        box: Box | None = None,
        ink: int = INK,
    ) -> None:
        """Add a text below, in lines broken at words.

        A word that is wider than `box` makes the whole text smaller. If that is not enough, the text goes on the whole
        width below what stands in front of it; only a word that is wider than the paper even so is broken.
        """
        say = language or self.language
        style, space = self._fitting(text, style, say, box or self.box)
        if box is not None and space.width > box.width:
            self.below()
        size = self.paper.in_dots(style.em_mm)
        x, anchor = self._edge(align, space)
        for line in self._lines(text, style, say, space.width):
            self.line(line, (x, self.y + round(size * _BASELINE)), anchor, style, say, ink)
            self.y += round(size * _LEADING)

    def line(self, line: str, at: tuple[int, int], anchor: str, style: Style, say: Language, ink: int = INK) -> None:
        """Put a line anywhere; `at` is where its `anchor` (Pillow's name) comes."""
        size, line = self.paper.in_dots(style.em_mm), printable(line)

        def flow(image: Image.Image, _: ImageDraw.ImageDraw) -> None:
            mask, (left, top) = stencil(line, style.bold, size, say.direction, say.tag, anchor)
            image.paste(ink, (at[0] + left, at[1] + top), mask)

        self.ink(flow)

    def band(self, text: str, style: Style) -> None:
        """Add a text in white on a black band across the whole paper."""
        inset = self.paper.in_dots(1.2)
        self._bar(Box(0, self.paper.dots), 2 * inset + self.height(text, style))
        self.y += inset
        self.text(text, style, align="centre", ink=BLANK)
        self.y += inset

    def before(self, width_mm: float, box: Box) -> tuple[Box, Box]:
        """Columns in front of a text, at the side where lines start, and those that remain for the text."""
        width, free = self.paper.in_dots(width_mm), self.paper.in_dots(_BESIDE_MM)
        if self.mirrored:
            return Box(box.right - width, box.right), Box(box.left, box.right - width - free)
        return Box(box.left, box.left + width), Box(box.left + width + free, box.right)

    def below(self) -> None:
        """Go on below what stands in front of a text."""
        self.y = max(self.y, self._beside)

    def number(self, number: int, style: Style, column: Box) -> None:
        """Put a number in front of a line of `style` without moving on."""
        top = self.y
        self.text(str(number), Style(style.em_mm, bold=True), box=column)
        self._beside, self.y = max(self._beside, self.y), top

    def tick(self, style: Style, column: Box) -> None:
        """Put a tick in front of a line of `style` without moving on."""
        top, side = self._beside_line(column.width, style), column.width
        corners = [(column.left + x * side, top + y * side) for x, y in _TICK]
        self.ink(lambda _, draw: draw.line(corners, fill=INK, width=max(3, side // 6), joint="curve"))

    def check_box(self, style: Style, column: Box) -> None:
        """Put a box to tick in front of a line of `style` without moving on."""
        top, side = self._beside_line(column.width, style), column.width
        edge = (column.left, top, column.left + side, top + side)
        self.ink(lambda _, draw: draw.rounded_rectangle(edge, radius=side // 6, outline=INK, width=3))

    def pictogram(self, name: str, column: Box) -> None:
        """Put a pictogram in front of a text, as wide as its column, without moving on; `below` leaves it behind."""
        at, side, direction = (column.left, self.y), column.width, self.language.direction
        self.ink(lambda image, _: image.paste(INK, at, pictogram(name, side, direction)))
        self._beside = max(self._beside, self.y + side)

    def picture(self, picture: Image.Image, align: Align) -> Box:
        """Put a picture on the paper without moving on; returns the columns that remain beside it."""
        self._beside = max(self._beside, self.y + picture.height)
        free = self.paper.dots - picture.width
        left = free // 2 if align == "centre" else free if (align == "start") == self.mirrored else 0
        at = (left, self.y)
        self.ink(lambda image, _: image.paste(picture, at))
        return Box(self.box.left, left) if self.mirrored else Box(left + picture.width, self.box.right)

    @property
    def mirrored(self) -> bool:
        """Whether lines start on the right."""
        return self.language.direction == "rtl"

    def finished(self) -> Image.Image:
        """The filled part of the strip as a picture of pure dots; `info["dpi"]` has its resolution."""
        strip = Image.new("L", (self.paper.dots, self.y), BLANK)
        draw = ImageDraw.Draw(strip)
        for flow in self._ink:
            flow(strip, draw)
        dots = strip.point([INK if grey < _INK_BELOW else BLANK for grey in range(256)]).convert(
            "1", dither=Image.Dither.NONE
        )
        dots.info["dpi"] = (self.paper.dpi, self.paper.dpi)
        return dots

    def _edge(self, align: Align, box: Box) -> tuple[int, str]:
        """The column where a line is anchored, and Pillow's name for that anchor."""
        if align == "centre":
            return (box.left + box.right) // 2, "ms"
        if (align == "start") == self.mirrored:
            return box.right, "rs"
        return box.left, "ls"

    def _beside_line(self, height: int, style: Style) -> int:
        """The first row of something `height` dots high in front of a line of `style`, in its middle."""
        top = self.y + (round(self.paper.in_dots(style.em_mm) * (_BASELINE + _LEADING - 1)) - height) // 2
        self._beside = max(self._beside, top + height)
        return top

    def _fitting(self, text: str, style: Style, say: Language, box: Box) -> tuple[Style, Box]:
        """A style and columns in which no word of a text has to be broken, if there are any."""
        size = self.paper.in_dots(style.em_mm)
        widest = widest_word(printable(text), style.bold, size, say.direction, say.tag)
        if widest <= box.width:
            return style, box
        least = min(size, self.paper.in_dots(LEAST_EM_MM))
        for space in (box, self.box):
            fits = size * space.width // widest
            if fits >= least:
                break
        return Style(self.paper.in_mm(max(fits, least)), style.bold), space

    def _lines(self, text: str, style: Style, say: Language, width: int) -> tuple[str, ...]:
        size = self.paper.in_dots(style.em_mm)
        return broken(printable(text), style.bold, size, say.direction, say.tag, width)
