"""What a screen is told from outside."""

from __future__ import annotations

from textual.message import Message


class Changed(Message, bubble=False):
    """Somebody changed something in the centre: read again. Several in a row are one."""

    def can_replace(self, message: Message) -> bool:
        """Whoever reads once has read what all of them were about."""
        return isinstance(message, Changed)


class Scanned(Message, bubble=False):
    """A scanner has read something. It is text from outside, whatever it looks like."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
