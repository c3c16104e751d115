"""What happens at the kiosk, as messages between widgets, threads and the screen."""

from __future__ import annotations

from textual.message import Message

from shared.errors import AnkommenError
from shared.model import Door, PrintJob, Ticket


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


class Changed(Message):
    """Something in the centre may be otherwise than before: the slip is printed, the plan or the hour another."""

    def can_replace(self, message: Message) -> bool:
        """Whoever reads once has read what all of them were about."""
        return isinstance(message, Changed)


class Hour(Message):
    """The database answered: whether numbers are given now, and whether anybody is called."""

    def __init__(self, door: Door) -> None:
        super().__init__()
        self.door = door


class Printed(Message):
    """How a slip fares."""

    def __init__(self, job: PrintJob) -> None:
        super().__init__()
        self.job = job
