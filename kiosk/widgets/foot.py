"""The foot of the screen: back, what can be done at every step, and forward."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal

from faces.text import Bidi
from kiosk.drawn import Label
from kiosk.offer import Choice, Offer
from kiosk.way import Way
from kiosk.widgets.button import TouchButton
from kiosk.widgets.label import LabelView
from kiosk.widgets.mirror import mirror
from kiosk.widgets.touchable import Touchable

WAYS = 4
"""There is room for so many ways on the smallest screen."""
_ROOM_FOR_TITLE = 10
"""With fewer cells, a way is drawn as its sign alone."""


class WayButton(LabelView, Touchable):
    """A way that stands at the same place at every step: its sign, and its title where there is room."""

    def offer(self, choice: Choice | None, way: Way) -> None:
        """Show a way; nothing without one."""
        self.display = choice is not None
        self.offers = way.touch(choice.act, choice.key) if choice else None
        if choice is not None:
            title = choice.title if self.screen.has_class("-wide") else choice.sign
            self.label = Label(title, "", choice.pictogram, choice.direction, centred=True)

    def drawing(self) -> Label | None:
        """The sign, alone where its title would be too small to read."""
        narrow = self.label is not None and self.content_size.width < _ROOM_FOR_TITLE
        return Label("", "", self.label.pictogram, centred=True) if self.label and narrow else self.label


class Foot(Horizontal):
    """Everything keeps its place whether the others are offered or not; right-to-left readers see it mirrored."""

    can_focus = False

    def __init__(self, bidi: Bidi) -> None:
        super().__init__(id="foot")
        self._back, self._forward = TouchButton(bidi, id="back"), TouchButton(bidi, id="forward")
        self._ways = [WayButton(bidi) for _ in range(WAYS)]

    def compose(self) -> ComposeResult:
        """From the side where lines begin."""
        yield self._back
        yield from self._ways
        yield self._forward

    def offer(self, offer: Offer, way: Way) -> None:
        """Show what is offered at the foot."""
        self._back.offer(offer.back, way)
        for number, button in enumerate(self._ways):
            button.offer(next(iter(offer.ways[number:]), None), way)
        self._forward.offer(offer.forward, way)
        mirror(self, [self._back, *self._ways, self._forward], offer.say.direction)
