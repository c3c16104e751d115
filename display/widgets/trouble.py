"""What is wrong, in plain words, under numbers that stay."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget

from shared.language.terminal_text import clean, visual_lines


class Trouble(Widget):
    """A line for visitors in each language and one for the staff; takes no room while all is well. Class: -trouble."""

    lines: reactive[Sequence[str]] = reactive((), layout=True)
    """What it means for visitors, the language of the house first; none while all is well."""
    reason: reactive[str] = reactive("", layout=True)
    """What it means for the staff."""
    direction: reactive[Literal["ltr", "rtl"]] = reactive("ltr")
    """Of the language of the house."""

    def __init__(self, bidi: Literal["app", "terminal"]) -> None:
        super().__init__()
        self._bidi = bidi

    def watch_lines(self, lines: Sequence[str]) -> None:
        """Appear only when there is something to say."""
        self.set_class(bool(lines), "-trouble")

    def render(self) -> Text:
        """The lines as they fit."""
        width = self.content_size.width
        shown = [
            row
            for place, line in enumerate(self.lines)
            for row in visual_lines(line, width, "ltr" if place else self.direction, self._bidi)
        ]
        return Text("\n".join([*shown, clean(self.reason, max(1, width))]), no_wrap=True)
