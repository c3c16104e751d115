"""Who waits for a desk."""

from __future__ import annotations

from itertools import zip_longest

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from caller.widgets.lines import Lines
from caller.words import Words
from shared.model import Need, Waiting, Workplace

_TABLE_FROM = 64
"""Cells from which on there is a table; below, each visitor has a few lines."""
_GAP = 2
_NUMBER = 6


class Queue(Lines):
    """The visitors in the order of waiting: a table where there is room, a list where not."""

    COMPONENT_CLASSES = {"queue--number", "queue--service", "queue--detail", "queue--mark"}  # noqa: RUF012

    _words: Words | None = None
    _workplace: Workplace | None = None

    def show(self, words: Words, workplace: Workplace) -> None:
        """Show who waits."""
        self._words, self._workplace = words, workplace
        self.refresh(layout=True)

    def lines(self, width: int) -> list[Text]:
        """A block of lines for each visitor."""
        if self._words is None or self._workplace is None:
            return []
        blocks = self._table(width) if width >= _TABLE_FROM else self._list(width)
        return [line for block in blocks for line in block]

    def _list(self, width: int) -> list[list[Text]]:
        words, workplace, indent = self._shown()
        blocks = []
        for visitor in workplace.waiting:
            since = f"{words.clock(visitor.queued_at)} · {words.minutes(visitor.queued_at, workplace.at)}"
            details = f"{since} · {words.speech(visitor.language)} · {words.persons(visitor)}"
            service = words.lines(words.service(visitor.service), width - _NUMBER)
            block = [self._text(line, "service") for line in service]
            block += [self._text(line, "detail") for line in words.lines(details, width - _NUMBER)]
            marks = marks_of(words, visitor, workplace.desk.key)
            block += [self._text(line, "mark") for line in words.lines(marks, width - _NUMBER) if line]
            number = self._text(set_cell_size(words.line(visitor.code), _NUMBER), "number")
            blocks.append([(indent if row else number) + line for row, line in enumerate(block)])
        return blocks

    def _table(self, width: int) -> list[list[Text]]:
        words, workplace, _ = self._shown()
        rows = [
            (
                words.line(visitor.code),
                words.clock(visitor.queued_at),
                words.minutes(visitor.queued_at, workplace.at),
                words.line(words.service(visitor.service)),
                words.line(words.speech(visitor.language)),
                words.line(words.persons(visitor)),
            )
            for visitor in workplace.waiting
        ]
        widths = [max(map(cell_len, column)) + _GAP for column in zip(*rows, strict=True)]
        rest = max(_NUMBER, width - sum(widths))
        kinds = ("number", "detail", "detail", "service", "detail", "detail")
        blocks = []
        for visitor, row in zip(workplace.waiting, rows, strict=True):
            head = Text().join(
                self._text(set_cell_size(cell, size), kind) for cell, size, kind in zip(row, widths, kinds, strict=True)
            )
            marks = [
                self._text(line, "mark") for line in words.lines(marks_of(words, visitor, workplace.desk.key), rest)
            ]
            indent = Text(" " * cell_len(head.plain))
            blocks.append([left + right for left, right in zip_longest([head], marks, fillvalue=indent)])
        return blocks

    def _shown(self) -> tuple[Words, Workplace, Text]:
        assert self._words is not None
        assert self._workplace is not None
        return self._words, self._workplace, Text(" " * _NUMBER)

    def _text(self, text: str, kind: str) -> Text:
        return Text(text, self.get_component_rich_style(f"queue--{kind}"))


def comes_here(words: Words, visitor: Waiting, desk: str) -> bool:
    """Whether this desk can call the visitor: not where steps are in the way."""
    step_free = desk in words.plan.desks and words.plan.desks[desk].step_free
    return step_free or Need.STEP_FREE not in visitor.needs


def marks_of(words: Words, visitor: Waiting, desk: str) -> str:
    """What is to be thought of before the visitor comes, "Dolmetschen: Ukrainisch · mehr Zeit"."""
    marks = []
    if visitor.interpreter:
        marks.append(words.say("interpreter: {language}", language=words.speech(visitor.interpreter)))
    if visitor.needs:
        marks.append(words.needs(visitor.needs))
    if not comes_here(words, visitor, desk):
        marks.append(words.say("called by a desk without steps"))
    return " · ".join(marks)
