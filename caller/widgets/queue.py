"""Who waits for a desk."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len, set_cell_size
from rich.style import Style
from rich.text import Text

from caller.marks import marks_of
from caller.words import Words
from faces.text import Lines
from shared.model import Waiting, Workplace

_TABLE_FROM = 72
"""From this width in cells there is a table; below it, each visitor has a few lines."""
_GAP = 2
_NUMBER = 6
"""Width of the number and its gap in the list, in cells."""
_HEADINGS = ("Number", "Waits since", "Wait", "Service", "Language", "Persons")
_KINDS = ("number", "detail", "detail", "service", "detail", "detail")


class Queue(Lines):
    """The visitors in the order of waiting: as a table if there is room, else as a list."""

    COMPONENT_CLASSES = {  # noqa: RUF012
        "queue--heading",
        "queue--number",
        "queue--service",
        "queue--detail",
        "queue--mark",
    }

    _shown: tuple[Words, Workplace] | None = None

    def show(self, words: Words, workplace: Workplace) -> None:
        """Show who waits."""
        self._shown = (words, workplace)
        self.refresh(layout=True)

    def lines(self, width: int) -> list[Text]:
        """One or more lines for each visitor."""
        if self._shown is None or not self._shown[1].waiting:
            return []
        return list((self._table if width >= _TABLE_FROM else self._list)(*self._shown, width))

    def _list(self, words: Words, workplace: Workplace, width: int) -> Iterator[Text]:
        rest = width - _NUMBER
        for visitor in workplace.waiting:
            since = f"{words.clock(visitor.queued_at)} · {words.minutes(visitor.queued_at, workplace.at)}"
            parts = (
                ("service", (words.service(visitor.service),)),
                ("detail", (since, words.speech(visitor.language), words.persons(visitor))),
                ("mark", marks_of(words, visitor, workplace.desk.key)),
            )
            head = self._cell(words.line(visitor.code), _NUMBER, "number")
            for kind, pieces in parts:
                for line in _filled(words, pieces, rest):
                    yield Text.assemble(head, (line, self._style(kind)))
                    head = Text(" " * _NUMBER)

    def _table(self, words: Words, workplace: Workplace, width: int) -> Iterator[Text]:
        headings = [words.line(words.say(heading)) for heading in _HEADINGS]
        rows = [self._row(words, workplace, visitor) for visitor in workplace.waiting]
        widths = [max(map(cell_len, column)) + _GAP for column in zip(headings, *rows, strict=True)]
        yield Text().join(self._cell(text, size, "heading") for text, size in zip(headings, widths, strict=True))
        before_service, rest = sum(widths[:3]), width - sum(widths)
        for visitor, row in zip(workplace.waiting, rows, strict=True):
            cells = zip(row, widths, _KINDS, strict=True)
            head = Text().join(self._cell(text, size, kind) for text, size, kind in cells)
            marks = marks_of(words, visitor, workplace.desk.key)
            beside = words.line(" · ".join(marks))
            if cell_len(beside) <= rest:
                yield Text.assemble(head, (beside, self._style("mark")))
                continue
            yield head
            for line in _filled(words, marks, width - before_service):
                yield Text.assemble(" " * before_service, (line, self._style("mark")))

    def _row(self, words: Words, workplace: Workplace, visitor: Waiting) -> tuple[str, ...]:
        texts = (
            visitor.code,
            words.clock(visitor.queued_at),
            words.minutes(visitor.queued_at, workplace.at),
            words.service(visitor.service),
            words.speech(visitor.language),
            words.persons(visitor),
        )
        return tuple(words.line(text) for text in texts)

    def _cell(self, text: str, width: int, kind: str) -> Text:
        return Text.assemble((set_cell_size(text, width), self._style(kind)))

    def _style(self, kind: str) -> Style:
        return self.get_component_rich_style(f"queue--{kind}")


def _filled(words: Words, pieces: tuple[str, ...], width: int) -> list[str]:
    """The pieces on as few lines as possible, broken between pieces; a piece longer than a line is broken at words."""
    lines: list[str] = []
    for piece in pieces:
        joined = f"{lines[-1]} · {piece}" if lines else ""
        if joined and cell_len(joined) <= width:
            lines[-1] = joined
        else:
            lines.append(piece)
    return [part for line in lines for part in words.lines(line, width)]
