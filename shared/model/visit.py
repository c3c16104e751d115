"""A visit with its number, its stops, and what its ticket says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from shared.model.paper import PrintJob

TOKEN_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWX"
"""In the same place on German and English keyboards, because scanners act as keyboards; no I, L, O, U, Y, Z."""
TOKEN_LENGTH = 20


class StopState(StrEnum):
    """The state of a stop."""

    PLANNED = "planned"  # part of the journey, not yet its turn
    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    MISSED = "missed"  # called, and nobody came; waits again after a while
    PARKED = "parked"  # out of the queue for a while, but the place is kept
    DONE = "done"
    FORWARDED = "forwarded"  # replaced by other stops at its position
    CANCELLED = "cancelled"
    GONE = "gone"  # missed too often

    @property
    def active(self) -> bool:
        """Whether a visit can have only one stop in this state at a time."""
        return self in (StopState.WAITING, StopState.CALLED, StopState.SERVING, StopState.MISSED)

    @property
    def open(self) -> bool:
        """Whether the stop is still to be settled."""
        return self.active or self in (StopState.PLANNED, StopState.PARKED)


class Need(StrEnum):
    """A measure that helps a visitor; never a diagnosis."""

    STEP_FREE = "step_free"
    GUIDE = "guide"
    LOOP = "loop"
    QUIET_ROOM = "quiet_room"
    MORE_TIME = "more_time"
    SEEING = "seeing"


class Origin(StrEnum):
    """Where a ticket was drawn."""

    KIOSK = "kiosk"
    RECEPTION = "reception"


@dataclass(frozen=True, slots=True)
class Arrival:
    """What somebody who comes in wants: the input of `issue`."""

    packages: tuple[str, ...] = ()
    """Keys of ready journeys."""
    services: tuple[str, ...] = ()
    """Keys of single services, besides those of the packages."""
    language: str = "de"
    adults: int = 1
    children: int = 0
    interpreter: str | None = None
    """The language to interpret from, if an interpreter is wanted."""
    needs: tuple[Need, ...] = ()
    priority: str | None = None
    """Key of a priority of the plan."""
    origin: Origin = Origin.KIOSK


@dataclass(frozen=True, slots=True)
class Wait:
    """A waiting time as an honest range, in whole minutes."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Stop:
    """One service that a visit needs."""

    service: str
    state: StopState
    today: bool = True
    """False if it is not possible today and was not queued: the visitor comes again for it."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """A visit as its ticket shows it."""

    visit_id: int
    code: str
    """Letter and at least three digits, "A017"."""
    token: str
    day: date
    language: str
    adults: int
    children: int
    interpreter: str | None
    needs: tuple[Need, ...]
    issued_at: datetime
    stops: tuple[Stop, ...]
    print: PrintJob | None = None

    @property
    def persons(self) -> int:
        """Everybody who came on this number."""
        return self.adults + self.children

    @property
    def next_stop(self) -> Stop | None:
        """The stop the visitor waits for or is at, if any."""
        return next((stop for stop in self.stops if stop.state.active), None)


@dataclass(frozen=True, slots=True)
class Told:
    """A ticket, and what its visitor is told about the wait."""

    ticket: Ticket
    wait: Wait | None
    """None if it cannot be known."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a visit stands at one moment, as its visitor asks."""

    ticket: Ticket
    desk: str | None = None
    """The desk that calls or serves it; None if none does."""
    due_at: datetime | None = None
    """When a stop that is missed or parked waits again by itself; None if none is."""
    breaks_left: int = 0
    """How many breaks the visitor may still take."""
    wait: Wait | None = None
    """None if it cannot be known."""

    @property
    def away(self) -> Stop | None:
        """The stop that the visitor is away from, and comes back to first."""
        states = (StopState.MISSED, StopState.PARKED)
        return next((stop for state in states for stop in self.ticket.stops if stop.state is state), None)

    @property
    def may_pause(self) -> bool:
        """Whether the visitor can take a break."""
        return self._in(StopState.WAITING) and self.breaks_left > 0

    @property
    def may_return(self) -> bool:
        """Whether the visitor can say to be back."""
        stop = self.ticket.next_stop
        away = self.away is not None and (stop is None or stop is self.away)
        return away or (stop is None and any(one.state is StopState.GONE for one in self.ticket.stops))

    @property
    def is_open(self) -> bool:
        """Whether anything is still to be settled."""
        return any(stop.state.open for stop in self.ticket.stops)

    @property
    def may_cancel(self) -> bool:
        """Whether the visitor can give up the number; at a desk only staff can."""
        return self.is_open and not self._in(StopState.CALLED, StopState.SERVING)

    def _in(self, *states: StopState) -> bool:
        stop = self.ticket.next_stop
        return stop is not None and stop.state in states


def code_of(series: str, number: int) -> str:
    """The number as people read it: "A017", "A1000"."""
    return f"{series}{number:03d}"


def spaced(code: str) -> str:
    """A code as it is shown large, the letter apart from the digits: "A 017"."""
    return f"{code[:1]} {code[1:]}"


def parse_code(text: str) -> tuple[str, int] | None:
    """Series and number of a typed code; case, blanks and hyphens do not matter. None if it is no code."""
    bare = "".join(text.split()).replace("-", "").upper()
    series, digits = bare[:1], bare[1:]
    if series.isascii() and series.isalpha() and digits.isascii() and digits.isdigit() and len(digits) <= 9:
        return series, int(digits)
    return None
