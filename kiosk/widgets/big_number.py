"""The number, as large as the place allows."""

from __future__ import annotations

from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget

from shared.language.big_text import big_text
from shared.model import spaced


class BigNumber(Widget):
    """A code like "A017", shown as "A 017"."""

    can_focus = False
    code: reactive[str] = reactive("")

    def render(self) -> Text:
        """The number drawn in cells."""
        width, height = self.content_size
        return big_text(spaced(self.code), width, height) if self.code else Text("")
