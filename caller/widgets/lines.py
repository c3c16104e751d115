"""Text that is broken into lines here and not by the terminal library: only so can a line be turned right-to-left."""

from __future__ import annotations

from rich.cells import cell_len
from rich.text import Text
from textual.geometry import Size
from textual.widget import Widget

from caller.words import Words


class Lines(Widget):
    """A widget of text lines that depend on its width; as high as they are many."""

    ALLOW_SELECT = False

    def lines(self, width: int) -> list[Text]:
        """The lines, each at most `width` cells wide."""
        raise NotImplementedError

    def render(self) -> Text:
        """The lines as they stand in the widget."""
        joined = Text("\n").join(self.lines(self.content_size.width))
        joined.no_wrap = True
        return joined

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """One row for each line."""
        return len(self.lines(width))


class Paragraph(Lines):
    """One text, broken at words."""

    _words: Words | None = None
    _text = ""

    def show(self, words: Words, text: str) -> None:
        """Show a text in the order of the house's language."""
        if (self._words, self._text) != (words, text):
            self._words, self._text = words, text
            self.refresh(layout=True)

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002
        """The text on one line, where the stylesheet asks for no more."""
        return cell_len(self._words.line(self._text)) if self._words else 0

    def lines(self, width: int) -> list[Text]:
        """The text, broken."""
        return [Text(line) for line in self._words.lines(self._text, width)] if self._words else []
