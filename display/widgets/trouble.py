"""What is wrong, in plain words, under numbers that stay."""

from __future__ import annotations

from typing import Literal

from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget

from shared.language.terminal_text import clean, visual_lines


class Trouble(Widget):
    """One line for visitors and one for the staff; takes no room while all is well. Class: -trouble."""

    sentence: reactive[str] = reactive("", layout=True)
    """What it means for visitors; empty while all is well."""
    reason: reactive[str] = reactive("", layout=True)
    """What it means for the staff."""
    direction: reactive[Literal["ltr", "rtl"]] = reactive("ltr")

    def __init__(self, bidi: Literal["app", "terminal"]) -> None:
        super().__init__()
        self._bidi = bidi

    def watch_sentence(self, sentence: str) -> None:
        """Appear only when there is something to say."""
        self.set_class(bool(sentence), "-trouble")

    def render(self) -> Text:
        """The sentence as it fits, the reason on one line."""
        width = self.content_size.width
        sentence = visual_lines(f"! {self.sentence}", width, self.direction, self._bidi)
        return Text("\n".join([*sentence, clean(self.reason, max(1, width))]), no_wrap=True)
