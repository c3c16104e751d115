"""Finds out whose ticket the scanner of a desk has read."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future

from textual.message_pump import MessagePump

from caller.at_desk import read_scanned
from faces.faults import refused
from shared.centre import Centre
from shared.errors import AnkommenError, NumberUnknown
from shared.model import Ticket


class Scan:
    """The last scanned ticket, kept until the next press. Its visit is not changed."""

    def __init__(self, screen: MessagePump, centre: Centre, then: Callable[[], None]) -> None:
        self._screen, self._centre, self._then = screen, centre, then
        self.known: Ticket | AnkommenError | None = None
        """The ticket, or why it is not known."""

    def look_up(self, text: str) -> None:
        """Ask whose ticket this is. Anything that is not one of our tickets is ignored."""
        answer = self._centre.read(read_scanned, text)
        answer.add_done_callback(lambda answer: self._screen.call_later(self._take, answer))

    def forget(self) -> None:
        """Stop showing the ticket."""
        self.known = None

    def _take(self, answer: Future[Ticket]) -> None:
        error = refused(answer)
        if not isinstance(error, NumberUnknown):
            self.known = error or answer.result()
            self._then()
