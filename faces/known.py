"""How a screen says how old its data is."""

from __future__ import annotations

from datetime import datetime

from shared.language import Language


def as_of(say: Language, moment: datetime | None, timezone: str) -> str:
    """A sentence that says up to when the shown data was true; empty if nothing is known yet."""
    return say.text("You see how it was at {time}.", time=say.time(moment, timezone)) if moment else ""
