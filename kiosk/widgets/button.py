"""A button to touch."""

from __future__ import annotations

from faces.text import Bidi
from kiosk.offer import Choice
from kiosk.way import Way
from kiosk.widgets.label import DrawnPhrase
from kiosk.widgets.touchable import Touchable


class TouchButton(Touchable, DrawnPhrase):
    """A word that can be touched; without one its place stays free."""

    def __init__(self, bidi: Bidi, id: str) -> None:
        super().__init__(bidi=bidi, id=id)
        self.visible = False

    def offer(self, choice: Choice | None, way: Way) -> None:
        """Show the button with its word; hide it without a choice."""
        self.offers = way.touch(choice.act, choice.key) if choice else None
        self.visible = choice is not None
        if choice is not None:
            self.pictogram = choice.pictogram
            self.say(choice.title, choice.direction)
