"""Reasons for the state of a stop or of the centre."""

from __future__ import annotations

from enum import StrEnum


class OwnReason(StrEnum):
    """Why a stop is in its state, as far as the program knows. The underscore sets it apart from the plan's reasons."""

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
    FAULT = "fault"  # what the database says cannot be read
    ENDED = "ended"  # for this day
    CLOCK = "clock"  # nobody knows which day it is
