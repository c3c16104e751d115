"""The corners of the screen, for visitors who listen where no keys can be felt."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message

from kiosk.drawn import Label
from kiosk.widgets.label import LabelView

_CORNERS = {
    "left": (("repeat", "repeat", "<<"), ("choose", "done", "OK")),
    "right": (("volume", "sound", "+"), ("next", "forward", ">>")),
}
"""From top to bottom: what each stands for, its pictogram, and its sign where the terminal shows no pictures."""


class Pressed(Message):
    """A corner was touched."""

    def __init__(self, meaning: str) -> None:
        super().__init__()
        self.meaning = meaning


class Corner(LabelView):
    """As much of the edge as there is: a hand that feels the corner of the screen finds it."""

    can_focus = False

    def __init__(self, meaning: str, pictogram: str, sign: str) -> None:
        super().__init__("app")
        self._meaning = meaning
        self._sign = Label("", "", pictogram, centred=True)
        self.label = Label(sign, centred=True)

    def drawing(self) -> Label:
        """The pictogram alone."""
        return self._sign

    def on_click(self) -> None:
        """The finger was lifted where it came down."""
        self.post_message(Pressed(self._meaning))


class Corners(Vertical):
    """Two of them, one above the other."""

    can_focus = False

    def __init__(self, side: str) -> None:
        super().__init__(classes=side)
        self._side = side

    def compose(self) -> ComposeResult:
        """Top and bottom."""
        for meaning, pictogram, sign in _CORNERS[self._side]:
            yield Corner(meaning, pictogram, sign)
