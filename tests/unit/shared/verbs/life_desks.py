"""What desks do to a stop, in plain Python."""

from __future__ import annotations

from contextlib import suppress
from copy import deepcopy
from datetime import datetime

from shared.errors import (
    DeskClosed,
    NobodyWaits,
    Suspended,
    UndoExpired,
    VisitBusy,
    WrongState,
)
from tests.unit.shared.verbs.life_course import (
    MISSES,
    OPEN,
    PARK,
    RECALLS,
    RETURN_AFTER,
    UNDO,
    Call,
    Course,
    Desk,
    Step,
    Stop,
    Visit,
)


class AtDesks(Course):
    """A small centre with the verbs of its desks that can be undone."""

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
        if self.is_shut(desk):
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
