"""What the life of a stop in plain Python is about, and what follows from others' moves by itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from shared.errors import (
    DeskBusy,
    DeskClosed,
    NumberUnknown,
    OtherDay,
    Suspended,
    WrongState,
)

REQUIRES = {"papers": {"address"}, "money": {"papers"}}
BETTER_AFTER = {"photo": {"address"}}
DESKS = {"1": ("address", "papers"), "2": ("papers", "photo", "money"), "3": ("address", "photo")}
RECALLS, MISSES, PAUSES, MOVES = 1, 2, 1, 2
RETURN_AFTER, PAUSE, PARK = timedelta(minutes=5), timedelta(minutes=10), timedelta(minutes=12)
UNDO, LEASE = timedelta(seconds=120), timedelta(minutes=2)
HEAD_START = timedelta(minutes=30)

ACTIVE = {"waiting", "called", "serving", "missed"}
OPEN = ACTIVE | {"planned", "parked"}


@dataclass
class Stop:
    id: int
    service: str
    position: int
    state: str = "planned"
    due: datetime | None = None
    on_break: bool = False
    day_ended: bool = False
    times_missed: int = 0
    times_moved: int = 0


@dataclass
class Visit:
    code: str
    day: date
    rank: datetime
    stops: list[Stop] = field(default_factory=list)
    revision: int = 0
    breaks: int = 0

    @property
    def active(self) -> Stop | None:
        return next((stop for stop in self.stops if stop.state in ACTIVE), None)

    @property
    def closed(self) -> bool:
        return not any(stop.state in OPEN for stop in self.stops)

    def with_state(self, *states: str) -> list[Stop]:
        return [stop for stop in self.stops if stop.state in states]


@dataclass
class Call:
    visit: Visit
    stop_id: int
    ring: int = 1

    @property
    def stop(self) -> Stop:
        return next(stop for stop in self.visit.stops if stop.id == self.stop_id)


@dataclass
class Step:
    visit: Visit
    revision_before: int
    revision: int
    stops: list[Stop]
    call: Call | None
    at: datetime


@dataclass
class Desk:
    state: str = "closed"
    services: tuple[str, ...] = ()
    call: Call | None = None
    steps: list[Step] = field(default_factory=list)
    lease: datetime | None = None


class Course:
    """A small centre without the verbs that somebody asks for."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.suspended = False
        self.visits: list[Visit] = []
        self.desks = {key: Desk() for key in DESKS}
        self.last_id = 0
        self.detours = 0

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def of_today(self) -> list[Visit]:
        return [visit for visit in self.visits if visit.day == self.today]

    def standing(self, key: str) -> str:
        """Whether a desk is shut, free to call, or has a visitor who is called or served."""
        desk = self.desks[key]
        if desk.call:
            return desk.call.stop.state
        return "free" if desk.state == "open" else "shut"

    # Moves that follow from others.

    def put(self, stop: Stop, state: str, due: datetime | None = None, on_break: bool = False) -> None:
        stop.state, stop.due, stop.on_break, stop.day_ended = state, due, on_break, False

    def end_visits(self, visits: list[Visit]) -> None:
        for visit in visits:
            if not visit.closed:
                visit.revision += 1
                for stop in visit.with_state(*OPEN):
                    self.put(stop, "cancelled")
                    stop.day_ended = True

    def plan(self, visit: Visit, service: str, position: int) -> Stop:
        self.last_id += 1
        visit.stops.append(Stop(self.last_id, service, position))
        return visit.stops[-1]

    def awaits(self, visit: Visit, stop: Stop, services: set[str]) -> bool:
        places = {other.position for other in visit.with_state("forwarded") if other.service in services}
        others = [other for other in visit.with_state(*OPEN) if other is not stop]
        return any(other.service in services or other.position in places for other in others)

    def bound(self, visit: Visit, stop: Stop) -> bool:
        return self.awaits(visit, stop, REQUIRES.get(stop.service, set()))

    def held_back(self, visit: Visit) -> bool:
        return visit.active is not None or any(stop.on_break and stop.due > self.now for stop in visit.stops)  # type: ignore[operator]

    def advance(self, visit: Visit) -> None:
        visit.stops.sort(key=lambda stop: (stop.position, stop.id))
        if self.held_back(visit):
            return
        due = [stop for stop in visit.with_state("parked") if stop.due <= self.now]  # type: ignore[operator]
        planned = visit.with_state("planned")
        free = [stop for stop in planned if not self.bound(visit, stop)]
        if not free and not visit.with_state("parked"):
            free = planned
        wished = [stop for stop in free if not self.awaits(visit, stop, BETTER_AFTER.get(stop.service, set()))]
        for stop in (due or wished or free)[:1]:
            self.put(stop, "waiting")

    def tidy(self) -> None:
        for desk in self.desks.values():
            if desk.call and desk.call.visit.day < self.today:
                desk.call = None
        self.end_visits([visit for visit in self.visits if visit.day < self.today])
        for desk in self.desks.values():
            if desk.lease and desk.lease < self.now:
                if desk.call:
                    visit, stop = desk.call.visit, desk.call.stop
                    called = stop.state == "called"
                    self.put(stop, "waiting" if called else "parked", None if called else self.now + PARK)
                    self.advance(visit)
                    visit.revision += 1
                self.empty(desk)
        for visit in self.visits:
            missed = [stop for stop in visit.with_state("missed") if stop.due <= self.now]  # type: ignore[operator]
            parked = [stop for stop in visit.with_state("parked") if stop.due <= self.now]  # type: ignore[operator]
            if missed:
                self.put(missed[0], "waiting")
                visit.revision += 1
            elif parked and not self.held_back(visit):
                self.advance(visit)
                visit.revision += 1

    def look_after(self) -> None:
        self.tidy()
        self.make_detours()

    def make_detours(self) -> None:
        attended = {service for desk in self.desks.values() for service in desk.services}
        taking = {service for desk in self.desks.values() if desk.state == "open" for service in desk.services}
        for visit in self.of_today:
            there = [s for s in visit.with_state("planned") if s.service in taking and not self.bound(visit, s)]
            wished = [s for s in there if not self.awaits(visit, s, BETTER_AFTER.get(s.service, set()))]
            for stop in visit.with_state("waiting"):
                if there and stop.service not in attended and sum(s.times_moved for s in visit.stops) < MOVES:
                    self.detours += 1
                    self.put(stop, "planned")
                    stop.times_moved += 1
                    self.put((wished or there)[0], "waiting")
                    visit.revision += 1
                    for step in (step for desk in self.desks.values() for step in desk.steps):
                        if step.visit is visit and step.revision == visit.revision - 1:
                            step.revision = visit.revision

    def empty(self, desk: Desk) -> None:
        desk.state, desk.services, desk.call, desk.lease = "closed", (), None, None
        desk.steps.clear()

    # Who is meant.

    def visit(self, code: str) -> Visit:
        meant = [visit for visit in self.visits if visit.code == code]
        if not meant:
            raise NumberUnknown
        if meant[-1].day != self.today:
            raise OtherDay
        return meant[-1]

    def is_shut(self, desk: Desk) -> bool:
        """Closed by somebody, or by a console that was silent for too long, tidied or not."""
        return desk.state == "closed" or (desk.lease is not None and desk.lease < self.now)

    def ready(self, desk: Desk) -> None:
        if self.suspended:
            raise Suspended
        if desk.state != "open" or self.is_shut(desk):
            raise DeskClosed
        if desk.call:
            raise DeskBusy

    def here(self, desk: Desk, *states: str) -> Call:
        if desk.call is None or desk.call.stop.state not in states:
            raise WrongState
        return desk.call
