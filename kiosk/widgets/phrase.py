"""A text that wraps, in either direction of writing."""

from __future__ import annotations

from typing import Literal

from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from shared.language.terminal_text import visual_lines

Direction = Literal["ltr", "rtl"]


class Phrase(Widget):
    """Text for people, cleaned of whatever a terminal would obey; right-to-left where its language is."""

    can_focus = False
    text: reactive[str] = reactive("", layout=True)
    direction: reactive[Direction] = reactive[Direction]("ltr", layout=True)

    def __init__(
        self,
        text: str = "",
        *,
        bidi: Literal["app", "terminal"] = "app",
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._bidi = bidi
        self.set_reactive(Phrase.text, text)

    def say(self, text: str, direction: Direction = "ltr") -> None:
        """Show another text."""
        self.direction = direction
        self.text = text

    def watch_direction(self, direction: Direction) -> None:
        """Let the stylesheet know on which side lines begin."""
        self.set_class(direction == "rtl", "-rtl")

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002  (Textual's)
        """As many rows as there are lines at this width."""
        return len(self._lines(width))

    def render(self) -> Content:
        """The lines as the terminal is to show them."""
        return Content("\n".join(self._lines(self.content_size.width)))

    def _lines(self, width: int) -> list[str]:
        return visual_lines(self.text, width, self.direction, self._bidi)
