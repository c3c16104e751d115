"""Text that we break into lines ourselves, because only then can a line be turned right-to-left."""

from __future__ import annotations

from rich.cells import cell_len
from rich.text import Text
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from shared.language import Direction
from shared.language.terminal_text import Bidi, visual_lines

__all__ = ["Bidi", "Direction", "Lines", "Phrase"]


class Lines(Widget):
    """A widget of text lines that depend on its width; its height is the number of lines."""

    ALLOW_SELECT = False
    can_focus = False

    def lines(self, width: int) -> list[Text]:
        """The lines, each at most `width` cells wide and safe for the terminal."""
        raise NotImplementedError

    def render(self) -> Text:
        """The lines, joined for the widget."""
        return Text("\n", no_wrap=True).join(self.lines(self.content_size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002  (Textual's)
        """One row for each line."""
        return len(self.lines(width))


class Phrase(Lines):
    """One text for people, without anything that a terminal would obey, broken at words.

    Classes: -rtl if its language begins on the right, -none while there is nothing to say.
    """

    text: reactive[str] = reactive("", layout=True)
    direction: reactive[Direction] = reactive[Direction]("ltr", layout=True)

    def __init__(
        self, text: str = "", *, bidi: Bidi = "app", id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._bidi = bidi
        self.set_reactive(Phrase.text, text)
        self.set_class(not text, "-none")

    def say(self, text: str, direction: Direction = "ltr") -> None:
        """Show another text."""
        self.direction = direction
        self.text = text

    def watch_text(self, text: str) -> None:
        """Let the stylesheet know whether there is anything to see."""
        self.set_class(not text, "-none")

    def watch_direction(self, direction: Direction) -> None:
        """Let the stylesheet know on which side lines begin."""
        self.set_class(direction == "rtl", "-rtl")

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002  (Textual's)
        """The width of the text on one line, unless the stylesheet sets a width."""
        return cell_len(self._lines(len(self.text) * 2 + 1)[0])

    def lines(self, width: int) -> list[Text]:
        """The text, broken."""
        return [Text(line) for line in self._lines(width)]

    def _lines(self, width: int) -> list[str]:
        return visual_lines(self.text, width, self.direction, self._bidi)
