"""A number that can be read from across the room."""

from __future__ import annotations

from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget

from shared.language.big_text import big_text


class BigNumber(Widget):
    """A number as large as the widget."""

    ALLOW_SELECT = False
    can_focus = False
    number: reactive[str] = reactive("")
    """The number that is shown; nothing while empty."""

    def render(self) -> Text:
        """The number in the available cells."""
        return big_text(self.number, self.content_size.width, self.content_size.height)
