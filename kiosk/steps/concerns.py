"""What the offers of packages and of single services have in common."""

from __future__ import annotations

from collections.abc import Sequence

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
    """These choices, the way back, and more time if the visitor seems to need it."""
    return Offer(
        say,
        say.text("What would you like to do today?"),
        page(choices, way.page, say),
        back=button(Act.BACK, say.text("Back"), say),
        stay=stay(way, say),
    )


def stay(way: Way, say: Language) -> Choice | None:
    """More time, if the visitor seems to need it."""
    return button(Act.STAY, say.text("I need more time"), say) if way.asking else None
