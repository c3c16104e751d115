"""What is understood from three metres without reading: signs, and the hour at which it goes on. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from shared.model import ClosedReason, Opening, SuspendReason

CLOCK = "clock"
"""A clock that shows the hour; without hands if nobody knows it. Every other sign is a pictogram."""
_TO_RECEPTION = ("forward", "reception")


@dataclass(frozen=True, slots=True)
class Poster:
    """The upper part of a page that offers nothing."""

    signs: tuple[str, ...]
    """In a row, read from the left by everybody."""
    hour: str = ""
    """When numbers are given again, "13:00"; empty if nobody knows."""
    day: str = ""
    """The date of that, "27.11."; empty for today."""
    alarm: bool = False
    """Whether everybody has to leave the house: then it looks like nothing else."""


_CLOSED: Mapping[ClosedReason, tuple[str, ...]] = {
    ClosedReason.BREAK: ("pause", CLOCK),
    ClosedReason.NOT_YET: (CLOCK,),
    ClosedReason.ENDED: ("reception",),
    ClosedReason.CLOSED: ("calendar",),
    ClosedReason.HOLIDAY: ("calendar",),
    ClosedReason.FAULT: ("warning", *_TO_RECEPTION),
    ClosedReason.CLOCK: (CLOCK, "question_mark", *_TO_RECEPTION),
}
SUSPENDED: Mapping[SuspendReason, Poster] = {
    SuspendReason.FIRE: Poster(("fire", "forward", "door", "stairs"), alarm=True),
    SuspendReason.POWER: Poster(("pause", "seat")),
    SuspendReason.TECHNICAL: Poster(("tools", "seat")),
    SuspendReason.SECURITY: Poster(("raised_hand", "seat")),
}
"""Calm where people can stay."""
PAUSED = Poster(("pause", *_TO_RECEPTION))
"""This kiosk alone gives no numbers."""


def closed(opening: Opening, now: datetime, timezone: str) -> Poster:
    """Why it is closed, and when it opens again."""
    signs = _CLOSED[opening.reason or ClosedReason.CLOSED]
    if opening.again is None:
        return Poster(signs)
    zone = ZoneInfo(timezone)
    again = opening.again.astimezone(zone)
    is_today = again.date() == now.astimezone(zone).date()
    return Poster(signs, f"{again:%H:%M}", "" if is_today else f"{again:%d.%m.}")
