"""More time, before the kiosk begins anew."""

from __future__ import annotations

from kiosk.moves import Act
from kiosk.offer import Offer, button
from kiosk.way import Way
from shared.language import language


def shows(way: Way) -> Offer:
    """What will happen, and the one thing to touch."""
    say = language(way.reads)
    told = say.text("Do you need more time? This screen will soon start again.")
    return Offer(say, word=told, stay=button(Act.STAY, say.text("I need more time"), say))
