"""The nouns of the house as plain frozen data: what verbs take and what views give."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class StopState(StrEnum):
    """Where a stop stands in its life."""

    PLANNED = "planned"  # part of the journey, not yet its turn
    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    MISSED = "missed"  # called, and nobody came; waits again after a while
    PARKED = "parked"  # out of the queue for a while, the place is kept
    DONE = "done"
    FORWARDED = "forwarded"  # settled by other stops that took its position
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


class OwnReason(StrEnum):
    """Why a stop stands where it stands, when the program knows; the underscore keeps it from the plan's reasons."""

    BREAK = "_break"  # the visitor wanted a break
    CONSOLE_LOST = "_console_lost"
    DAY_END = "_day_end"
    NOT_TODAY = "_not_today"  # its service closes too early, or has had all its visits


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


class SiteState(StrEnum):
    """Whether anybody is called at all."""

    OPEN = "open"
    SUSPENDED = "suspended"


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


class PrintState(StrEnum):
    """What is known about a piece of paper."""

    QUEUED = "queued"
    SENDING = "sending"
    PRINTED = "printed"  # the printer confirmed that the cut slip is out
    UNPROVEN = "unproven"  # bytes went out, no confirmation came; never sent again by itself
    FAILED = "failed"
    CANCELLED = "cancelled"  # not printed any more: too old, the visit is over, or stopped

    @property
    def settled(self) -> bool:
        """Whether nothing more happens to it by itself."""
        return self not in (PrintState.QUEUED, PrintState.SENDING)


class PrintKind(StrEnum):
    """What a piece of paper is."""

    TICKET = "ticket"
    COPY = "copy"  # the same ticket once more, marked as a copy
    LEAFLET = "leaflet"  # what the plan says about a service, in the visitor's language
    TEST = "test"


class Need(StrEnum):
    """A measure that helps a visitor; never a diagnosis."""

    STEP_FREE = "step_free"
    GUIDE = "guide"
    LOOP = "loop"
    QUIET_ROOM = "quiet_room"
    MORE_TIME = "more_time"


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
    """The language to interpret from, where an interpreter is wished for."""
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
    """False if it cannot be made today and was not queued: the visitor comes again for it."""


@dataclass(frozen=True, slots=True)
class PrintJob:
    """A slip on its way to paper."""

    id: int
    printer: str
    """Key of a printer of the plan, or the URL given in its place."""
    state: PrintState
    detail: str | None = None
    kind: PrintKind = PrintKind.TICKET
    visit_id: int | None = None
    """None for a test page."""
    service: str | None = None
    """What a leaflet is about."""
    copy: int = 0
    """The how-manieth copy; 0 for the first slip."""


@dataclass(frozen=True, slots=True)
class PrinterState:
    """How a printer was when it was last looked at."""

    printer: str
    status: str
    """ready, paper_low, paper_out, cover_open, offline, unreachable or unproven; unknown while nobody has looked."""
    detail: str | None
    seen_at: datetime
    watched: bool
    """Whether a worker looks at it all the time; otherwise this is an old state."""


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
    wait: Wait | None = None
    """None while there is no estimate yet."""
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
    """While it is open: until then. None where it never closes."""
    again: datetime | None = None
    """While it is closed: when its doors open again. None where that is more than a year away."""


@dataclass(frozen=True, slots=True)
class Door:
    """What somebody who comes in finds."""

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
    languages: tuple[str, ...] = ()
    """While nobody is called: those of all who wait, the most frequent first."""


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
class ServiceQueue:
    """One service's queue: how many wait, since when, and at how many open desks."""

    service: str
    open: bool
    """Whether an open desk serves it now."""
    waiting: int
    longest_wait_s: int | None
    closed: ClosedReason | None = None
    """Why its hours let nobody new come now; None while it is open."""


@dataclass(frozen=True, slots=True)
class LostDesk:
    """A desk whose console fell silent while visitors were served there, and nobody has looked after them yet."""

    desk: str
    codes: tuple[str, ...]
    """The numbers that were served there; each is parked."""


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
    """Desks that somebody has to look after."""


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
