"""One policy for what fails on the database thread: errors of the domain are said, faults of the program are loud."""

from __future__ import annotations

from concurrent.futures import Future
from typing import Any

from textual.message_pump import MessagePump

from shared.errors import AnkommenError


def refused(answer: Future[Any]) -> AnkommenError | None:
    """The error of the domain that an answer brought; None for a good one. Raises any other: it ends the face."""
    error = answer.exception()
    if error is None or isinstance(error, AnkommenError):
        return error
    raise error


def watch(screen: MessagePump, answer: Future[Any]) -> None:
    """Of an answer that nobody waits for, bring a fault of the program to the screen."""

    def tell(answer: Future[Any]) -> None:
        """On the database thread."""
        screen.call_later(refused, answer)

    answer.add_done_callback(tell)
