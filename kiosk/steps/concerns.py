"""What the offers of packages and of single services have in common."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.looks import most_tiles
from kiosk.moves import Act
from kiosk.offer import Choice, Offer, button, page
from kiosk.way import Way
from shared.config.plan import Package, Service, text_in
from shared.language import Language


def named(act: Act, key: str, item: Package | Service, say: Language) -> Choice:
    """A choice for a package or service, with its name from the plan."""
    title, sentence = text_in(item.name, say.tag), text_in(item.sentence, say.tag)
    return Choice(act, title, sentence, say.direction, key, item.pictogram or "")


def offer(way: Way, choices: Sequence[Choice], say: Language) -> Offer:
    """These choices and the way back."""
    return Offer(
        say,
        say.text("What would you like to do today?"),
        page(choices, way.leaf, say, most_tiles(way.wish.looks)),
        back=button(Act.BACK, say.text("Back"), say),
    )
