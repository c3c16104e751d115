"""A desk sends its visitor on to other services; the number stays."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from shared.errors import Malformed, ServiceUnknown
from shared.model import Call, Outcome, StopState
from shared.rules.moves import Verb
from shared.store import schema
from shared.store.database import Transaction
from shared.verbs import views
from shared.verbs.journeys import Row, move, place, plan_stops, stops_of
from shared.verbs.plan import plan_in_force
from shared.verbs.steps import at_desk, end_call, step


def forward(t: Transaction, desk: str, services: Sequence[str]) -> Call:
    """Other services take the place of this stop; the first of them waits at once.

    A service that the visit has planned anyway comes forward instead of coming twice.

    Raises:
        Malformed, ServiceUnknown: no service is named, or one that the plan does not have.
        WrongState: nobody is at the desk.
    """
    plan = plan_in_force(t)
    if not services:
        raise Malformed("Name at least one service to forward to.")
    if unknown := [service for service in services if service not in plan.services]:
        raise ServiceUnknown(f"No service {', '.join(unknown)}. Known are: {', '.join(plan.services)}.")
    here = at_desk(t, desk, Verb.FORWARD)
    with step(t, Verb.FORWARD, desk, here.stop, here):
        end_call(t, here, Verb.FORWARD, Outcome.FORWARDED)
        first = _take_place(t, here.stop, tuple(dict.fromkeys(services)))
        move(t, first.id, Verb.ADVANCE, **place(t, plan, first))
    return views.call_of(t, here.call_id)


def _take_place(t: Transaction, stop: Row, services: Sequence[str]) -> Row:
    """Plan these services at the position of a stop; gives the first one."""
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
