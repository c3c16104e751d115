"""A block of calls that arranges itself: the fewer calls, the larger they are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from textual.containers import Container
from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.message import Message
from textual.widget import Widget

from display.arrangement import BETWEEN_COLUMNS, Arrangement, arrange
from display.board import Ring
from display.widgets.call_row import CallRow, Entry


class CallGrid(Container):
    """Calls in the given order, each in a panel. Without a height in the stylesheet, it takes what it needs."""

    @dataclass
    class Placed(Message):
        """The positions of the columns are known; headings can be put above them."""

        grid: CallGrid
        number_at: int
        """Cells from the left edge of the block to the first number."""
        desk_at: int
        """Cells from the left edge of the block to the first desk."""

        @property
        def control(self) -> CallGrid:
            """The block with these columns."""
            return self.grid

    def __init__(self, *, largest: int = 40, id: str | None = None) -> None:
        """The letters are at most `largest` rows high."""
        super().__init__(id=id)
        self._panels = _Panels(self)
        self._largest = largest
        self.entries: tuple[Entry, ...] = ()
        """What is shown, if there is room."""
        self._rows: list[CallRow] = []
        self._columns_at: tuple[int, int] | None = None

    def show(self, entries: Sequence[Entry]) -> None:
        """Show these calls and no others; a row that keeps its call is not painted again."""
        if self.entries == tuple(entries):
            return
        self.entries = tuple(entries)
        if missing := [CallRow() for _ in range(len(entries) - len(self._rows))]:
            self._rows += missing
            self.mount(*missing)
        for place, row in enumerate(self._rows):
            row.display = place < len(entries)
        for row in self._rows:
            # Ask the rows for a layout, not the block: a block with the same size and rows would keep its arrangement.
            row.refresh(layout=True)

    def alert(self, rings: Collection[Ring]) -> None:
        """Make these calls bright, as half of a flash, and no others."""
        for row in self._rows:
            row.alert(row.display and row.entry is not None and row.entry.ring in rings)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The height that the letters need if they are as large as the width and the stylesheet's limit allow."""
        limit = self.styles.max_height
        height = int(limit.resolve(container, viewport)) if limit else container.height
        return self.arranged(Size(width, height)).height(len(self.entries))

    @property
    def layout(self) -> Layout:
        """The block's own layout, whatever the stylesheet says."""
        return self._panels

    def arranged(self, size: Size) -> Arrangement:
        """The arrangement of the calls in a block of this size."""
        return arrange(tuple(entry.line for entry in self.entries), size.width, size.height, self._largest)

    def placed(self, number_at: int, desk_at: int) -> None:
        """Post the positions of the columns if they have changed."""
        if self._columns_at != (number_at, desk_at):
            self._columns_at = (number_at, desk_at)
            self.post_message(self.Placed(self, number_at, desk_at))


class _Panels(Layout):
    """Chooses letters and places together, so that a new call is painted only once, at its final size."""

    name = "panels"

    def __init__(self, grid: CallGrid) -> None:
        self._grid = grid

    def arrange(
        self,
        parent: Widget,
        children: list[Widget],
        size: Size,
        greedy: bool = True,  # noqa: ARG002 - part of Textual's interface
    ) -> ArrangeResult:
        """Fill the lines of the block from the left; a row without a place is hidden."""
        parent.pre_layout(self)
        if not size or not children:
            return []
        arrangement = self._grid.arranged(size)
        width = arrangement.panel_width(size.width)
        margin = (width - arrangement.lettering.width) // 2
        self._grid.placed(margin, margin + arrangement.lettering.desk_begins)
        placements = []
        for place, (row, entry) in enumerate(zip(children[: arrangement.places], self._grid.entries, strict=False)):
            assert isinstance(row, CallRow)
            row.entry = entry
            row.lettering = arrangement.lettering
            row.set_class(arrangement.panel > arrangement.lettering.rows, "-airy")
            line, column = divmod(place, arrangement.columns)
            at = (column * (width + BETWEEN_COLUMNS), line * (arrangement.panel + arrangement.between))
            region = Region(*at, width, arrangement.panel)
            placements.append(WidgetPlacement(region, NULL_OFFSET, NULL_SPACING, row))
        return placements
