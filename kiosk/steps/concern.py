"""The ready journeys, then the way to single services."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from kiosk.moves import Act
from kiosk.offer import Choice, Offer
from kiosk.steps.concerns import named, offer, today
from kiosk.way import Way
from kiosk.wish import Wish
from shared.config import Plan
from shared.language import language
from shared.model import GuideReason


def shows(way: Way, now: datetime) -> Offer:
    """The packages of the plan; one without services leads to a person instead of a number."""
    say = language(way.reads)
    choices = [
        today(named(Act.CHOOSE if item.services else Act.HELP, key, item, say), item.services, way, say, now)
        for key, item in way.plan.packages.items()
    ]
    choices.append(
        Choice(Act.SINGLE, say.text("Something else"), say.text("Choose one service."), say.direction, "", "more")
    )
    return offer(way, choices, say)


def unsure(wish: Wish, plan: Plan, key: str) -> Wish:
    """The wish of somebody whom a person has to help; the package says why."""
    package = plan.packages.get(key)
    return replace(wish, help=GuideReason(package.guide)) if package else wish


def chosen(wish: Wish, key: str) -> Wish:
    """The wish with this package."""
    return replace(wish, packages=(key,), services=())
