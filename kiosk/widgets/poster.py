"""What can be understood from three metres: signs beside the hour, and below them the reason in every language."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.getters import query_one
from textual.reactive import reactive

from faces.big_number import BigNumber
from faces.picture import Drawing, Pictured
from faces.text import Bidi, Phrase
from kiosk.drawn_signs import Signs
from kiosk.offer import Offer
from kiosk.widgets.label import DrawnPhrase
from kiosk.widgets.notices import Notices
from kiosk.widgets.numeral import DrawnNumber
from shared.language.big_text import quadrants

_QUARTERS = 2
"""Quarter cells across and along a cell, which is twice as high as wide."""


class SignRow(Pictured):
    """Signs as large as their place; of quarter cells where the terminal shows no pictures."""

    ALLOW_SELECT = False
    can_focus = False
    signs: reactive[Signs | None] = reactive(None)

    def drawing(self) -> Drawing | None:
        """The same as a picture."""
        return self.signs

    def render(self) -> Text:
        """The signs in the available cells."""
        width, height = self.content_size
        if self.signs is None or not width or not height:
            return Text("")
        number = len(self.signs.names)
        side = min(width // number, 2 * height)
        return quadrants(self.signs.mask(side * _QUARTERS * 4), side * number) if side else Text("")


class PosterView(Vertical):
    """A page that offers nothing."""

    can_focus = False
    _signs = query_one(SignRow)
    _day = query_one("#day", Phrase)
    _hour = query_one(BigNumber)
    _notices = query_one(Notices)

    def __init__(self, bidi: Bidi, *, id: str) -> None:
        super().__init__(id=id)
        self._bidi = bidi

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        with Horizontal(id="poster"):
            yield SignRow()
            with Vertical(id="when"):
                yield DrawnPhrase(id="day")
                yield DrawnNumber()
        yield Notices(self._bidi)

    def offer(self, offer: Offer, tags: tuple[str, ...]) -> None:
        """Show a poster with its reason in these languages, that of the visitor who is here first."""
        poster = offer.poster
        self.set_class(poster is None or not poster.hour, "-endless")
        if poster is not None and offer.everybody is not None:
            self._signs.signs = Signs(poster.signs, poster.hour)
            self._day.say(poster.day)
            self._day.display = bool(poster.day)
            self._hour.number = poster.hour
            self._notices.show(offer.everybody, offer.say, tags, hurried=poster.alarm)
