"""A desk lets its visitor go: missed, back to the queue, parked for a while, or forwarded to other services."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import sqlalchemy as sa

from shared.config import Plan
from shared.errors import Malformed
from shared.model import DeskAnswer, Outcome, StopState
from shared.rules.moves import Verb
from shared.store import schema
from shared.store.database import Transaction
from shared.verbs.look_up import require_services
from shared.verbs.stops.journeys import Row, advance, move, place, plan_stops, stops_of
from shared.verbs.stops.steps import answer, at_desk, end_call, let_go, step
from shared.views.in_force import plan_in_force

LONGEST_PARK_MIN = 480


def missed(t: Transaction, desk_key: str) -> DeskAnswer:
    """Nobody came to the call: the visitor waits again after a while, or counts as gone after too many misses.

    Raises WrongState if nobody is called to the desk.
    """
    plan = plan_in_force(t)
    here = at_desk(t, desk_key, Verb.MISSED)
    times_missed = here.stop.times_missed + 1
    with step(t, Verb.MISSED, desk_key, here.stop, here):
        if times_missed < plan.rules.misses:
            due_at = t.now + timedelta(minutes=plan.rules.return_after_min)
            end_call(t, here, Verb.MISSED, Outcome.MISSED, times_missed=times_missed, due_at=due_at)
        else:
            end_call(t, here, Verb.GONE, Outcome.MISSED, times_missed=times_missed)
            for stop in stops_of(t, here.stop.visit_id):
                if StopState(stop.state).open:
                    move(t, stop.id, Verb.GONE)
            advance(t, plan, here.stop.visit_id)
    return answer(t, desk_key, ended=here.call_id)


def put_back(t: Transaction, desk_key: str) -> DeskAnswer:
    """The visitor goes back to the queue and keeps the place. Raises WrongState if nobody is at the desk."""
    return let_go(t, desk_key, Verb.RETURN, Outcome.RETURNED)


def park(t: Transaction, desk_key: str, reason: str | None = None, minutes: int | None = None) -> DeskAnswer:
    """The visitor leaves the queue for some minutes and keeps the place; another stop of the visit may begin.

    Args:
        reason: Key of a reason of the plan.
        minutes: How long until the stop waits again by itself; None for the plan's default.

    Raises:
        Malformed: the reason is unknown, or the minutes are not 1 to 480.
        WrongState: nobody is at the desk.
    """
    plan = plan_in_force(t)
    check_reason(plan, reason, "park")
    after = plan.rules.park_min if minutes is None else minutes
    if not 1 <= after <= LONGEST_PARK_MIN:
        raise Malformed(f"{after} minutes; allowed are 1 to {LONGEST_PARK_MIN}.")
    return let_go(t, desk_key, Verb.PARK, Outcome.PARKED, reason=reason, due_at=t.now + timedelta(minutes=after))


def forward(t: Transaction, desk_key: str, services: Sequence[str]) -> DeskAnswer:
    """Other services take the place of this stop; the first of them waits at once.

    A service that the visit already has planned moves forward; it is not added twice.

    Raises:
        Malformed, ServiceUnknown: no service is named, or the plan lacks one.
        WrongState: nobody is at the desk.
    """
    plan = plan_in_force(t)
    if not services:
        raise Malformed("Name at least one service to forward to.")
    require_services(plan, services)
    here = at_desk(t, desk_key, Verb.FORWARD)
    with step(t, Verb.FORWARD, desk_key, here.stop, here):
        end_call(t, here, Verb.FORWARD, Outcome.FORWARDED)
        first = _take_place(t, here.stop, tuple(dict.fromkeys(services)))
        move(t, first.id, Verb.ADVANCE, **place(t, plan, first))
    return answer(t, desk_key, ended=here.call_id)


def check_reason(plan: Plan, reason: str | None, use: str) -> None:
    """Raises Malformed if the plan does not have this reason for this use."""
    known = [key for key, item in plan.reasons.items() if item.use == use]
    if reason is not None and reason not in known:
        none = f'none; add [reasons.{reason[:40]}] with for = "{use}" to the plan'
        raise Malformed(f"Unknown reason {reason[:40]!r}; known are: {', '.join(known) or none}.")


def _take_place(t: Transaction, stop: Row, services: Sequence[str]) -> Row:
    """Plan these services at the position of a stop; returns the first new stop."""
    known = stops_of(t, stop.visit_id)
    planned = {other.service: other for other in reversed(known) if other.state == StopState.PLANNED}
    heirs = {service: planned[service] for service in services if service in planned}
    early = [other.id for other in heirs.values()]
    t.execute(sa.update(schema.stop).where(schema.stop.c.id.in_(early)).values(position=stop.position))
    if new := [service for service in services if service not in planned]:
        plan_stops(t, stop.visit_id, dict.fromkeys(new, stop.position))
        before = {other.id for other in known}
        heirs |= {other.service: other for other in stops_of(t, stop.visit_id) if other.id not in before}
    return heirs[services[0]]
