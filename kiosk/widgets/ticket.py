"""The number and the state of its slip."""

from __future__ import annotations

from dataclasses import replace

from textual.app import ComposeResult
from textual.containers import Center, Horizontal, Vertical

from faces.big_number import BigNumber
from faces.text import Bidi, Direction, Phrase
from kiosk.steps.ticket import Shown, Stage, Words, words
from kiosk.widgets.label import DrawnPhrase
from kiosk.widgets.numeral import DrawnNumber
from kiosk.widgets.qr_code import QrCode
from shared.language import Language
from shared.model import PrintJob, Wait, spaced

_BELOW = ("where", "then", "place", "wait", "after", "paper")
"""The words below the number, from top to bottom."""


class TicketView(Horizontal):
    """A number as large as the space allows, where to go with it, and a code to photograph if there is no paper."""

    can_focus = False

    def __init__(self, bidi: Bidi, *, id: str) -> None:
        super().__init__(id=id)
        self._bidi = bidi
        self.shown: Shown | None = None
        """The number; None while it is requested, and while nobody has one."""

    def compose(self) -> ComposeResult:
        """The words around the number, and beside it the code."""
        with Vertical(id="number"):
            yield DrawnPhrase(bidi=self._bidi, id="intro")
            yield DrawnNumber()
            for id in _BELOW:
                yield DrawnPhrase(bidi=self._bidi, id=id)
        with Center(id="photo"):
            yield QrCode()

    def ask(self, say: Language) -> None:
        """A number is requested for a visitor who reads this language."""
        self._draw(None, Words(say.text("One moment, please.")), say.direction)

    def show(self, shown: Shown) -> None:
        """The number has come, or more is known about its slip."""
        if shown is not self.shown:
            self._draw(shown, words(shown), shown.say.direction)

    def reread(self, say: Language, at: float) -> None:
        """Say the same in another language."""
        if self.shown is None:
            self.ask(say)
        else:
            self.show(self.shown.said_in(say, at))

    def clear(self) -> None:
        """Remove everything about the last number."""
        self._draw(None, Words())

    def beat(self, at: float) -> None:
        """Time goes by."""
        if self.shown is not None:
            self.show(self.shown.later(at))

    def knows(self, job: PrintJob, at: float) -> None:
        """Take the new state of a slip."""
        if self.shown is not None:
            self.show(self.shown.knows(job, at))

    def tells(self, wait: Wait | None) -> None:
        """Say what the paper says about the wait; what was known before stays where it says nothing."""
        if self.shown is not None and wait is not None and wait != self.shown.wait:
            self.show(replace(self.shown, wait=wait))

    def _draw(self, shown: Shown | None, said: Words, direction: Direction = "ltr") -> None:
        self.shown = shown
        self.set_class(shown is not None, "-given")
        self.set_class(shown is not None and shown.stage is Stage.PHOTO, "-photo")
        self.query_one(BigNumber).number = spaced(shown.ticket.code) if shown else ""
        code = shown.plan.qr_text(shown.ticket.token) if shown else None
        self.set_class(code is not None, "-code")
        self.query_one(QrCode).content_text = code or ""
        for id in ("intro", *_BELOW):
            self.query_one(f"#{id}", Phrase).say(getattr(said, id), direction)
