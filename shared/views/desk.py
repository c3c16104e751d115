"""A desk, its visitor and its queue."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from shared.model import Call, Desk, SuspendReason, Waiting, Workplace
from shared.store import predicates, schema
from shared.store.database import Transaction
from shared.store.prepared import Prepared
from shared.views.clock import read_doubt
from shared.views.in_force import plan_in_force, today
from shared.views.rows import CALL_COLUMNS, CALLS, DESK_STATE, VISIT, call_from, desk_from, known_halt, waiting_from

_DESK = Prepared(
    sa.select(schema.site.c.reason.label("halt"), *DESK_STATE, *CALL_COLUMNS)
    .select_from(schema.site)
    .outerjoin(
        schema.desk_state,
        sa.and_(schema.desk_state.c.site == schema.site.c.key, schema.desk_state.c.desk == sa.bindparam("wanted_desk")),
    )
    .outerjoin(
        schema.call,
        sa.and_(
            schema.call.c.site == schema.site.c.key,
            schema.call.c.desk == sa.bindparam("wanted_desk"),
            predicates.not_closed(schema.call.c.closed_at),
        ),
    )
    .outerjoin(schema.stop, schema.stop.c.id == schema.call.c.stop_id)
    .outerjoin(schema.visit, schema.visit.c.id == schema.call.c.visit_id)
    .where(schema.site.c.key == sa.bindparam("wanted_site"))
)
"""One row: whether the centre calls visitors, the state of a desk, and its visitor."""


_CALL = Prepared(CALLS.where(schema.call.c.id == sa.bindparam("wanted")))


def read_call(t: Transaction, call_id: int) -> Call:
    """A call, open or closed."""
    return call_from(t.execute(_CALL, {"wanted": call_id}).one())


def read_desk(t: Transaction, key: str) -> Desk:
    """The state of a desk. Raises DeskUnknown."""
    return read_desk_and_halt(t, key)[0]


def read_desk_and_halt(t: Transaction, key: str) -> tuple[Desk, SuspendReason | None]:
    """The state of a desk, and why the centre calls nobody now, if so. Raises DeskUnknown."""
    plan = plan_in_force(t)
    plan.require_desk(key)
    row = t.execute(_DESK, {"wanted_site": t.site, "wanted_desk": key}).one()
    call = call_from(row) if row.id is not None else None
    return desk_from(plan, key, row, call, t.now), known_halt(row.halt)


def read_workplace(t: Transaction, key: str, most: int = 50) -> Workplace:
    """A desk and the first `most` visitors of its queue. Raises DeskUnknown."""
    standing, halt = read_desk_and_halt(t, key)
    counted = t.execute(_in_queue(t, standing.services, sa.func.count())).scalar_one()
    return Workplace(standing, read_waiting(t, standing.services, most), counted, t.now, halt, read_doubt(t))


def read_waiting(t: Transaction, services: tuple[str, ...], most: int = 50) -> tuple[Waiting, ...]:
    """The first `most` visitors who wait for any of these services, in the order of waiting."""
    rows = t.execute(
        _in_queue(t, services, schema.stop.c.service, schema.stop.c.queued_at, schema.stop.c.rank_at, *VISIT)
        .join_from(schema.stop, schema.visit)
        .order_by(schema.stop.c.rank_at, schema.stop.c.id)
        .limit(most)
    )
    return tuple(waiting_from(row) for row in rows)


def _in_queue(t: Transaction, services: tuple[str, ...], *columns: sa.ColumnElement[Any]) -> sa.Select[Any]:
    """These columns of the stops that wait today for one of these services."""
    return (
        sa.select(*columns)
        .where(schema.stop.c.site == t.site, schema.stop.c.day == today(t, plan_in_force(t)))
        .where(predicates.waiting(schema.stop.c.state), schema.stop.c.service.in_(services))
    )
