"""What a screen says of how old its knowledge is."""

from __future__ import annotations

from datetime import datetime

from shared.language import Language


def as_of(say: Language, moment: datetime | None, timezone: str) -> str:
    """Up to when what is shown was true; nothing where nothing is known yet."""
    return say.text("You see how it was at {time}.", time=say.time(moment, timezone)) if moment else ""
