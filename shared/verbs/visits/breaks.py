"""The visitor goes away for a while and comes back, by number or by scanning the ticket."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import sqlalchemy as sa

from shared.errors import VisitBusy, WrongState
from shared.model import OwnReason, StopState, Ticket
from shared.rules.moves import Verb
from shared.store import schema
from shared.store.database import Transaction
from shared.verbs.look_up import find_visit, refused
from shared.verbs.stops.journeys import Row, active, advance, move, place, reopen, stops_of, touch
from shared.views.in_force import plan_in_force
from shared.views.visit import ticket_of


def pause(t: Transaction, code: str, day: date | None = None) -> Ticket:
    """Leave the queue for a break; the place is kept.

    Raises:
        NumberUnknown, OtherDay: not a number of today.
        WrongState: the visit does not wait, or has used all its breaks.
    """
    rules = plan_in_force(t).rules
    visit_id = find_visit(t, code, day)
    stop = active(stops_of(t, visit_id))
    if stop is None or stop.state != StopState.WAITING:
        raise refused(t, visit_id, f"{code} does not wait.")
    visit = schema.visit.c
    counted = sa.update(schema.visit).where(visit.id == visit_id, visit.times_paused < rules.pauses)
    if t.execute(counted.values(times_paused=visit.times_paused + 1)).rowcount == 0:
        raise WrongState(f"{code} has had {rules.pauses} breaks; no more are allowed.")
    move(t, stop.id, Verb.PAUSE, reason=OwnReason.BREAK, due_at=t.now + timedelta(minutes=rules.pause_min))
    touch(t, visit_id)
    t.event("pause", visit=visit_id, stop=stop.id, service=stop.service)
    return ticket_of(t, visit_id)


def back(t: Transaction, code: str, day: date | None = None, at_reception: bool = False) -> Ticket:
    """The visitor is back after a break, after being parked, after a missed call, or after being gone.

    Args:
        at_reception: Whether reception does it: a cancelled visit can only come back there.

    Raises:
        NumberUnknown, OtherDay: not a number of today.
        VisitBusy: another stop of the visit waits, is called or is being served.
        WrongState: the visitor was not away.
    """
    visit_id = find_visit(t, code, day)
    stops = stops_of(t, visit_id)
    stop = _away(stops)
    now_active = active(stops)
    gone = any(stop.state == StopState.GONE for stop in stops)
    given_up = at_reception and not any(StopState(stop.state).open for stop in stops) and bool(_cancelled(stops))
    if stop is None and not gone and not given_up:
        raise refused(t, visit_id, f"{code} was not away.")
    if now_active is not None and now_active is not stop:
        raise VisitBusy(f"{code} is {now_active.state} for {now_active.service} now.")
    if stop is None:
        return readmit(t, code, day)
    wait_again(t, stop, "back")
    return ticket_of(t, visit_id)


def readmit(t: Transaction, code: str, day: date | None = None) -> Ticket:
    """Give a visit that was gone, or stops that were cancelled, their turn after all.

    Stops stay cancelled if the end of the day cancelled them, they were not for today, or the plan lost their service.

    Raises:
        NumberUnknown, OtherDay: not a number of today.
        WrongState: nothing of the visit is gone or cancelled.
    """
    visit_id = find_visit(t, code, day)
    stops = stops_of(t, visit_id)
    plan = plan_in_force(t)
    lost = [stop for stop in stops if stop.state == StopState.GONE] or _cancelled(stops)
    lost = [stop for stop in lost if stop.service in plan.services]
    if not lost:
        raise refused(t, visit_id, f"Nothing of {code} is gone or cancelled.")
    for stop in lost:
        move(t, stop.id, Verb.READMIT, times_missed=0)
    reopen(t, visit_id)
    advance(t, plan, visit_id)
    touch(t, visit_id)
    t.event("readmit", visit=visit_id)
    return ticket_of(t, visit_id)


def wait_again(t: Transaction, stop: Row, event: str, desk_key: str | None = None) -> None:
    """Let a parked or missed stop wait again, in its old place."""
    move(t, stop.id, Verb.UNPARK, **place(t, plan_in_force(t), stop))
    touch(t, stop.visit_id)
    t.event(event, visit=stop.visit_id, stop=stop.id, service=stop.service, desk=desk_key)


def _cancelled(stops: Sequence[Row]) -> list[Row]:
    """Stops that a person has cancelled: one for each service that the visit does not have otherwise."""
    for_good = (OwnReason.DAY_END, OwnReason.NOT_TODAY)
    had = {stop.service for stop in stops if stop.state != StopState.CANCELLED}
    cancelled = (stop for stop in stops if stop.state == StopState.CANCELLED and stop.reason not in for_good)
    return list({stop.service: stop for stop in cancelled if stop.service not in had}.values())


def _away(stops: Sequence[Row]) -> Row | None:
    """The stop that a returning visitor means: the missed one, else the one on a break, else the one due first."""
    missed = next((stop for stop in stops if stop.state == StopState.MISSED), None)
    parked = [stop for stop in stops if stop.state == StopState.PARKED]
    return missed or min(parked, key=lambda stop: (stop.reason != OwnReason.BREAK, stop.due_at), default=None)
