"""One call on the board: its number, an arrow, its desk."""

from __future__ import annotations

from dataclasses import dataclass

from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget

from display.board import Ring
from display.lettering import Lettering, Line, drawn


@dataclass(frozen=True, slots=True)
class Entry:
    """What a row shows."""

    ring: Ring
    line: Line


class CallRow(Widget):
    """A number with its desk. Classes: -alert in the bright half of a flash, -airy if there is room around it."""

    entry: reactive[Entry | None] = reactive(None)
    lettering: reactive[Lettering | None] = reactive(None)
    _step: reactive[int] = reactive(0)

    def alert(self, on: bool) -> None:
        """One half of a flash: other colours, a frame, and the arrow one step further."""
        self.set_class(on, "-alert")
        self._step = 1 if on else 0

    def render(self) -> Text:
        """The drawn row."""
        if self.entry is None or self.lettering is None:
            return Text()
        return drawn(self.entry.line, self.lettering, self._step * (self.lettering.gap // 2))
