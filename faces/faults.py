"""One policy for failures on the database thread: errors of the domain are shown, other faults end the face."""

from __future__ import annotations

from concurrent.futures import Future
from typing import Any

from textual.message_pump import MessagePump

from shared.errors import AnkommenError


def refused(answer: Future[Any]) -> AnkommenError | None:
    """The error of the domain in an answer, or None. Raises any other error, which ends the face."""
    error = answer.exception()
    if error is None or isinstance(error, AnkommenError):
        return error
    raise error


def watch(screen: MessagePump, answer: Future[Any]) -> None:
    """For an answer that nobody waits for: raise a fault of the program on the screen's thread."""

    def tell(answer: Future[Any]) -> None:
        """On the database thread."""
        screen.call_later(refused, answer)

    answer.add_done_callback(tell)
