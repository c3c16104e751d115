"""What happens at a console."""

from __future__ import annotations

from textual.message import Message

from caller.steps import Step


class Pressed(Message):
    """A button was pressed."""

    def __init__(self, button: str, step: Step) -> None:
        super().__init__()
        self.button = button
        """Its id: the place on the screen, whatever the button says by now."""
        self.step = step
