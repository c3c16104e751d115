"""A block of calls that arranges itself: the fewer there are, the larger they are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from textual import on
from textual.containers import Container
from textual.events import Resize
from textual.geometry import Size
from textual.message import Message

from display.arrangement import BETWEEN_COLUMNS, Arrangement, arrange
from display.board import Ring
from display.widgets.call_row import CallRow, Entry


class CallGrid(Container):
    """Calls in the order given, each in a panel. Where it has no height of its own, it takes what it needs."""

    @dataclass
    class Placed(Message):
        """The columns stand now; headings can be put above them."""

        grid: CallGrid
        number_at: int
        """Cells from the left edge of the block to the first number."""
        desk_at: int
        """Cells from the left edge of the block to the first desk."""

        @property
        def control(self) -> CallGrid:
            """The block that stands now."""
            return self.grid

    def __init__(self, *, largest: int = 40, id: str | None = None) -> None:
        """Calls in letters of at most `largest` rows."""
        super().__init__(id=id)
        self._largest = largest
        self._entries: tuple[Entry, ...] = ()
        self._rows: list[CallRow] = []

    def show(self, entries: Sequence[Entry]) -> None:
        """Show these calls and no others; a row whose call stays is not painted again."""
        if self._entries == tuple(entries):
            return
        self._entries = tuple(entries)
        self._place()
        self.refresh(layout=True)

    def alert(self, rings: Collection[Ring]) -> None:
        """The calls that are in the bright half of a flash; all others are not."""
        for row in self._rows:
            row.alert(row.entry is not None and row.entry.ring in rings)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The height at which the letters are as large as the width and the stylesheet's limit allow."""
        limit = self.styles.max_height
        height = int(limit.resolve(container, viewport)) if limit else container.height
        return self._arranged(Size(width, height)).height(len(self._entries))

    @on(Resize)
    def _place(self) -> None:
        size = self.content_size
        if not size:
            return
        arrangement = self._arranged(size)
        self._lay(arrangement)
        shown = self._entries[: arrangement.places]
        if missing := [CallRow() for _ in range(len(shown) - len(self._rows))]:
            self._rows += missing
            self.mount(*missing)
        for place, row in enumerate(self._rows):
            row.set_class(arrangement.panel > arrangement.lettering.rows, "-airy")
            row.lettering = arrangement.lettering
            row.entry = shown[place] if place < len(shown) else None
        if shown:
            margin = (arrangement.panel_width(size.width) - arrangement.lettering.width) // 2
            self.post_message(self.Placed(self, margin, margin + arrangement.lettering.desk_begins))

    def _lay(self, arrangement: Arrangement) -> None:
        self.styles.grid_size_columns = arrangement.columns
        self.styles.grid_rows = (arrangement.panel,)
        # Textual names a gutter after the line it is, not after the direction it separates.
        self.styles.grid_gutter_horizontal = arrangement.between
        self.styles.grid_gutter_vertical = BETWEEN_COLUMNS

    def _arranged(self, size: Size) -> Arrangement:
        return arrange([entry.line for entry in self._entries], size.width, size.height, self._largest)
