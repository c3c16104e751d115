"""How a screen says what its data and its time are worth."""

from __future__ import annotations

from datetime import datetime

from shared.language import Language


def as_of(say: Language, moment: datetime | None, timezone: str) -> str:
    """A sentence that says up to when the shown data was true; empty if nothing is known yet."""
    return say.text("You see how it was at {time}.", time=say.time(moment, timezone)) if moment else ""


def unsure(say: Language) -> str:
    """A sentence that the clock is not believed, and which command says more."""
    return f"{say.text('At the moment it is not certain what time it is.')} (ankommen doctor)"
