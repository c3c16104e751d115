"""Each language of the centre by its own name, and a way out if a visitor's is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kiosk.looks import most_tiles
from kiosk.moves import Act
from kiosk.offer import Choice, Offer, button, page
from kiosk.steps.aloud import speak
from kiosk.way import Way
from kiosk.wish import Wish
from shared.language import language


def shows(way: Way) -> Offer:
    """The languages of the centre in its order, whichever language the last visitor read."""
    house = language(way.reads)
    own = [language(tag) for tag in heard_first(way)]
    question = "Please choose your language."
    choices = [Choice(Act.CHOOSE, say.autonym, direction=say.direction, key=say.tag) for say in own]
    missing = " ".join(say.text("Is your language missing?") for say in dict.fromkeys((house, language("en"))))
    act = Act.HELP if way.aloud.on else Act.MISSING  # nobody can listen to a list of languages that have no voice
    choices.append(Choice(act, missing, house.text("Touch here. We help you."), pictogram="help"))
    tiles = page(choices, way.leaf, house, most_tiles(way.wish.looks))
    return Offer(house, house.text(question), tiles, forward=speak(way))


def heard_first(way: Way) -> Sequence[str]:
    """The languages of the centre. Who listens hears the house's, English, the others; last those without a voice."""
    if not way.aloud.on:
        return way.plan.site.languages
    order = dict.fromkeys((way.plan.site.language, "en", *way.plan.site.languages))
    return sorted((tag for tag in order if tag in way.plan.site.languages), key=lambda tag: not language(tag).voice)


def shows_again(way: Way) -> Offer:
    """The same for a visitor who has chosen something already, and keeps it."""
    offer = shows(way)
    return replace(offer, forward=None, back=button(Act.BACK, offer.say.text("Back"), offer.say))


def chosen(wish: Wish, key: str) -> Wish:
    """The wish with this language."""
    return replace(wish, language=key)
