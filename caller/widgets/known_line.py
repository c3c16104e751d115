"""A line of the console that says what somebody has to look after, and is gone while there is nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any, ClassVar

from textual import on
from textual.message import Message

from caller.widgets.lines import Paragraph
from caller.words import Words
from shared.centre import Centre
from shared.model import LostDesk, PrinterState
from shared.views.paper import read_printers
from shared.views.site import lost_desks

_TROUBLES = {
    "paper_out": "Printer {printer}: no paper.",
    "paper_low": "Printer {printer}: the paper is nearly at its end.",
    "cover_open": "Printer {printer}: the cover is open.",
    "offline": "Printer {printer}: it does not print.",
    "unreachable": "Printer {printer}: it does not print.",
}
"""What is said of a printer's state; of the others there is nothing to say."""


class KnownLine(Paragraph):
    """What a view knows, in sentences."""

    view: ClassVar[Callable[..., Any]]

    class Known(Message, bubble=False):
        """What the view gave."""

        def __init__(self, words: Words, found: Sequence[Any]) -> None:
            super().__init__()
            self.words, self.found = words, found

    def on_mount(self) -> None:
        """There is nothing to say until something is known."""
        self.display = False

    def read(self, centre: Centre, words: Words) -> None:
        """Ask what there is to say."""

        def tell(answer: Future[Sequence[Any]]) -> None:
            if not answer.cancelled() and answer.exception() is None:  # the desk itself says that the database is away
                self.post_message(self.Known(words, answer.result()))

        centre.read(type(self).view).add_done_callback(tell)

    @on(Known)
    def show_known(self, known: Known) -> None:
        """Say it, or be gone."""
        sentences = [sentence for found in known.found if (sentence := self.sentence(known.words, found))]
        self.display = bool(sentences)
        self.show(known.words, " ".join(sentences))

    def sentence(self, words: Words, found: Any) -> str | None:
        """What there is to say of one of them."""
        raise NotImplementedError


class PaperLine(KnownLine):
    """Which printers need a hand, as whoever prints on them sees it."""

    view = staticmethod(read_printers)

    def sentence(self, words: Words, found: PrinterState) -> str | None:
        """What somebody can mend."""
        trouble = _TROUBLES.get(found.status) if found.watched else None
        return words.say(trouble, printer=found.printer) if trouble else None


class AlarmLine(KnownLine):
    """Which consoles fell silent while somebody was there, until they are looked after."""

    view = staticmethod(lost_desks)

    def sentence(self, words: Words, found: LostDesk) -> str:
        """Desk and numbers that somebody has to look after."""
        return words.say(
            "Alarm: the console of desk {desk} fell silent. Please look after {codes}.",
            desk=found.desk,
            codes=", ".join(found.codes),
        )
