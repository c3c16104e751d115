"""What the scanner of a desk has read: whose ticket it is."""

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
    """The ticket that was scanned last, until the next press. Nothing is done to its visit."""

    def __init__(self, screen: MessagePump, centre: Centre, then: Callable[[], None]) -> None:
        self._screen, self._centre, self._then = screen, centre, then
        self.known: Ticket | AnkommenError | None = None
        """The ticket, or why it is not known."""

    def look_up(self, text: str) -> None:
        """Ask whose ticket this is. What is no ticket of ours is ignored."""
        answer = self._centre.read(read_scanned, text)
        answer.add_done_callback(lambda answer: self._screen.call_later(self._take, answer))

    def forget(self) -> None:
        """It is said no longer."""
        self.known = None

    def _take(self, answer: Future[Ticket]) -> None:
        error = refused(answer)
        if not isinstance(error, NumberUnknown):
            self.known = error or answer.result()
            self._then()
