"""What happens at the kiosk, as messages between widgets, threads and the screen."""

from __future__ import annotations

from textual.message import Message

from shared.errors import AnkommenError
from shared.model import Ticket


class Chosen(Message):
    """A tile was touched."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key


class Issued(Message):
    """The database answered: here is the number."""

    def __init__(self, ticket: Ticket) -> None:
        super().__init__()
        self.ticket = ticket


class Refused(Message):
    """The database answered: there is no number, and why."""

    def __init__(self, error: AnkommenError) -> None:
        super().__init__()
        self.error = error


class Printed(Message):
    """The printer is done with a ticket, well or not."""

    def __init__(self, ticket: Ticket) -> None:
        super().__init__()
        self.ticket = ticket
