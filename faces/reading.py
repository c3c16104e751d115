"""The one bridge from the database thread to a screen: what is known, as of when, and why it may be old."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime
from functools import partial
from typing import Generic, TypeVar

from textual.message_pump import MessagePump

from faces.faults import refused
from faces.messages import Changed
from shared.centre import Centre
from shared.clock import monotonic
from shared.errors import AnkommenError, DatabaseUnavailable

T = TypeVar("T")

EVERY_S = 1.75
"""A screen reads at least this often, even if nothing wakes it: so it also notices when wake-ups are missing."""
PATIENCE_S = 2.5
"""An answer that takes longer counts as missing. Within five seconds a screen says that its data is old."""
GONE_S = 3.0
"""After so long, counted only while the program was running, the entrance says so, too: within five seconds in all."""
_BEAT_S = 0.25


class Reading(Generic[T]):
    """What a screen knows of its centre by one view.

    A screen has one, made with the question it asks::

        self._reading = Reading(self, centre, lambda: centre.read(read_workplace, desk), self._show)

    It calls `begin` when it is mounted, `end` when it is unmounted, and `ask` at each `Changed`, which is posted to it
    after `begin`. While an answer is on its way, all further `ask` together become one more question after it. `then`
    runs on the screen's own thread after each answer, and once when an answer is overdue; it reads the fields below.

    Failures are never hidden: after an error of the domain, `trouble` holds it and `known` stays as it was. Any other
    error is a fault of the program, raised on the screen's thread, which ends the face.
    """

    def __init__(
        self, screen: MessagePump, centre: Centre, question: Callable[[], Future[T]], then: Callable[[], None]
    ) -> None:
        self._screen = screen
        self._centre = centre
        self._question = question
        self._then = then
        self._unsubscribe: Callable[[], None] = lambda: None
        self._asked_at_s: float | None = None
        self._on_its_way = False
        self._once_more = False
        self.known: T | None = None
        """The last answer; None until there is one."""
        self.as_of: datetime | None = None
        """The moment, in UTC, at which `known` was still true; None while nothing is known."""
        self.overdue = False
        """Whether `trouble` is only that an answer is late; then nobody knows yet what is wrong."""
        self.gone = False
        """Whether it has been late for so long that nobody should begin anything."""
        self._waited_s, self._beaten_at_s = 0.0, 0.0
        self.trouble: AnkommenError | None = None
        """Why nothing newer than `known` is there; None while all is well."""

    def begin(self) -> None:
        """Ask for the first time, and post `Changed` to the screen from now on."""
        self._unsubscribe = self._centre.subscribe(self._wake)
        self._screen.set_interval(_BEAT_S, self._beat)
        self.ask()

    def end(self) -> None:
        """Post nothing more to the screen."""
        self._unsubscribe()

    def ask(self) -> None:
        """Read; if an answer is on its way, read once more after it."""
        self._once_more = self._on_its_way
        if self._on_its_way:
            return
        self._on_its_way = True
        self._asked_at_s = self._beaten_at_s = monotonic()
        self._waited_s = 0.0
        asked_at = self._centre.now()
        self._question().add_done_callback(partial(self._hand_over, asked_at))

    def _wake(self) -> None:
        """On the database thread."""
        self._screen.post_message(Changed())

    def _hand_over(self, asked_at: datetime, answer: Future[T]) -> None:
        """On the database thread."""
        self._screen.call_later(self._take, answer, asked_at)

    def _take(self, answer: Future[T], asked_at: datetime) -> None:
        self._on_its_way = False
        self.trouble, self.overdue, self.gone = refused(answer), False, False
        if self.trouble is None:
            self.known, self.as_of = answer.result(), asked_at
        if self._once_more:
            self.ask()
        self._then()

    def _beat(self) -> None:
        assert self._asked_at_s is not None
        now_s = monotonic()
        ago_s = now_s - self._asked_at_s
        self._waited_s += min(now_s - self._beaten_at_s, 2 * _BEAT_S)  # a program that stood still has not waited
        self._beaten_at_s = now_s
        if not self._on_its_way and ago_s >= EVERY_S:
            self.ask()
        elif self._on_its_way and ago_s >= PATIENCE_S and self.trouble is None:
            self.overdue = True
            self.trouble = DatabaseUnavailable("The database has not answered for a while.")
            self._then()
        elif self.overdue and not self.gone and self._waited_s >= GONE_S:
            self.gone = True
            self._then()
