"""The question whether more time is needed, with a bar that shrinks until the kiosk begins anew."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.getters import query_one
from textual.reactive import reactive
from textual.widget import Widget

from faces.text import Bidi
from kiosk.offer import Offer
from kiosk.way import Way
from kiosk.widgets.button import TouchButton
from kiosk.widgets.label import DrawnPhrase


class Bar(Widget):
    """How much is left."""

    can_focus = False
    cells: reactive[int] = reactive(0)
    """That many of its cells; a change of less is not drawn."""

    def show(self, share: float) -> None:
        """Show a share, 1 to 0."""
        self.cells = round(share * self.content_size.width)

    def render(self) -> Text:
        """A line of blanks in the colour of the bar."""
        return Text("\n".join([" " * self.cells] * self.content_size.height), style="reverse")


class TimeLeft(Vertical):
    """What will happen, how soon, and more time."""

    can_focus = False
    bar = query_one(Bar)
    _told = query_one("#told", DrawnPhrase)
    _stay = query_one("#stay", TouchButton)

    def __init__(self, bidi: Bidi, *, id: str) -> None:
        super().__init__(id=id)
        self._bidi = bidi

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        yield DrawnPhrase(bidi=self._bidi, id="told")
        yield Bar()
        yield TouchButton(self._bidi, id="stay")

    def offer(self, offer: Offer, way: Way) -> None:
        """Ask in the visitor's language."""
        self._told.say(offer.word, offer.say.direction)
        self.set_class(offer.say.direction == "rtl", "-rtl")
        self._stay.offer(offer.stay, way)
