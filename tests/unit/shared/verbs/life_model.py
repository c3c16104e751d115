"""The life of a stop in plain Python, written from its table of verbs only, not from the program's rules."""

from __future__ import annotations

from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from shared.errors import (
    DeskBusy,
    DeskClosed,
    DeskTaken,
    NobodyWaits,
    NumberUnknown,
    OtherDay,
    Suspended,
    UndoExpired,
    VisitBusy,
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


class Life:
    """A small centre. If a verb raises, its changes must not stay: restore the copy made before."""

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

    def ready(self, desk: Desk) -> None:
        if self.suspended:
            raise Suspended
        if desk.state != "open":
            raise DeskClosed
        if desk.call:
            raise DeskBusy

    def here(self, desk: Desk, *states: str) -> Call:
        if desk.call is None or desk.call.stop.state not in states:
            raise WrongState
        return desk.call

    # Verbs of a desk that can be undone.

    def remember(self, desk: Desk, visit: Visit, call: Call | None) -> None:
        """Call this before the change; the revision counts it."""
        visit.revision += 1
        kept = Call(visit, call.stop_id, call.ring) if call else None
        revision = visit.revision
        desk.steps.append(Step(visit, revision - 1, revision, deepcopy(visit.stops), kept, self.now))

    def open_call(self, desk: Desk, visit: Visit, stop: Stop, displaced: Stop | None = None) -> None:
        self.remember(desk, visit, None)
        if displaced and displaced.state == "missed":
            self.put(displaced, "parked", self.now)
        elif displaced:
            self.put(displaced, "planned")
        self.put(stop, "called")
        desk.call = Call(visit, stop.id)

    def call_next(self, key: str) -> None:
        self.tidy()
        desk = self.desks[key]
        self.ready(desk)
        queue = [
            (visit.rank, stop.id, visit, stop)
            for visit in self.visits
            for stop in visit.with_state("waiting")
            if stop.service in desk.services and visit.day == self.today
        ]
        if not queue:
            raise NobodyWaits
        *_, visit, stop = min(queue, key=lambda place: place[:2])
        self.open_call(desk, visit, stop)

    def call_number(self, key: str, code: str) -> None:
        desk = self.desks[key]
        self.ready(desk)
        visit = self.visit(code)
        if visit.with_state("called", "serving"):
            raise VisitBusy
        candidates = [
            stop
            for state in ("waiting", "missed", "parked", "planned")
            for stop in visit.with_state(state)
            if stop.service in desk.services and not (state == "planned" and self.bound(visit, stop))
        ]
        if not candidates:
            raise WrongState
        self.open_call(desk, visit, candidates[0], visit.active if visit.active is not candidates[0] else None)

    def recall(self, key: str) -> None:
        call = self.here(self.desks[key], "called")
        if call.ring > RECALLS:
            raise WrongState
        call.ring += 1
        call.visit.revision += 1

    def start(self, key: str) -> None:
        call = self.here(self.desks[key], "called")
        self.remember(self.desks[key], call.visit, call)
        self.put(call.stop, "serving")

    def let_go(self, key: str, states: tuple[str, ...], to: str, due: datetime | None = None) -> None:
        desk = self.desks[key]
        call = self.here(desk, *states)
        self.remember(desk, call.visit, call)
        self.put(call.stop, to, due)
        desk.call = None
        self.advance(call.visit)

    def finish(self, key: str) -> None:
        self.let_go(key, ("serving",), "done")

    def finish_and_next(self, key: str) -> None:
        self.finish(key)
        with suppress(NobodyWaits, DeskClosed, Suspended):
            self.call_next(key)

    def missed(self, key: str) -> None:
        desk = self.desks[key]
        call = self.here(desk, "called")
        visit, stop = call.visit, call.stop
        self.remember(desk, visit, call)
        desk.call = None
        stop.times_missed += 1
        if stop.times_missed < MISSES:
            self.put(stop, "missed", self.now + RETURN_AFTER)
        else:
            for each in visit.with_state(*OPEN):
                self.put(each, "gone")

    def put_back(self, key: str) -> None:
        self.let_go(key, ("called", "serving"), "waiting")

    def park(self, key: str) -> None:
        self.let_go(key, ("called", "serving"), "parked", self.now + PARK)

    def forward(self, key: str, services: list[str]) -> None:
        desk = self.desks[key]
        call = self.here(desk, "called", "serving")
        visit, old = call.visit, call.stop
        self.remember(desk, visit, call)
        self.put(old, "forwarded")
        desk.call = None
        heirs = []
        for service in dict.fromkeys(services):
            planned = [stop for stop in visit.with_state("planned") if stop.service == service and stop not in heirs]
            heirs.append(planned[0] if planned else self.plan(visit, service, old.position))
            heirs[-1].position = old.position
        visit.stops.sort(key=lambda stop: (stop.position, stop.id))
        self.put(heirs[0], "waiting")

    def undo(self, key: str) -> None:
        desk = self.desks[key]
        if desk.state == "closed":
            raise DeskClosed
        if self.suspended:
            raise Suspended
        if not desk.steps:
            raise UndoExpired
        step = desk.steps[-1]
        visit = step.visit
        if self.now - step.at > UNDO or visit.revision != step.revision:
            raise UndoExpired
        desk.steps.pop()
        visit.stops[:] = step.stops
        desk.call = step.call
        visit.revision += 1
        for other in (earlier for each in self.desks.values() for earlier in each.steps):
            if other.visit is visit and other.revision == step.revision_before:
                other.revision = visit.revision

    # Everything else.

    def issue(self, code: str, services: list[str], urgent: bool) -> None:
        visit = Visit(code, self.today, self.now - (HEAD_START if urgent else timedelta()))
        for position, service in enumerate(services, start=1):
            self.plan(visit, service, position)
        self.visits.append(visit)
        self.advance(visit)

    def unpark(self, key: str, code: str) -> None:
        desk = self.desks[key]
        if desk.state == "closed":
            raise DeskClosed
        visit = self.visit(code)
        mine = [s for state in ("missed", "parked") for s in visit.with_state(state) if s.service in desk.services]
        if not mine:
            raise WrongState
        if visit.active and visit.active is not mine[0]:
            raise VisitBusy
        self.put(mine[0], "waiting")
        visit.revision += 1

    def pause(self, code: str) -> None:
        visit = self.visit(code)
        if not visit.with_state("waiting") or visit.breaks >= PAUSES:
            raise WrongState
        visit.breaks += 1
        visit.revision += 1
        self.put(visit.with_state("waiting")[0], "parked", self.now + PAUSE, on_break=True)

    def back(self, code: str, at_reception: bool) -> None:
        visit = self.visit(code)
        parked = sorted(visit.with_state("parked"), key=lambda stop: (not stop.on_break, stop.due))
        away = [*visit.with_state("missed"), *parked]
        given_up = at_reception and visit.closed and self.cancelled(visit)
        if not away and not visit.with_state("gone") and not given_up:
            raise WrongState
        if visit.active and visit.active is not (away or [None])[0]:
            raise VisitBusy
        if not away:
            self.readmit(code)
            return
        self.put(away[0], "waiting")
        visit.revision += 1

    def readmit(self, code: str) -> None:
        visit = self.visit(code)
        lost = visit.with_state("gone") or self.cancelled(visit)
        if not lost:
            raise WrongState
        for stop in lost:
            self.put(stop, "planned")
            stop.times_missed = 0
        visit.revision += 1
        self.advance(visit)

    def cancelled(self, visit: Visit) -> list[Stop]:
        had = {stop.service for stop in visit.stops if stop.state != "cancelled"}
        given_up = [s for s in visit.with_state("cancelled") if not s.day_ended and s.service not in had]
        return [s for s in given_up if not any(o.service == s.service for o in given_up[given_up.index(s) + 1 :])]

    def add(self, code: str, services: list[str]) -> None:
        visit = self.visit(code)
        known = {stop.service for stop in visit.with_state(*OPEN)}
        new = [service for service in dict.fromkeys(services) if service not in known]
        if not new:
            raise WrongState
        last = max(stop.position for stop in visit.stops)
        for position, service in enumerate(new, start=last + 1):
            self.plan(visit, service, position)
        visit.revision += 1
        self.advance(visit)

    def cancel(self, code: str, service: str | None, at_reception: bool) -> None:
        visit = self.visit(code)
        meant = [stop for stop in visit.with_state(*OPEN) if service in (None, stop.service)]
        states = {stop.state for stop in meant}
        if not meant or "serving" in states or ("called" in states and not at_reception):
            raise WrongState
        for desk in self.desks.values():
            if desk.call and desk.call.visit is visit and desk.call.stop in meant:
                desk.call = None
        for stop in meant:
            self.put(stop, "cancelled")
        visit.revision += 1
        self.advance(visit)

    def open_desk(self, key: str, take_over: bool) -> None:
        desk = self.desks[key]
        if desk.state == "open" and not take_over:
            raise DeskTaken
        desk.state, desk.services, desk.lease = "open", DESKS[key], None

    def drain_desk(self, key: str, state: str = "draining") -> None:
        if self.desks[key].state == "closed":
            raise DeskClosed
        self.desks[key].state = state

    def pause_desk(self, key: str) -> None:
        self.drain_desk(key, "paused")

    def close_desk(self, key: str) -> None:
        desk = self.desks[key]
        if desk.call and desk.call.stop.state == "serving":
            raise WrongState
        if desk.call:
            self.put(desk.call.stop, "waiting")
            desk.call.visit.revision += 1
        self.empty(desk)

    def renew_lease(self, key: str) -> None:
        if self.desks[key].state != "closed":
            self.desks[key].lease = self.now + LEASE

    def suspend(self) -> None:
        for desk in self.desks.values():
            if desk.call and desk.call.stop.state == "called":
                self.put(desk.call.stop, "waiting")
                desk.call.visit.revision += 1
                desk.call = None
        self.suspended = True

    def resume(self) -> None:
        self.suspended = False

    def close_day(self) -> None:
        if any(desk.call and desk.call.stop.state == "serving" for desk in self.desks.values()):
            raise DeskBusy
        for desk in self.desks.values():
            self.empty(desk)
        self.end_visits(self.visits)

    # What can be compared with the database.

    def seen(self) -> dict[str, Any]:
        return {
            "suspended": self.suspended,
            "desks": {key: (desk.state, desk.services) for key, desk in self.desks.items() if desk.state != "closed"},
            "calls": {
                key: (desk.call.visit.code, desk.call.visit.stops.index(desk.call.stop), desk.call.ring)
                for key, desk in self.desks.items()
                if desk.call
            },
            "visits": {
                (visit.day, visit.code): (
                    visit.closed,
                    visit.revision,
                    [(s.service, s.position, s.state, s.due, s.times_missed, s.times_moved) for s in visit.stops],
                )
                for visit in self.visits
            },
        }
