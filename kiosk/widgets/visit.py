"""A visit that was scanned: its number, what is next, how long it takes."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from faces.text import Bidi
from kiosk.offer import Head
from kiosk.widgets.label import DrawnPhrase
from kiosk.widgets.mirror import mirror
from kiosk.widgets.numeral import DrawnNumber
from shared.language import Direction

_LINES = ("now", "long", "after")
"""What is said of it: what is next, how long it takes, what comes after that."""


class VisitHead(Horizontal):
    """Stands above what can be done; nothing is kept of a visit that is no longer shown."""

    can_focus = False

    def __init__(self, bidi: Bidi, *, id: str) -> None:
        super().__init__(id=id)
        self._number, self._said = DrawnNumber(), Vertical(id="of-visit")
        self._lines = [DrawnPhrase(bidi=bidi, classes=f"line {line}") for line in _LINES]

    def compose(self) -> ComposeResult:
        """The number, and beside it what is said of it."""
        yield self._number
        with self._said:
            yield from self._lines

    def show(self, head: Head | None, direction: Direction) -> bool:
        """Show a visit; None for none. Returns whether what is around it has to be drawn anew, too."""
        around = bool(head or self._number.number)
        self.display = head is not None
        if self.parent is not None:
            self.parent.set_class(head is not None, "-visit")
        self._number.number = head.code if head else ""
        mirror(self, (self._number, self._said), direction)
        said = head.lines if head else ()
        for number, line in enumerate(self._lines):
            text = next(iter(said[number:]), "")
            line.say(text, direction)
            line.set_class(not text, "-empty")
        return around
