"""What reception changes in a visit: more stops, fewer stops."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from shared.errors import Malformed, WrongState
from shared.model import Outcome, StopState, Ticket
from shared.rules.moves import Verb
from shared.store import schema
from shared.store.database import Transaction
from shared.verbs.look_up import find_visit, refused, require_services
from shared.verbs.stops.journeys import Row, advance, move, plan_stops, reopen, stops_of, touch
from shared.verbs.stops.steps import end_call, present
from shared.views.in_force import plan_in_force
from shared.views.visit import ticket_of


def add(t: Transaction, code: str, services: Sequence[str], day: date | None = None) -> Ticket:
    """Add stops at the end of a visit's journey, except those that are already open.

    Raises:
        NumberUnknown, OtherDay: not a number of today.
        Malformed, ServiceUnknown: no service is named, or the plan lacks one.
        WrongState: the visit already needs all of them.
    """
    plan = plan_in_force(t)
    visit_id = find_visit(t, code, day)
    if not services:
        raise Malformed("Name at least one service to add.")
    require_services(plan, services)
    stops = stops_of(t, visit_id)
    open_already = {stop.service for stop in stops if StopState(stop.state).open}
    new = [service for service in dict.fromkeys(services) if service not in open_already]
    if not new:
        raise WrongState(f"{code} needs {', '.join(services)} already.")
    last = max(stop.position for stop in stops)
    plan_stops(t, visit_id, {service: position for position, service in enumerate(new, start=last + 1)})
    reopen(t, visit_id)
    advance(t, plan, visit_id)
    touch(t, visit_id)
    t.event("add", visit=visit_id)
    return ticket_of(t, visit_id)


def cancel(
    t: Transaction, code: str, service: str | None = None, at_reception: bool = False, day: date | None = None
) -> Ticket:
    """Take a service out of a visit's journey, or cancel the whole visit.

    Args:
        service: Cancel only its stops; None for all open stops.
        at_reception: Whether reception does it: only reception may cancel a called visitor.

    Raises:
        NumberUnknown, OtherDay: not a number of today.
        ServiceUnknown: the plan does not have the service.
        WrongState: nothing is open, or the visitor is called or being served.
    """
    plan = plan_in_force(t)
    visit_id = find_visit(t, code, day)
    require_services(plan, [] if service is None else [service])
    stops = [
        stop
        for stop in stops_of(t, visit_id)
        if StopState(stop.state).open and (service is None or stop.service == service)
    ]
    if not stops:
        raise refused(t, visit_id, f"{code} has nothing open" + (f" for {service}." if service else "."))
    _refuse_who_is_at_a_desk(stops, code, at_reception)
    for here in present(t, schema.call.c.visit_id == visit_id, schema.stop.c.id.in_([stop.id for stop in stops])):
        end_call(t, here, Verb.CANCEL, Outcome.CANCELLED)
    for stop in stops:
        if stop.state != StopState.CALLED:
            move(t, stop.id, Verb.CANCEL)
    advance(t, plan, visit_id)
    touch(t, visit_id)
    t.event("cancel", visit=visit_id, service=service)
    return ticket_of(t, visit_id)


def _refuse_who_is_at_a_desk(stops: Sequence[Row], code: str, at_reception: bool) -> None:
    for stop in stops:
        if stop.state == StopState.SERVING:
            raise WrongState(f"{code} is being served for {stop.service}.")
        if stop.state == StopState.CALLED and not at_reception:
            raise WrongState(f"{code} is called for {stop.service}: only reception can cancel it now.")
