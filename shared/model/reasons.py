"""Why something stands as it does."""

from __future__ import annotations

from enum import StrEnum


class OwnReason(StrEnum):
    """Why a stop stands where it stands, when the program knows; the underscore keeps it from the plan's reasons."""

    BREAK = "_break"  # the visitor wanted a break
    CONSOLE_LOST = "_console_lost"
    DAY_END = "_day_end"
    NOT_TODAY = "_not_today"  # its service closes too early, or has had all its visits


class SuspendReason(StrEnum):
    """Why nobody is called for a while."""

    FIRE = "fire"
    POWER = "power"
    TECHNICAL = "technical"
    SECURITY = "security"


class ClosedReason(StrEnum):
    """Why a centre gives no numbers."""

    CLOSED = "closed"  # all day
    HOLIDAY = "holiday"
    NOT_YET = "not_yet"
    BREAK = "break"
    ENDED = "ended"  # for this day
