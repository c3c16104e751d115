"""The foot of the screen: back, what can be done at every step, and forward."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.drawn import Label
from kiosk.offer import Choice, Offer
from kiosk.way import Way
from kiosk.widgets.row import Kind, Part, Row

_WAY = ((140, 24), (84, 14), (0, 5))
"""With so many cells in all, a way has so many: room for its title, or only for its sign."""


class Foot(Row):
    """Everything keeps its place whether the others are offered or not; right-to-left readers see it mirrored."""

    most = 44

    def offer(self, offer: Offer, way: Way) -> None:
        """Show what is offered at the foot."""
        self._offered = offer, way
        cells = next(cells for room, cells in _WAY if self.size.width >= room)
        ways = (_part(choice, way, choice.act, "way", cells, offer.ways) for choice in offer.ways)
        parts = (_part(offer.back, way, "back"), *ways, _part(offer.forward, way, "forward", "main"))
        self.parts = parts if offer.say.direction == "ltr" else parts[::-1]

    def on_resize(self) -> None:
        """Show titles where there is room now."""
        if hasattr(self, "_offered"):
            self.offer(*self._offered)


def _part(
    choice: Choice | None,
    way: Way,
    name: str,
    kind: Kind = "button",
    width: int = 0,
    beside: Sequence[Choice] = (),
) -> Part:
    if choice is None:
        return Part(width=width, name=name)
    label = _label(choice, tuple(_label(other) for other in beside))
    return Part(label, way.touch(choice.act, choice.key), kind, width, choice.sign, name)


def _label(choice: Choice, beside: tuple[Label, ...] = ()) -> Label:
    """What is drawn; what stands beside it has letters of the same size."""
    return Label(choice.title, "", choice.pictogram, choice.direction, centred=True, like=beside)
