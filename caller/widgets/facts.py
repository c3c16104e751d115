"""What is known about a visitor, as labels and values."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from caller.words import Words
from faces.text import Lines

_GAP = 2


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is known."""

    label: str
    values: tuple[str, ...]
    """Each begins on a new line."""
    attention: bool = False
    """Whether the official has to do something about it."""


class Facts(Lines):
    """Labels in one column, values in the next."""

    COMPONENT_CLASSES = {"facts--label", "facts--value", "facts--attention"}  # noqa: RUF012

    _words: Words | None = None
    _facts: tuple[Fact, ...] = ()

    def show(self, words: Words, facts: tuple[Fact, ...]) -> None:
        """Show these facts, in this order."""
        if (self._words, self._facts) != (words, facts):
            self._words, self._facts = words, facts
            self.refresh(layout=True)

    def lines(self, width: int) -> list[Text]:
        """One or more lines for each fact."""
        words = self._words
        if words is None:
            return []
        labels = [words.line(fact.label) for fact in self._facts]
        label_width = max((cell_len(label) for label in labels), default=0) + _GAP
        label_style = self.get_component_rich_style("facts--label")
        lines: list[Text] = []
        for label, fact in zip(labels, self._facts, strict=True):
            style = self.get_component_rich_style("facts--attention" if fact.attention else "facts--value")
            head = set_cell_size(label, label_width)
            for value in (part for text in fact.values for part in words.lines(text, width - label_width)):
                lines.append(Text.assemble((head, label_style), (value, style)))
                head = " " * label_width
        return lines
