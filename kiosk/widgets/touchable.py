"""What can be touched."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual import events
from textual.geometry import Region
from textual.widget import Widget

from kiosk.messages import Touched
from kiosk.moves import Touch

_FELT_S = 0.5
"""The longest time that it looks pressed: a finger may slide away, and is then lifted elsewhere."""


class Place(NamedTuple):
    """Where on the screen something can be touched, and what that means."""

    region: Region
    offers: Touch


class Touchable(Widget):
    """Reports what it offered when the finger came down, even if it offers something else by then."""

    can_focus = False
    offers: Touch | None = None
    """What a touch here would mean; None while there is nothing to touch."""
    _pressed: tuple[Place | None, float] = None, 0.0

    def places(self) -> Sequence[Place]:
        """Everything that can be touched here."""
        return [Place(self.region, self.offers)] if self.offers is not None and self.region else []

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A finger came down here, which is seen at once."""
        place = self._under(event)
        if place is not None:
            self.show_pressed(place)
            self.set_timer(_FELT_S, self.on_mouse_up)
        self._pressed = place, event.time

    def on_mouse_up(self) -> None:
        """Nothing stays pressed."""
        self.show_pressed(None)

    def on_click(self, event: events.Click) -> None:
        """The finger was lifted where it came down."""
        place, pressed = self._pressed
        if place is not None and place.region.contains(event.screen_x, event.screen_y):
            self.post_message(Touched(place.offers, pressed))

    def show_pressed(self, place: Place | None) -> None:
        """Look pressed at this place; None: nowhere."""
        self.set_class(place is not None, "-pressed")

    def show_heard(self, touch: Touch | None) -> None:
        """Show what was named to a visitor who listens, and can be chosen now."""
        self.set_class(touch is not None and self.offers == touch, "-heard")

    def _under(self, event: events.MouseEvent) -> Place | None:
        return next((one for one in self.places() if one.region.contains(event.screen_x, event.screen_y)), None)
