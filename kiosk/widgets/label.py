"""Words, drawn with their pictogram where the terminal can show pictures."""

from __future__ import annotations

from rich.text import Text
from textual.reactive import reactive

from faces.picture import Drawing, Pictured
from faces.text import Bidi, Lines, Phrase
from kiosk.drawn import Label
from shared.language.terminal_text import visual_lines


class DrawnPhrase(Phrase, Pictured):
    """A phrase that is drawn as large as its place."""

    pictogram: reactive[str] = reactive("")
    """A sign beside it; terminals without pictures show only the words."""

    def drawing(self) -> Drawing | None:
        """The words, where the stylesheet puts them."""
        centred, indent = self.styles.text_align == "center", self.styles.padding.left
        return Label(self.text, "", self.pictogram, self.direction, centred, indent=indent) if self.text else None


class LabelView(Pictured, Lines):
    """A title, and a sentence under it if there is room for it."""

    COMPONENT_CLASSES = {"label--title", "label--sentence"}  # noqa: RUF012  (Textual's own declaration)
    label: reactive[Label | None] = reactive(None)

    def __init__(self, bidi: Bidi, id: str | None = None) -> None:
        super().__init__(id=id)
        self._bidi = bidi

    @property
    def title(self) -> str:
        """The title that is shown; empty without one."""
        return self.label.title if self.label else ""

    def watch_label(self, label: Label | None) -> None:
        """Let the stylesheet know on which side lines begin."""
        self.set_class(label is not None and label.direction == "rtl", "-rtl")

    def drawing(self) -> Drawing | None:
        """The same as a picture."""
        return self.label

    def lines(self, width: int) -> list[Text]:
        """The words, broken."""
        if self.label is None:
            return []
        title = self._broken(self.label.title, "label--title", width)
        sentence = self._broken(self.label.sentence, "label--sentence", width) if self.label.sentence else []
        room = self.content_size.height
        if self.label.urgent:
            return [*title[: max(1, room - len(sentence))], *sentence][:room]
        return [*title, *sentence] if len(title) + len(sentence) <= room else title

    def _broken(self, text: str, style: str, width: int) -> list[Text]:
        assert self.label is not None
        look = self.get_component_rich_style(style, partial=True)
        return [Text(line, style=look) for line in visual_lines(text, width, self.label.direction, self._bidi)]
