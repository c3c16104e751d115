"""The whole centre: whether it is open, and everything in it."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from shared.model import DeskState, Door, Hall, LostDesk, OwnReason, ServiceQueue, StopState, code_of
from shared.store import predicates, schema
from shared.store.database import Transaction
from shared.store.prepared import Prepared
from shared.views.clock import read_doubt
from shared.views.hours import closed_services, read_opening
from shared.views.in_force import plan_in_force, today
from shared.views.room import read_calls, suspended
from shared.views.rows import DESK_STATE, desk_from

_later = schema.call.alias("later").c

_AT_DESK = (schema.call.c.desk, schema.visit.c.series, schema.visit.c.number)
_ITS_DESK = sa.and_(schema.desk_state.c.site == schema.call.c.site, schema.desk_state.c.desk == schema.call.c.desk)
_LOST = Prepared(
    sa.select(*_AT_DESK)
    .join_from(schema.stop, schema.visit, schema.stop.c.visit_id == schema.visit.c.id)
    .join(schema.call, schema.call.c.stop_id == schema.stop.c.id)
    .join(schema.desk_state, _ITS_DESK)
    .where(predicates.away(schema.stop.c.state), schema.stop.c.site == sa.bindparam("wanted_site"))
    .where(predicates.is_in(schema.stop.c.reason, OwnReason.CONSOLE_LOST))
    .where(~sa.exists().where(_later.stop_id == schema.stop.c.id, _later.id > schema.call.c.id))
    .where(predicates.is_in(schema.desk_state.c.state, DeskState.CLOSED))
    .order_by(schema.call.c.id)
)
"""Visitors who were being served when their console fell silent: the last call of each stop parked for that."""
_STILL_THERE = Prepared(
    sa.select(*_AT_DESK)
    .join_from(schema.call, schema.visit, schema.call.c.visit_id == schema.visit.c.id)
    .join(schema.stop, schema.stop.c.id == schema.call.c.stop_id)
    .join(schema.desk_state, _ITS_DESK)
    .where(schema.call.c.site == sa.bindparam("wanted_site"), predicates.not_closed(schema.call.c.closed_at))
    .where(predicates.is_in(schema.stop.c.state, StopState.SERVING))
    .where(schema.desk_state.c.lease_until < sa.bindparam("moment", type_=schema.desk_state.c.lease_until.type))
    .order_by(schema.call.c.id)
)
"""The same visitors as long as nobody has parked them: no face runs and no command has come since."""


def read_door(t: Transaction) -> Door:
    """Whether numbers are given, and whether anybody is called."""
    return Door(read_opening(t), suspended(t))


def lost_desks(t: Transaction) -> tuple[LostDesk, ...]:
    """Desks whose console fell silent while somebody was served there, until staff have dealt with it.

    A desk is listed while it stays closed and the number stays parked: not called again, not back in the queue.
    """
    codes: dict[str, list[str]] = {}
    still_there = t.execute(_STILL_THERE, {"wanted_site": t.site, "moment": t.now})
    for row in (*t.execute(_LOST, {"wanted_site": t.site}), *still_there):
        codes.setdefault(row.desk, []).append(code_of(row.series, row.number))
    return tuple(LostDesk(desk, tuple(codes[desk])) for desk in codes)


def read_hall(t: Transaction) -> Hall:
    """Queues, desks and calls of the whole centre."""
    plan = plan_in_force(t)
    states = {
        row.desk: row for row in t.execute(sa.select(schema.desk_state.c.desk, *DESK_STATE).filter_by(site=t.site))
    }
    open_calls = read_calls(t)
    at_desk = {call.desk: call for call in open_calls}
    desks = tuple(desk_from(plan, key, states.get(key), at_desk.get(key), t.now) for key in plan.desks)
    stop = schema.stop.c
    counted = t.execute(
        sa.select(stop.service, sa.func.count().label("waiting"), sa.func.min(stop.queued_at).label("since"))
        .where(stop.site == t.site, stop.day == today(t, plan), predicates.waiting(stop.state))
        .group_by(stop.service)
    )
    queues = {row.service: row for row in counted}
    closed = closed_services(t)
    served = {service for item in desks if item.state is DeskState.OPEN for service in item.services}

    def queue(service: str) -> ServiceQueue:
        row = queues.get(service)
        longest_s = max(0, int((t.now - row.since).total_seconds())) if row else None
        return ServiceQueue(
            service, service in served, row.waiting if row else 0, longest_s, closed=closed.get(service)
        )

    queues_now = tuple(queue(service) for service in plan.services)
    return Hall(queues_now, desks, open_calls, read_opening(t), lost_desks(t), read_doubt(t))


def purged_before(t: Transaction) -> datetime | None:
    """Up to when everything about visits was deleted; None if nothing was yet."""
    moment: datetime | None = t.execute(sa.select(schema.site.c.purged_before).filter_by(key=t.site)).scalar_one()
    return moment
