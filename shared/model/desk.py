"""A desk, the visitor it calls, and the visitors who wait for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared.model.clock import ClockDoubt
from shared.model.reasons import SuspendReason
from shared.model.visit import Need, StopState


class DeskState(StrEnum):
    """Whether a desk takes visitors."""

    OPEN = "open"
    DRAINING = "draining"  # serves the visitor it has and takes no more
    PAUSED = "paused"
    CLOSED = "closed"


class Outcome(StrEnum):
    """How a call ended."""

    DONE = "done"
    MISSED = "missed"
    RETURNED = "returned"
    PARKED = "parked"
    FORWARDED = "forwarded"
    CANCELLED = "cancelled"
    UNDONE = "undone"
    LOST = "lost"  # the console fell silent


@dataclass(frozen=True, slots=True)
class Call:
    """A desk calls a visit for one stop."""

    id: int
    code: str
    desk: str
    service: str
    language: str
    adults: int
    children: int
    interpreter: str | None
    needs: tuple[Need, ...]
    stop_state: StopState
    ring: int
    called_at: datetime
    rung_at: datetime
    started_at: datetime | None = None
    """When the visitor came to the desk; None before that."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The state of a desk: open or not, for which services, with which visitor."""

    key: str
    state: DeskState
    services: tuple[str, ...]
    """What it serves while open; what it may serve while closed."""
    languages: tuple[str, ...]
    call: Call | None = None
    reason: str | None = None
    """Key of the plan's reason while it pauses."""


@dataclass(frozen=True, slots=True)
class DeskAnswer:
    """The answer of every verb of a desk: the state of the desk now, and the call that has just ended, if any."""

    desk: Desk
    ended: Call | None = None

    @property
    def call(self) -> Call | None:
        """The call that the verb concerned: the one that is open now, else the one that it ended."""
        return self.desk.call or self.ended


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who waits, as a console lists them."""

    code: str
    service: str
    language: str
    adults: int
    children: int
    interpreter: str | None
    needs: tuple[Need, ...]
    queued_at: datetime
    rank_at: datetime
    """Decides the order: when the number was issued, minus the head start."""


@dataclass(frozen=True, slots=True)
class Workplace:
    """A desk and its queue at one moment."""

    desk: Desk
    waiting: tuple[Waiting, ...]
    """The first visitors who wait for its services, in the order of waiting."""
    waiting_count: int
    """How many wait altogether."""
    at: datetime
    suspended: SuspendReason | None = None
    """Why nobody is called for a while; None while visitors are called."""
    doubt: ClockDoubt | None = None
    """None while the clock is believed."""


@dataclass(frozen=True, slots=True)
class LostDesk:
    """A desk whose console fell silent while visitors were served there, and nobody has taken care of them yet."""

    desk: str
    codes: tuple[str, ...]
    """The numbers that were being served there; each is parked."""
