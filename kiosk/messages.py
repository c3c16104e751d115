"""What happens at the kiosk, as messages from its widgets to the screen."""

from __future__ import annotations

from textual.message import Message

from kiosk.way import Touch


class Touched(Message):
    """A tile or a button was touched."""

    def __init__(self, touch: Touch, pressed: float) -> None:
        """`touch` is what was offered there when the finger came down, at `pressed` in Textual's time of messages."""
        super().__init__()
        self.touch = touch
        self.pressed = pressed

    @property
    def age_s(self) -> float:
        """How long ago the finger came down: a busy program hears of it late."""
        return Message().time - self.pressed
