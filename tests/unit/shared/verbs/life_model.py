"""The life of a stop in plain Python, written from its table of verbs only, not from the program's rules."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from shared.errors import (
    DeskBusy,
    DeskClosed,
    DeskTaken,
    VisitBusy,
    WrongState,
)
from tests.unit.shared.verbs.life_course import (
    DESKS,
    HEAD_START,
    LEASE,
    OPEN,
    PAUSE,
    PAUSES,
    Stop,
    Visit,
)
from tests.unit.shared.verbs.life_desks import AtDesks


class Life(AtDesks):
    """A small centre. If a verb raises, its changes must not stay: restore the copy made before."""

    # Everything else.

    def issue(self, code: str, services: list[str], urgent: bool) -> None:
        visit = Visit(code, self.today, self.now - (HEAD_START if urgent else timedelta()))
        for position, service in enumerate(services, start=1):
            self.plan(visit, service, position)
        self.visits.append(visit)
        self.advance(visit)

    def unpark(self, key: str, code: str) -> None:
        desk = self.desks[key]
        if self.is_shut(desk):
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
        if desk.state == "open" and not self.is_shut(desk) and not take_over:
            raise DeskTaken
        desk.state, desk.services, desk.lease = "open", DESKS[key], None

    def drain_desk(self, key: str, state: str = "draining") -> None:
        if self.is_shut(self.desks[key]):
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
