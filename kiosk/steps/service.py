"""Every service by itself."""

from __future__ import annotations

from dataclasses import replace

from kiosk.moves import Act
from kiosk.offer import Offer
from kiosk.steps.concerns import named, offer
from kiosk.way import Way
from kiosk.wish import Wish
from shared.language import language


def shows(way: Way) -> Offer:
    """The services of the plan."""
    say = language(way.reads)
    return offer(way, [named(Act.CHOOSE, key, item, say) for key, item in way.plan.services.items()], say)


def chosen(wish: Wish, key: str) -> Wish:
    """The wish with this service."""
    return replace(wish, packages=(), services=(key,))
