"""Languages that nobody can read here, by their own names: somebody comes who speaks them, or finds somebody."""

from __future__ import annotations

from dataclasses import replace

from kiosk.looks import most_tiles
from kiosk.moves import Act
from kiosk.offer import Choice, Offer, button, page
from kiosk.way import Way
from kiosk.wish import Wish
from shared.language import language
from shared.language.spoken import SIGNED, direction_of, own_name
from shared.model import GuideReason


def shows(way: Way) -> Offer:
    """The plan's list, and a way out for those whose language is not in it either."""
    say = language(way.reads)
    readers = dict.fromkeys((say, language("en"))) if way.wish.language is None else (say,)
    choices = [
        Choice(Act.CHOOSE, own_name(tag), "", direction_of(tag), tag, "sign_language" if tag in SIGNED else "")
        for tag in way.plan.site.spoken
    ]
    none = " · ".join(one.text("None of these languages") for one in readers)
    choices.append(Choice(Act.HELP, none, direction=say.direction, pictogram="help"))
    question = " ".join(one.text("Which language do you speak?") for one in readers)
    return Offer(
        say,
        question,
        page(choices, way.leaf, say, most_tiles(way.wish.looks)),
        back=button(Act.BACK, say.text("Back"), say),
    )


def chosen(wish: Wish, key: str) -> Wish:
    """The wish with somebody who interprets from this language."""
    return replace(wish, speaks=key, interpreter=True, help=GuideReason.LANGUAGE)
