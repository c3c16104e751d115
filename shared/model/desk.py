"""A desk, whom it calls, and who waits for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared.model.reasons import SuspendReason
from shared.model.visit import Need, StopState


class DeskState(StrEnum):
    """Whether a desk takes visitors."""

    OPEN = "open"
    DRAINING = "draining"  # serves whom it has and takes nobody more
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
    """Since when the visitor is at the desk; None until then."""


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk as it stands: open or not, for which services, with which visitor."""

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
    """What every verb of a desk answers: how the desk stands now, and the call that it has just ended, if any."""

    desk: Desk
    ended: Call | None = None

    @property
    def call(self) -> Call | None:
        """The call that the verb was about: the one that is open now, else the one that it ended."""
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
    """Decides the order: the visit's issue less its head start."""


@dataclass(frozen=True, slots=True)
class Workplace:
    """A desk and its queue at one moment."""

    desk: Desk
    waiting: tuple[Waiting, ...]
    """The first of those who wait for its services, in the order of waiting."""
    waiting_count: int
    """How many wait altogether."""
    at: datetime
    suspended: SuspendReason | None = None
    """Why nobody is called for a while; None while visitors are called."""


@dataclass(frozen=True, slots=True)
class LostDesk:
    """A desk whose console fell silent while visitors were served there, and nobody has looked after them yet."""

    desk: str
    codes: tuple[str, ...]
    """The numbers that were served there; each is parked."""
