"""A waiting room: the calls that concern it."""

from __future__ import annotations

import sqlalchemy as sa

from shared.model import Call, Room, SuspendReason
from shared.store import predicates, schema
from shared.store.database import Transaction
from shared.store.prepared import Prepared
from shared.views.clock import read_doubt
from shared.views.in_force import plan_in_force, today
from shared.views.rows import CALLS, call_from, known_halt, known_language

_OPEN_CALLS = CALLS.where(
    predicates.not_closed(schema.call.c.closed_at), schema.call.c.site == sa.bindparam("wanted_site")
)


_left = schema.stop.alias("left_behind").c


_MOVED = Prepared(
    sa.select(schema.call.c.id, _left.service)
    .join_from(schema.call, _left.id.table, _left.visit_id == schema.call.c.visit_id)
    .where(predicates.not_closed(schema.call.c.closed_at), schema.call.c.site == sa.bindparam("wanted_site"))
    .where(predicates.planned(_left.state), _left.times_moved > 0)
)
"""Open calls of visits that were moved from another service, each with that service."""


_SUSPENDED = Prepared(sa.select(schema.site.c.reason).where(schema.site.c.key == sa.bindparam("wanted_site")))


def read_calls(t: Transaction, area: str | None = None) -> tuple[Call, ...]:
    """The open calls that concern an area, newest ring first.

    A call concerns the area of its desk and the area where its visitors wait. Visitors of a detour may also wait where
    their ticket sent them, so that area counts too. Where the plan has no such area any more, every call concerns it.
    """
    plan = plan_in_force(t)
    newest_first = (schema.call.c.rung_at.desc(), schema.call.c.id.desc())
    rows = [call_from(row) for row in t.execute(_OPEN_CALLS.order_by(*newest_first), {"wanted_site": t.site})]
    if area is None or area not in plan.areas:
        return tuple(rows)
    services = {key for key, service in plan.services.items() if service.area == area}
    desks = {key for key, desk in plan.desks.items() if desk.area == area}
    moved = {row.id for row in t.execute(_MOVED, {"wanted_site": t.site}) if row.service in services}
    return tuple(call for call in rows if call.service in services or call.desk in desks or call.id in moved)


def read_room(t: Transaction, area: str | None = None) -> Room:
    """What a waiting room sees: the calls that concern an area, and whether anybody is called at all."""
    reason = suspended(t)
    return Room(read_calls(t, area), reason, read_doubt(t), _languages_of_waiting(t) if reason else ())


def _languages_of_waiting(t: Transaction) -> tuple[str, ...]:
    stop = schema.stop.c
    of_today = sa.select(stop.language).where(stop.site == t.site, stop.day == today(t, plan_in_force(t)))
    rows = of_today.where(predicates.waiting(stop.state)).group_by(stop.language)
    tags = t.execute(rows.order_by(sa.func.count().desc(), stop.language)).scalars()
    return tuple(dict.fromkeys(known_language(tag) for tag in tags))


def suspended(t: Transaction) -> SuspendReason | None:
    """Why nobody is called for a while; None while visitors are called."""
    reason = t.execute(_SUSPENDED, {"wanted_site": t.site}).scalar_one()
    return known_halt(reason)
