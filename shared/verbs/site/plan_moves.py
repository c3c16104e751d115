"""A new plan moves what is in use: desks with their visitors, stops, slips, and what counts against quotas."""

from __future__ import annotations

import sqlalchemy as sa

from shared.config import Plan
from shared.errors import DeskBusy
from shared.model import DeskState, OwnReason, PrintState, StopState
from shared.rules.closing import Ending
from shared.rules.moves import Verb
from shared.store import predicates, schema
from shared.store.backend import insert_of
from shared.store.database import Transaction
from shared.verbs.site.consequences import Change, refit, successor
from shared.verbs.stops.closing import leave, still_served, write_closed
from shared.verbs.stops.journeys import advance, move, stops_of, touch
from shared.verbs.stops.steps import Presence, present

_GONE = "the plan has this printer no more"


def carry_over(t: Transaction, change: Change) -> None:
    """Let everybody in the house go on under the new plan; runs after it is stored and projected.

    The caller must refuse what would strand somebody: `consequences` names it. Raises DeskBusy if two visitors would be
    at one desk.
    """
    for old, new in change.moves.desks.items():
        _move_desk(t, old, new)
    for old, new in change.moves.services.items():
        _move_service(t, change.will, old, new)
    _refit_desks(t, change.will)
    _move_slips(t, change)
    _begin_quotas(t, change)


def _move_service(t: Transaction, plan: Plan, old: str, new: str) -> None:
    """Replace a service by another in all open stops: number, place and rank stay."""
    stop = schema.stop.c
    concerned = sa.and_(stop.site == t.site, stop.service == old, predicates.is_in(stop.state, *predicates.OPEN))
    visits = t.execute(sa.select(stop.visit_id).where(concerned).distinct()).scalars().all()
    t.execute(sa.update(schema.stop).where(concerned).values(service=new))
    for visit_id in visits:
        _need_once(t, visit_id, new)
        advance(t, plan, visit_id)
        touch(t, visit_id)
        t.event("service_moved", visit=visit_id, service=new)


def _need_once(t: Transaction, visit_id: int, service: str) -> None:
    """If two open stops are for the same service, keep the one that is further on."""
    twice = [stop for stop in stops_of(t, visit_id) if stop.service == service and StopState(stop.state).open]
    further = (StopState.SERVING, StopState.CALLED, StopState.WAITING, StopState.MISSED, StopState.PARKED)
    twice.sort(key=lambda stop: further.index(stop.state) if stop.state in further else len(further))
    for stop in twice[1:]:
        move(t, stop.id, Verb.CANCEL)


def _move_desk(t: Transaction, old: str, new: str) -> None:
    """Let the official of a desk go on at another one, together with the visitor."""
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
    wanted = predicates.wanted(schema.assistance.c.state)
    t.execute(sa.update(schema.assistance).filter_by(site=t.site, desk=old).where(wanted).values(desk=new))
    t.event("desk_moved", desk=new)


def _move_call(t: Transaction, here: Presence, desk_key: str, taken: bool) -> None:
    if not taken:
        again = {"ring": schema.call.c.ring + 1, "rung_at": t.now} if here.is_called else {}
        t.execute(sa.update(schema.call).filter_by(id=here.call_id).values(desk=desk_key, **again))
        touch(t, here.stop.visit_id)
    elif still_served([here], Ending.REPLACED):
        raise DeskBusy(f"Desk {here.desk} serves {here.code}, and desk {desk_key} has a visitor too: finish first.")
    else:
        leave(t, here, Ending.REPLACED)


def _refit_desks(t: Transaction, plan: Plan) -> None:
    """Let open desks serve only what the plan allows them."""
    row = schema.desk_state.c
    at_work = sa.select(row.desk, row.services).where(row.site == t.site, predicates.attended(row.state))
    for desk in t.execute(at_work).all():
        services = list(refit(plan, desk.desk, desk.services))
        if services != list(desk.services):
            t.execute(sa.update(schema.desk_state).filter_by(site=t.site, desk=desk.desk).values(services=services))
            t.event("desk_refit", desk=desk.desk)


def _move_slips(t: Transaction, change: Change) -> None:
    """Move slips that wait for a printer that is left out to another one; without one they fail."""
    queued = predicates.queued(schema.print_job.c.state)
    for printer in change.was.printers.keys() - change.will.printers.keys():
        to = successor(change, printer)
        values = {"printer": to} if to else {"state": PrintState.FAILED, "detail": _GONE, "changed_at": t.now}
        waiting = sa.update(schema.print_job).filter_by(site=t.site, printer=printer).where(queued)
        if t.execute(waiting.values(values)).rowcount:
            t.event("slips_moved")


def _begin_quotas(t: Transaction, change: Change) -> None:
    """Count the visits that a service had today before it got a quota."""
    stop, counter = schema.stop.c, schema.counter.c
    had = sa.select(sa.func.count(stop.visit_id.distinct())).where(stop.site == t.site, stop.day == change.now.day)
    had = had.where(sa.or_(stop.reason.is_(None), stop.reason != OwnReason.NOT_TODAY))
    for service, planned in change.will.services.items():
        before = change.was.services.get(service)
        if planned.quota is None or (before and before.quota is not None):
            continue
        if visits := t.execute(had.where(stop.service == service)).scalar_one():
            key = {"site": t.site, "day": change.now.day, "series": service}
            insert = insert_of(t.connection.dialect.name)(schema.counter).values(**key, last=visits)
            known = insert.on_conflict_do_update(
                index_elements=[counter.site, counter.day, counter.series], set_={"last": visits}
            )
            t.execute(known)
