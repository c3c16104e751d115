"""What can be done at every step, at the same place."""

from __future__ import annotations

from kiosk.moves import Act, Step
from kiosk.offer import Choice
from kiosk.steps import aloud
from kiosk.way import Way
from shared.language import Language


def ways(way: Way, say: Language) -> tuple[Choice, ...]:
    """Another language, another look, and a person who helps; none while the house is closed: nobody is choosing."""
    if way.shown in (Step.CLOSED, Step.PIN, Step.STAFF):
        return ()
    speed = (aloud.speed(say),) if way.aloud.on else ()
    return (
        Choice(Act.LANGUAGE, say.text("Language"), "", say.direction, "", "language", sign="Aa"),
        Choice(Act.LOOKS, say.text("Adjust the screen"), "", say.direction, "", "wheelchair", sign="A+"),
        Choice(Act.HELP, say.text("Help"), "", say.direction, "", "raised_hand", sign="?"),
        *speed,
    )
