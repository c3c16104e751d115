"""Every service by itself."""

from __future__ import annotations

from dataclasses import replace

from kiosk.offer import Offer, button, page
from kiosk.steps.concerns import forward, named
from kiosk.way import Act, Way, Wish
from shared.language import language


def shows(way: Way) -> Offer:
    """The services of the plan."""
    say = language(way.reads)
    choices = [named(Act.CHOOSE, key, item, say) for key, item in way.plan.services.items()]
    return Offer(
        say,
        say.text("What would you like to do today?"),
        page(choices, way.page, say),
        back=button(Act.BACK, say.text("Back"), say),
        forward=forward(way, say),
    )


def chosen(wish: Wish, key: str) -> Wish:
    """The wish with this service."""
    return replace(wish, packages=(), services=(key,))
