"""A strip of paper that grows downwards: lines of text in any script, rules, marks, pictures. Knows no ticket."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from PIL import Image, ImageDraw, features

from printers.letters import advance, broken, stencil
from shared.errors import ConfigInvalid, PrinterUnavailable
from shared.language import Language
from shared.language.fonts import missing_glyphs
from shared.language.terminal_text import clean

INK, BLANK = 0, 255
_INK_BELOW = 150
"""Grey darker than this becomes a dot; above the middle, so that thin strokes stay closed on thermal paper."""
_BASELINE, _LEADING = 1.0, 1.25
"""From the top of a line to its baseline and to the next line, in em: room for Arabic vowel signs."""

_TICK = ((0.2, 0.52), (0.42, 0.75), (0.82, 0.25))
"""Corners of a tick, as shares of its box."""

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
        self._ink: list[Callable[[Image.Image, ImageDraw.ImageDraw], None]] = []

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
        self._ink.append(lambda _, draw: draw.rectangle(edge, fill=INK))

    def length(self, text: str, style: Style, language: Language | None = None) -> int:
        """Width of a text on one line, in dots."""
        say = language or self.language
        return advance(text, style.bold, self.paper.in_dots(style.em_mm), say.direction, say.tag)

    def height(self, text: str, style: Style, box: Box | None = None) -> int:
        """Rows that a text takes."""
        lines = self._lines(printable(text), style, self.language, (box or self.box).width)
        return len(lines) * round(self.paper.in_dots(style.em_mm) * _LEADING)

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
        """Add a text below, in lines broken at words."""
        say, space = language or self.language, box or self.box
        size = self.paper.in_dots(style.em_mm)
        x, anchor = self._edge(align, space)
        for line in self._lines(printable(text), style, say, space.width):
            self._line(line, (x, self.y + round(size * _BASELINE)), anchor, style, say, ink)
            self.y += round(size * _LEADING)

    def _line(self, line: str, at: tuple[int, int], anchor: str, style: Style, say: Language, ink: int = INK) -> None:
        size = self.paper.in_dots(style.em_mm)

        def flow(image: Image.Image, _: ImageDraw.ImageDraw) -> None:
            mask, (left, top) = stencil(line, style.bold, size, say.direction, say.tag, anchor)
            image.paste(ink, (at[0] + left, at[1] + top), mask)

        self._ink.append(flow)

    def marks_fit(self, texts: list[str], style: Style) -> bool:
        """Whether each text fits into one frame on one line."""
        room = self.box.width - 2 * self._inset(style)
        return all(self.length(text, style) <= room for text in texts)

    def marks(self, texts: list[str], style: Style) -> None:
        """Add short texts in rounded frames, centred, as many in a row as fit."""
        inset, between = self._inset(style), self.paper.in_dots(1.4)
        widest = max((self.length(text, style) for text in texts), default=0)
        if widest + 2 * inset > self.box.width:
            style = Style(style.em_mm * (self.box.width - 2 * inset) / widest, style.bold)
        height = round(self.paper.in_dots(style.em_mm) * 1.55)
        rows: list[list[tuple[str, int]]] = []
        for text in texts:
            width = self.length(text, style) + 2 * inset
            if rows and sum(other + between for _, other in rows[-1]) + width <= self.box.width:
                rows[-1].append((text, width))
            else:
                rows.append([(text, width)])
        for row in rows:
            left = (self.paper.dots - sum(width for _, width in row) - between * (len(row) - 1)) // 2
            for text, width in reversed(row) if self.mirrored else row:
                self._mark(text, style, Box(left, left + width), height)
                left += width + between
            self.y += height + (between if row is not rows[-1] else 0)

    def _mark(self, text: str, style: Style, frame: Box, height: int) -> None:
        size = self.paper.in_dots(style.em_mm)
        edge = (frame.left, self.y, frame.right - 1, self.y + height - 1)
        self._ink.append(lambda _, draw: draw.rounded_rectangle(edge, radius=height // 2, outline=INK, width=2))
        middle = (frame.left + frame.right) // 2
        self._line(printable(text), (middle, self.y + round(size * 1.13)), "ms", style, self.language)

    def _inset(self, style: Style) -> int:
        return round(self.paper.in_dots(style.em_mm) * 0.55)

    def band(self, text: str, style: Style) -> None:
        """Add a text in white on a black band across the whole paper."""
        inset = self.paper.in_dots(1.2)
        self._bar(Box(0, self.paper.dots), 2 * inset + self.height(text, style))
        self.y += inset
        self.text(text, style, align="centre", ink=BLANK)
        self.y += inset

    def check_box(self, side_mm: float, style: Style, *, ticked: bool) -> Box:
        """Draw a box to tick before a line of `style`; returns the columns that remain beside it."""
        side = self.paper.in_dots(side_mm)
        top = self.y + (round(self.paper.in_dots(style.em_mm) * (_BASELINE + _LEADING - 1)) - side) // 2
        left = self.box.right - side if self.mirrored else self.box.left
        edge = (left, top, left + side, top + side)
        self._ink.append(lambda _, draw: draw.rounded_rectangle(edge, radius=side // 6, outline=INK, width=3))
        if ticked:
            tick = [(left + x * side, top + y * side) for x, y in _TICK]
            self._ink.append(lambda _, draw: draw.line(tick, fill=INK, width=5, joint="curve"))
        beside = side + self.paper.in_dots(2.2)
        if self.mirrored:
            return Box(self.box.left, self.box.right - beside)
        return Box(self.box.left + beside, self.box.right)

    def picture(self, picture: Image.Image, align: Align) -> Box:
        """Put a picture on the paper without moving on; returns the columns that remain beside it."""
        free = self.paper.dots - picture.width
        left = free // 2 if align == "centre" else free if (align == "start") == self.mirrored else 0
        at = (left, self.y)
        self._ink.append(lambda image, _: image.paste(picture, at))
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

    def _lines(self, text: str, style: Style, say: Language, width: int) -> tuple[str, ...]:
        return broken(text, style.bold, self.paper.in_dots(style.em_mm), say.direction, say.tag, width)
