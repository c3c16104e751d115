"""A line of text as large as its place allows."""

from __future__ import annotations

from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget

from faces.text import Bidi, Direction
from shared.language.big_text import big_text, relative_width
from shared.language.terminal_text import clean, visual_lines

SMALLEST_LINE = 13.0
"""Least height of a drawn line, in columns (two for a row); below it, the dot of an i merges with its stem."""
_SMALLEST_INK = 4
"""The same for a single line, as rows of ink."""


class Sign(Widget):
    """A line that is drawn large if there is room, else written in the terminal's own letters."""

    text: reactive[str] = reactive("")
    """The text; it is made safe for the terminal here."""
    direction: reactive[Direction] = reactive[Direction]("ltr")
    line_height: reactive[float | None] = reactive(None)
    """Height of the drawn line in columns, so that several signs look alike; None means as large as fits."""

    def __init__(self, bidi: Bidi, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._bidi = bidi

    def render(self) -> Text:
        """The picture, or the written line if drawn letters would be too small."""
        width, height = self.content_size
        safe = clean(self.text)
        if self.line_height is None:
            picture = big_text(safe, width, height)
            if picture.plain.count("\n") + 1 >= _SMALLEST_INK:
                return picture
        elif self.line_height >= SMALLEST_LINE:
            return big_text(safe, min(width, int(self.line_height * relative_width(safe))), height)
        return Text("\n".join(visual_lines(safe, width, self.direction, self._bidi)[: max(1, height)]), no_wrap=True)
