"""Every service by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from kiosk.moves import Act
from kiosk.offer import Offer
from kiosk.steps.concerns import named, offer, today
from kiosk.way import Way
from kiosk.wish import MOST_CONCERNS, Wish
from shared.language import language


def shows(way: Way, now: datetime) -> Offer:
    """The services of the plan. Those that are chosen say so, and a touch takes them off again."""
    say, wish = language(way.reads), way.wish
    packed = {
        service for key in wish.packages if key in way.plan.packages for service in way.plan.packages[key].services
    }
    full = len(wish.packages) + len(wish.services) >= MOST_CONCERNS
    choices = []
    for key, item in way.plan.services.items():
        choice = named(Act.CHOOSE, key, item, say)
        if key in wish.services:
            choices.append(replace(choice, sentence=say.text("Chosen"), on=True))
        elif key not in packed and not full:
            choices.append(today(choice, (key,), way, say, now))
    return offer(way, choices, say)


def chosen(wish: Wish, key: str) -> Wish:
    """The wish with this service besides, or no longer."""
    services = tuple(other for other in wish.services if other != key)
    return replace(wish, services=services if key in wish.services else (*services, key))
