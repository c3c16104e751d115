"""What can be touched."""

from __future__ import annotations

from textual import events
from textual.widget import Widget

from kiosk.messages import Touched
from kiosk.moves import Touch


class Touchable(Widget):
    """Reports what it offered when the finger came down, even if it offers something else by then."""

    can_focus = False
    offers: Touch | None = None
    """What a touch here would mean; None while there is nothing to touch."""
    _pressed: tuple[Touch | None, float] = None, 0.0

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A finger came down here."""
        self._pressed = self.offers, event.time

    def on_click(self) -> None:
        """The finger was lifted where it came down."""
        touch, pressed = self._pressed
        if touch is not None:
            self.post_message(Touched(touch, pressed))
