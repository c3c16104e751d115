"""The centre as a whole: whether it is open, and everything in it at one moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared.model.clock import ClockDoubt
from shared.model.desk import Call, Desk, LostDesk
from shared.model.reasons import ClosedReason, SuspendReason


class SiteState(StrEnum):
    """Whether anybody is called at all."""

    OPEN = "open"
    SUSPENDED = "suspended"


@dataclass(frozen=True, slots=True)
class SiteStatus:
    """Whether the centre calls visitors."""

    state: SiteState
    reason: SuspendReason | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """Whether a centre gives numbers at a moment."""

    open: bool
    reason: ClosedReason | None = None
    """Why it gives none; None while it does."""
    until: datetime | None = None
    """While it is open: when it closes. None if it never does."""
    again: datetime | None = None
    """While it is closed: when it opens again. None if that is more than a year away."""


@dataclass(frozen=True, slots=True)
class Door:
    """What a visitor at the entrance finds: numbers or none, and calls or none."""

    opening: Opening
    suspended: SuspendReason | None = None
    """Why nobody is called for a while; None while visitors are called."""


@dataclass(frozen=True, slots=True)
class Room:
    """A waiting room at one moment."""

    calls: tuple[Call, ...]
    """The open calls that concern it, the newest ring first."""
    suspended: SuspendReason | None = None
    """Why nobody is called for a while; None while visitors are called."""
    doubt: ClockDoubt | None = None
    """None while the clock is believed."""
    languages: tuple[str, ...] = ()
    """While nobody is called: the languages of everybody who waits, the most frequent first."""


@dataclass(frozen=True, slots=True)
class ServiceQueue:
    """One service's queue: how many wait, since when, and at how many open desks."""

    service: str
    open: bool
    """Whether an open desk serves it now."""
    waiting: int
    longest_wait_s: int | None
    closed: ClosedReason | None = None
    """Why its hours let no new visitor come now; None while it is open."""


@dataclass(frozen=True, slots=True)
class Hall:
    """The whole centre at one moment."""

    queues: tuple[ServiceQueue, ...]
    desks: tuple[Desk, ...]
    calls: tuple[Call, ...]
    """Open calls, the newest announcement first."""
    opening: Opening = Opening(True)
    """Whether numbers are given."""
    lost: tuple[LostDesk, ...] = ()
    """Desks that need somebody's attention."""
    doubt: ClockDoubt | None = None
    """None while the clock is believed."""
