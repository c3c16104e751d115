"""Which printers need a hand: one line, gone while all of them print."""

from __future__ import annotations

from concurrent.futures import Future

from textual import on
from textual.message import Message

from caller.widgets.lines import Paragraph
from caller.words import Words
from shared.centre import Centre
from shared.model import PrinterState
from shared.verbs import views

_TROUBLES = {
    "paper_out": "Printer {printer}: no paper.",
    "paper_low": "Printer {printer}: the paper is nearly at its end.",
    "cover_open": "Printer {printer}: the cover is open.",
    "offline": "Printer {printer}: it does not print.",
    "unreachable": "Printer {printer}: it does not print.",
}
"""What is said of a state; of the others there is nothing to say."""


class PaperLine(Paragraph):
    """What is wrong with the printers, as whoever prints on them sees it."""

    class Known(Message, bubble=False):
        """How the printers are."""

        def __init__(self, words: Words, states: tuple[PrinterState, ...]) -> None:
            super().__init__()
            self.words, self.states = words, states

    def read(self, centre: Centre, words: Words) -> None:
        """Ask how the printers are."""

        def tell(answer: Future[tuple[PrinterState, ...]]) -> None:
            if not answer.cancelled() and answer.exception() is None:  # the desk itself says that the database is away
                self.post_message(self.Known(words, answer.result()))

        centre.read(views.printers).add_done_callback(tell)

    @on(Known)
    def show_troubles(self, known: Known) -> None:
        """Say what somebody can mend."""
        words = known.words
        troubles = [
            words.say(_TROUBLES[state.status], printer=state.printer)
            for state in known.states
            if state.watched and state.status in _TROUBLES
        ]
        self.display = bool(troubles)
        self.show(words, " ".join(troubles))
