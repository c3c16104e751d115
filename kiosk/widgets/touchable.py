"""What can be touched."""

from __future__ import annotations

from textual import events
from textual.widget import Widget

from kiosk.messages import Touched
from kiosk.moves import Touch

_FELT_S = 0.5
"""The longest time that it looks pressed: a finger may slide away, and is then lifted elsewhere."""


class Touchable(Widget):
    """Reports what it offered when the finger came down, even if it offers something else by then."""

    can_focus = False
    offers: Touch | None = None
    """What a touch here would mean; None while there is nothing to touch."""
    _pressed: tuple[Touch | None, float] = None, 0.0

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A finger came down here, which is seen at once."""
        if self.offers is not None:
            self.add_class("-pressed")
            self.set_timer(_FELT_S, self.on_mouse_up)
        self._pressed = self.offers, event.time

    def on_mouse_up(self) -> None:
        """Nothing stays pressed."""
        self.remove_class("-pressed")

    def on_click(self) -> None:
        """The finger was lifted where it came down."""
        touch, pressed = self._pressed
        if touch is not None:
            self.post_message(Touched(touch, pressed))
