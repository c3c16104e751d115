"""The number, as large as the place allows."""

from __future__ import annotations

from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget

from shared.language.big_text import big_text


class BigNumber(Widget):
    """A code like "A017", shown as "A 017"."""

    can_focus = False
    code: reactive[str] = reactive("")

    def render(self) -> Text:
        """The number drawn in cells."""
        spaced = f"{self.code[:1]} {self.code[1:]}"
        return big_text(spaced, self.content_size.width, self.content_size.height) if self.code else Text("")
