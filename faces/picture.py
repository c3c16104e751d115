"""Pictures over the text of widgets, in terminals that show them. The text stays in the cells, for all others."""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache
from typing import NamedTuple, Protocol

from PIL import Image
from rich.segment import ControlType, Segment
from textual.color import Color
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from faces.sixel import sixel

_UNMEASURED = [(ControlType.CURSOR_FORWARD, 0)]
"""Control segments are neither measured nor cut by Textual, and a step of no cells changes nothing elsewhere."""


class Cell(NamedTuple):
    """The pixels of a terminal's cell."""

    width: int
    height: int


class Look(NamedTuple):
    """The colours that the stylesheet gives a widget, as RGB."""

    paper: tuple[int, int, int]
    ink: tuple[int, int, int]
    edge: tuple[int, int, int] | None
    """That of its left or right border, if it has one."""
    frame: tuple[int, int, int] | None = None
    """That of its lower border, which is drawn as a thin line all around."""


class Drawing(Hashable, Protocol):
    """What is drawn over a widget. Equal drawings look alike."""

    def draw(self, size: tuple[int, int], cell: Cell, look: Look) -> Image.Image:
        """A picture of mode "P" of exactly this size in pixels: what it lacks would be black."""
        ...


class Pictured(Widget):
    """A widget that shows a drawing over its text wherever the terminal can."""

    cell: Cell | None = None
    """Set on this class before a face begins; None for terminals that show only text."""

    def drawing(self) -> Drawing | None:
        """What to draw now; None for text alone."""
        raise NotImplementedError

    def draw_ahead(self, drawing: Drawing, cells: Size) -> None:
        """Draw what this widget will show at this size, so that it is ready by then."""
        if self.cell is not None:
            _encoded(drawing, (cells.width * self.cell.width, cells.height * self.cell.height), self.cell, self._look())

    def render_lines(self, crop: Region) -> list[Strip]:
        """The text, and after it the picture, which the terminal lays over it."""
        lines = super().render_lines(crop)
        if self.cell is None or not lines or not self._is_whole(crop) or (drawing := self.drawing()) is None:
            return lines
        place, look = self.region, self._look()
        picture = _encoded(drawing, (place.width * self.cell.width, place.height * self.cell.height), self.cell, look)
        over = Segment(f"\x1b7\x1b[{place.y + 1};{place.x + 1}H{picture}\x1b8", None, _UNMEASURED)
        lines[-1] = Strip([*lines[-1], over], lines[-1].cell_length)
        return lines

    def _is_whole(self, crop: Region) -> bool:
        """Whether all of the widget can be seen, and not in the last row: a picture there scrolls the whole screen."""
        screen = self.screen
        return (
            screen.is_active
            and crop == self.region.reset_offset
            and screen.region.contains_region(self.region)
            and self.region.bottom < screen.region.bottom
        )

    def _look(self) -> Look:
        _, _, paper, ink = self.colors
        edges = (edge for edge in (self.styles.border_left, self.styles.border_right) if edge[0])
        below = self.styles.border_bottom
        frame = below[1].rgb if below[0] else None
        return Look(paper.rgb, _over(ink, paper), next((edge[1].rgb for edge in edges), None), frame)


def _over(ink: Color, paper: Color) -> tuple[int, int, int]:
    return (paper + ink).rgb


@lru_cache(maxsize=512)
def _encoded(drawing: Drawing, size: tuple[int, int], cell: Cell, look: Look) -> str:
    return sixel(drawing.draw(size, cell, look))
