"""What the columns mean, above them."""

from __future__ import annotations

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Horizontal

from display.widgets.sign import Sign
from faces.text import Bidi, Direction


class Headings(Horizontal):
    """Two signs where the columns of the board begin."""

    def __init__(self, bidi: Bidi) -> None:
        super().__init__()
        self._number = Sign(bidi)
        self._desk = Sign(bidi)

    def compose(self) -> ComposeResult:
        """The heading of the numbers, then that of the desks."""
        yield self._number
        yield self._desk

    def show(self, number: str, desk: str, direction: Direction) -> None:
        """Use these words."""
        self._number.text, self._number.direction = number, direction
        self._desk.text, self._desk.direction = desk, direction

    def align(self, number_at: int, desk_at: int) -> None:
        """Start the headings this many cells from the left edge, or earlier if the second would not fit."""
        latest = self.content_size.width - cell_len(self._desk.text)
        desk_at = max(number_at, min(desk_at, latest))
        self._number.styles.margin = (0, 0, 0, number_at)
        self._number.styles.width = desk_at - number_at
