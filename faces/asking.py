"""The one bridge for what a screen asks its centre to do: one request at a time, each done at most once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from enum import Enum, auto
from functools import partial
from typing import Concatenate, ParamSpec, TypeVar
from uuid import uuid4

from textual.message_pump import MessagePump

from faces.faults import refused
from shared.centre import Centre
from shared.errors import AnkommenError, Unavailable
from shared.store.database import Transaction

P = ParamSpec("P")
T = TypeVar("T")


class _Press(Enum):
    """The state of the press that counts."""

    NONE = auto()
    ASKED = auto()
    ANSWERED = auto()  # but the screen does not show the result yet


class Asking:
    """The requests of a screen.

    From a press that counts until the screen has `shown` the result, no other press counts. All presses for one request
    carry the same request id, so it is done at most once, whatever happens. After an answer, also a refusal, the next
    press is a new request; after a failure that leaves the result open, it is the same request.
    """

    def __init__(self, screen: MessagePump, centre: Centre) -> None:
        self._screen = screen
        self._centre = centre
        self._request = uuid4()
        self._press = _Press.NONE

    @property
    def busy(self) -> bool:
        """Whether a press is being answered, so that no other press counts."""
        return self._press is not _Press.NONE

    def ask(
        self,
        then: Callable[[T | AnkommenError], None],
        verb: Callable[Concatenate[Transaction, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> bool:
        """Ask for a verb, unless a press is being answered. Returns whether this press counts.

        `then` gets the answer, or the error of the domain, on the screen's own thread. Any other error is a fault of
        the program and is raised there, which ends the face.
        """
        if self.busy:
            return False
        self._press = _Press.ASKED
        answer = self._centre.once(self._request, verb, *args, **kwargs)
        answer.add_done_callback(partial(self._hand_over, then))
        return True

    def shown(self) -> None:
        """The screen shows the result of the last press, if it was answered: the next press counts."""
        if self._press is _Press.ANSWERED:
            self._press = _Press.NONE

    def start_over(self) -> None:
        """The screen shows something else now, or another person uses it: the next press is a new request."""
        self._request = uuid4()

    def _hand_over(self, then: Callable[[T | AnkommenError], None], answer: Future[T]) -> None:
        """On the database thread."""
        self._screen.call_later(self._take, then, answer)

    def _take(self, then: Callable[[T | AnkommenError], None], answer: Future[T]) -> None:
        self._press = _Press.ANSWERED
        error = refused(answer)
        if not isinstance(error, Unavailable):
            self.start_over()
        then(answer.result() if error is None else error)
