"""Which consoles fell silent while somebody was there: one line in alarm, gone when they are looked after."""

from __future__ import annotations

from concurrent.futures import Future

from textual import on
from textual.message import Message

from caller.widgets.lines import Paragraph
from caller.words import Words
from shared.centre import Centre
from shared.model import LostDesk
from shared.verbs import views


class AlarmLine(Paragraph):
    """Desks and numbers that somebody has to look after. Class: -alarm while there are any."""

    class Known(Message, bubble=False):
        """The desks that were lost."""

        def __init__(self, words: Words, desks: tuple[LostDesk, ...]) -> None:
            super().__init__()
            self.words, self.desks = words, desks

    def read(self, centre: Centre, words: Words) -> None:
        """Ask which desks were lost."""

        def tell(answer: Future[tuple[LostDesk, ...]]) -> None:
            if not answer.cancelled() and answer.exception() is None:  # the screen itself says what is wrong
                self.post_message(self.Known(words, answer.result()))

        centre.read(views.lost_desks).add_done_callback(tell)

    @on(Known)
    def show_alarms(self, known: Known) -> None:
        """Say it of every desk; without any there is nothing to see."""
        words = known.words
        alarms = [
            words.say(
                "Alarm: the console of desk {desk} fell silent. Please look after {codes}.",
                desk=lost.desk,
                codes=", ".join(lost.codes),
            )
            for lost in known.desks
        ]
        self.set_class(bool(alarms), "-alarm")
        self.show(words, " ".join(alarms))
