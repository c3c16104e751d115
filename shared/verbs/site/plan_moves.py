"""What a new plan leaves out and somebody needs: moved to what takes its place, or named in a refusal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from shared.config import Plan
from shared.errors import DeskBusy, DeskUnknown, Malformed, ServiceUnknown, WrongState
from shared.model import DeskState, StopState, code_of
from shared.rules.closing import Ending
from shared.rules.moves import Verb
from shared.store import schema
from shared.store.database import Transaction
from shared.verbs.stops.closing import leave, still_served, write_closed
from shared.verbs.stops.journeys import advance, move, stops_of, touch
from shared.verbs.stops.steps import Presence, is_called, present
from shared.views.in_force import today

_OPEN = [state for state in StopState if state.open]


@dataclass(frozen=True, slots=True)
class Moves:
    """Keys that the new plan leaves out, each with the one that takes its place."""

    services: Mapping[str, str]
    desks: Mapping[str, str]


def read_moves(old: Plan, new: Plan, wanted: Mapping[str, str]) -> Moves:
    """What is moved where.

    Raises:
        Malformed: what is to be moved is in neither plan, or stays.
        ServiceUnknown, DeskUnknown: the new plan has nothing of that name to move to.
    """
    services = {key: to for key, to in wanted.items() if key in old.services and key not in new.services}
    desks = {key: to for key, to in wanted.items() if key in old.desks and key not in new.desks}
    if idle := [key for key in wanted if key not in services and key not in desks]:
        raise Malformed(f"The new plan leaves out no service and no desk {', '.join(idle)}: nothing is moved.")
    if unknown := [to for to in services.values() if to not in new.services]:
        raise ServiceUnknown(f"The new plan has no service {', '.join(unknown)}.")
    if unknown := [to for to in desks.values() if to not in new.desks]:
        raise DeskUnknown(f"The new plan has no desk {', '.join(unknown)}.")
    return Moves(services, desks)


def carry_over(t: Transaction, plan: Plan, moves: Moves) -> None:
    """Let everybody who is in the house go on under the new plan; run once it is stored and projected.

    Raises:
        WrongState: somebody needs a service, or works at a desk, that the plan leaves out and nothing takes the place
            of; they are named.
        DeskBusy: a visitor is served at such a desk, and there is one at the other desk too.
    """
    for old, new in moves.desks.items():
        _move_desk(t, old, new)
    _refuse_what_strands(t, plan, moves)
    for old, new in moves.services.items():
        _move_service(t, plan, old, new)
    _refit_desks(t, plan)


def _refuse_what_strands(t: Transaction, plan: Plan, moves: Moves) -> None:
    visit, stop = schema.visit.c, schema.stop.c
    stranded = t.execute(
        sa.select(stop.service, visit.series, visit.number)
        .join_from(schema.stop, schema.visit)
        .where(stop.site == t.site, stop.day == today(t, plan), stop.state.in_(_OPEN))
        .where(stop.service.not_in([*plan.services, *moves.services]))
        .order_by(visit.number)
    ).all()
    row = schema.desk_state.c
    at_work = sa.select(row.desk).where(row.site == t.site, row.state != DeskState.CLOSED, row.desk.not_in(plan.desks))
    problems = [f"{code_of(row.series, row.number)} still needs {row.service}" for row in stranded]
    problems += [f"desk {desk} is open" for desk in t.execute(at_work).scalars()]
    if problems:
        raise WrongState(f"The new plan leaves out what is in use: {'; '.join(problems)}.")


def _move_service(t: Transaction, plan: Plan, old: str, new: str) -> None:
    """Let who needs a service need another one: number, place and rank stay."""
    stop = schema.stop.c
    concerned = sa.and_(stop.site == t.site, stop.service == old, stop.state.in_(_OPEN))
    visits = t.execute(sa.select(stop.visit_id).where(concerned).distinct()).scalars().all()
    t.execute(sa.update(schema.stop).where(concerned).values(service=new))
    for visit_id in visits:
        _need_once(t, visit_id, new)
        advance(t, plan, visit_id)
        touch(t, visit_id)
        t.event("service_moved", visit=visit_id, service=new)


def _need_once(t: Transaction, visit_id: int, service: str) -> None:
    """Of two open stops for the same service keep the one that is further on."""
    twice = [stop for stop in stops_of(t, visit_id) if stop.service == service and StopState(stop.state).open]
    further = (StopState.SERVING, StopState.CALLED, StopState.WAITING, StopState.MISSED, StopState.PARKED)
    twice.sort(key=lambda stop: further.index(stop.state) if stop.state in further else len(further))
    for stop in twice[1:]:
        move(t, stop.id, Verb.CANCEL)


def _move_desk(t: Transaction, old: str, new: str) -> None:
    """Let the official of a desk go on at another one, with the visitor who is there."""
    here = next(iter(present(t, schema.call.c.desk == old)), None)
    if here is not None:
        _move_call(t, here, new, taken=bool(present(t, schema.call.c.desk == new)))
    row = schema.desk_state.c
    leaving = t.execute(sa.select(schema.desk_state).filter_by(site=t.site, desk=old)).one_or_none()
    standing = t.execute(sa.select(row.state).filter_by(site=t.site, desk=new)).scalar_one_or_none()
    if leaving is not None and leaving.state != DeskState.CLOSED and standing in (None, DeskState.CLOSED):
        t.execute(sa.delete(schema.desk_state).filter_by(site=t.site, desk=new))
        values = {"state": leaving.state, "reason": leaving.reason, "services": leaving.services, "since": t.now}
        t.execute(sa.insert(schema.desk_state), {"site": t.site, "desk": new, "languages": leaving.languages, **values})
    write_closed(t, old)
    t.event("desk_moved", desk=new)


def _move_call(t: Transaction, here: Presence, desk_key: str, taken: bool) -> None:
    if not taken:
        again = {"ring": schema.call.c.ring + 1, "rung_at": t.now} if is_called(here) else {}
        t.execute(sa.update(schema.call).filter_by(id=here.call_id).values(desk=desk_key, **again))
        touch(t, here.stop.visit_id)
    elif still_served([here], Ending.REPLACED):
        raise DeskBusy(f"Desk {here.desk} serves {here.code}, and desk {desk_key} has a visitor too: finish first.")
    else:
        leave(t, here, Ending.REPLACED)


def _refit_desks(t: Transaction, plan: Plan) -> None:
    """Let desks that are at work serve what the plan lets them; one that may do nothing of it any more, all it may."""
    row = schema.desk_state.c
    at_work = sa.select(row.desk, row.services).where(row.site == t.site, row.state != DeskState.CLOSED)
    for desk in t.execute(at_work).all():
        may = plan.services_of_desk(desk.desk)
        services = [service for service in desk.services if service in may] or list(may)
        if services != list(desk.services):
            t.execute(sa.update(schema.desk_state).filter_by(site=t.site, desk=desk.desk).values(services=services))
            t.event("desk_refit", desk=desk.desk)
