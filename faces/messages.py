"""Messages that come to a screen from outside."""

from __future__ import annotations

from textual.message import Message


class Changed(Message, bubble=False):
    """Something in the centre has changed: read again. Several in a row count as one."""

    def can_replace(self, message: Message) -> bool:
        """One read covers all of them."""
        return isinstance(message, Changed)


class Scanned(Message, bubble=False):
    """A scanner has read something. Treat it as text from outside, whatever it looks like."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
