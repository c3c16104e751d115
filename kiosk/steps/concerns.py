"""What the offers of packages and of single services have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from kiosk.looks import most_tiles
from kiosk.moves import Act
from kiosk.offer import Choice, Offer, button, page
from kiosk.steps.closed import when_again
from kiosk.way import Way
from shared.config.plan import Package, Service, text_in
from shared.language import Language
from shared.model import Wait


def named(act: Act, key: str, item: Package | Service, say: Language) -> Choice:
    """A choice for a package or service, with its name from the plan."""
    title, sentence = text_in(item.name, say.tag), text_in(item.sentence, say.tag)
    return Choice(act, title, sentence, say.direction, key, item.pictogram or "")


def today(choice: Choice, services: Sequence[str], way: Way, say: Language, now: datetime) -> Choice:
    """The choice of these services as it is today: how long the wait is, or that it cannot be had, and when again."""
    if services and len(way.today.impossible(way.plan, services, now)) == len(services):
        when = when_again(say, way.today.opens(services, now), now, way.plan.site.timezone)
        return replace(choice, act=Act.SHUT, sentence=f"{say.text('Not today')}. {when}".strip(), pale=True)
    wait = way.today.waits.get(services[0]) if services else None
    return replace(choice, sentence=waiting(wait, say)) if wait else choice


def waiting(wait: Wait, say: Language) -> str:
    """How long the wait is, as a range."""
    return say.text("You wait about {low} to {high} minutes.", low=wait.low, high=wait.high)


def offer(way: Way, choices: Sequence[Choice], say: Language) -> Offer:
    """These choices and the way back."""
    return Offer(
        say,
        say.text("What would you like to do today?"),
        page(choices, way.leaf, say, most_tiles(way.wish.looks)),
        back=button(Act.BACK, say.text("Back"), say),
    )
