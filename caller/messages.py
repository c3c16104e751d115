"""What happens at a console."""

from __future__ import annotations

from textual.message import Message
from textual.message_pump import MessagePump

from caller.steps import Step
from shared.model import Workplace


class Changed(Message, bubble=False):
    """Somebody changed something in the centre; a newer one makes this one needless."""

    def can_replace(self, message: MessagePump | Message) -> bool:
        """One of them is enough."""
        return isinstance(message, Changed)


class Read(Message, bubble=False):
    """The desk and its queue as they stood when they were read."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self.workplace = workplace


class ReadFailed(Message, bubble=False):
    """The desk and its queue could not be read."""

    def __init__(self, error: BaseException) -> None:
        super().__init__()
        self.error = error


class Answered(Message, bubble=False):
    """A step that was asked for is taken, or refused with an error."""

    def __init__(self, step: Step, error: BaseException | None) -> None:
        super().__init__()
        self.step = step
        self.error = error


class Pressed(Message):
    """A button was pressed."""

    def __init__(self, button: str, step: Step) -> None:
        super().__init__()
        self.button = button
        """Its id: where on the screen it was, whatever it says by now."""
        self.step = step
