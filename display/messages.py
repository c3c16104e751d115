"""What other threads tell the waiting-room screen."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message

from shared.model import Room


class Changed(Message, bubble=False):
    """Somebody has changed something: look again. Several in a row are one."""

    def can_replace(self, message: Message) -> bool:
        """A later wake-up makes an earlier one needless."""
        return isinstance(message, Changed)


@dataclass
class Looked(Message, bubble=False):
    """The database has answered."""

    room: Room


@dataclass
class LookFailed(Message, bubble=False):
    """The database has not answered; the numbers shown are still the last known."""

    reason: str
    """What went wrong, for the staff."""
