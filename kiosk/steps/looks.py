"""How the screen looks: contrast, size and height. It holds until the visitor is gone."""

from __future__ import annotations

from kiosk.looks import Look
from kiosk.moves import Act
from kiosk.offer import Choice, Offer, button
from kiosk.way import Way
from kiosk.wish import Wish
from shared.language import Language, language


def shows(way: Way) -> Offer:
    """A tile for each, which says in a word whether it is on."""
    say = language(way.reads)
    tiles = tuple(_switch(way, look, say) for look in Look)
    return Offer(say, say.text("What helps you at this screen?"), tiles, back=button(Act.BACK, say.text("Back"), say))


def switched(wish: Wish, key: str) -> Wish:
    """This is on, or no longer."""
    return wish.looking(Look(key))


def _switch(way: Way, look: Look, say: Language) -> Choice:
    on = look in way.wish.looks
    title, sign = _named(look, say)
    return Choice(Act.LOOK, title, say.text("Yes") if on else say.text("No"), say.direction, look, sign, on=on)


def _named(look: Look, say: Language) -> tuple[str, str]:
    match look:
        case Look.CONTRAST:
            return say.text("Strong contrast"), ""
        case Look.LARGE:
            return say.text("Larger letters"), ""
        case Look.REACH:
            return say.text("Everything further down"), "wheelchair"
