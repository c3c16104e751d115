"""Messages from the kiosk's widgets to its screen."""

from __future__ import annotations

from textual.message import Message

from kiosk.moves import Touch


class Touched(Message):
    """A tile or a button was touched."""

    def __init__(self, touch: Touch, pressed: float) -> None:
        """`touch` is what was offered when the finger came down; `pressed` is that moment in Textual's message time."""
        super().__init__()
        self.touch = touch
        self.pressed = pressed

    @property
    def age_s(self) -> float:
        """How many seconds ago the finger came down: a busy program gets the message late."""
        return Message().time - self.pressed
