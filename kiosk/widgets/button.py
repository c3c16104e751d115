"""A button to touch, in the foot of the screen."""

from __future__ import annotations

from typing import Literal

from textual.message import Message

from kiosk.widgets.phrase import Direction, Phrase


class TouchButton(Phrase):
    """A word that can be touched; without a word it is not there."""

    class Pressed(Message):
        """The button was touched."""

        def __init__(self, button: TouchButton) -> None:
            super().__init__()
            self.button = button

        @property
        def control(self) -> TouchButton:
            """The button, for `@on`."""
            return self.button

    def __init__(self, bidi: Literal["app", "terminal"], id: str) -> None:
        super().__init__(bidi=bidi, id=id)
        self.display = False

    def offer(self, word: str, direction: Direction) -> None:
        """Show the button with this word; hide it without one."""
        self.say(word, direction)
        self.display = bool(word)

    def on_click(self) -> None:
        """A finger was here."""
        self.post_message(self.Pressed(self))
