"""Each language of the centre by its own name, and a way out if a visitor's is missing."""

from __future__ import annotations

from dataclasses import replace

from kiosk.looks import most_tiles
from kiosk.moves import Act
from kiosk.offer import Choice, Offer, button, page
from kiosk.way import Way
from kiosk.wish import Wish
from shared.language import language


def shows(way: Way) -> Offer:
    """The languages of the centre in its order, whichever language the last visitor read."""
    house = language(way.reads)
    own = [language(tag) for tag in way.plan.site.languages]
    question = "Please choose your language."
    choices = [Choice(Act.CHOOSE, say.autonym, direction=say.direction, key=say.tag) for say in own]
    missing = " ".join(say.text("Is your language missing?") for say in dict.fromkeys((house, language("en"))))
    choices.append(Choice(Act.MISSING, missing, house.text("Touch here. We help you."), pictogram="help"))
    return Offer(house, house.text(question), page(choices, way.leaf, house, most_tiles(way.wish.looks)))


def shows_again(way: Way) -> Offer:
    """The same for a visitor who has chosen something already, and keeps it."""
    offer = shows(way)
    return replace(offer, back=button(Act.BACK, offer.say.text("Back"), offer.say))


def chosen(wish: Wish, key: str) -> Wish:
    """The wish with this language."""
    return replace(wish, language=key)
