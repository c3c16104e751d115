"""Moves inside a journey that follow from other verbs."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from shared.config import Plan
from shared.errors import WrongState
from shared.model import Stop, StopState
from shared.rules import journey
from shared.store import schema
from shared.store.database import Transaction
from shared.store.prepared import Prepared


def move(t: Transaction, stop_id: int, from_: StopState, to: StopState, **values: object) -> None:
    """Move one stop from a state to another. Raises WrongState if it is not in the first one any more."""
    stop = sa.update(schema.stop).where(schema.stop.c.id == stop_id, schema.stop.c.state == from_)
    if t.execute(stop.values(state=to, **values)).rowcount != 1:
        raise WrongState(f"This stop is not {from_}.")


def touch(t: Transaction, visit_id: int) -> None:
    """Count a change of the visit."""
    t.execute(_TOUCH, {"wanted": visit_id})


def advance(t: Transaction, plan: Plan, visit_id: int) -> None:
    """Let the visit's next stop begin to wait, or close the visit when all is settled."""
    rows = t.execute(sa.select(schema.stop).filter_by(visit_id=visit_id).order_by(*_IN_ORDER)).all()
    stops = [Stop(row.service, StopState(row.state)) for row in rows]
    chosen = journey.choose(stops, precedence(plan))
    if chosen is not None:
        arrived = t.execute(sa.select(schema.visit.c.issued_at, schema.visit.c.priority).filter_by(id=visit_id)).one()
        head_start = plan.priorities[arrived.priority].head_start_min if arrived.priority in plan.priorities else 0
        rank_at = arrived.issued_at - timedelta(minutes=head_start)
        move(t, rows[chosen].id, StopState.PLANNED, StopState.WAITING, rank_at=rank_at, queued_at=t.now)
    elif all(stop.state is StopState.DONE for stop in stops):
        t.execute(sa.update(schema.visit).filter_by(id=visit_id).values(closed_at=t.now))


_TOUCH = Prepared(
    sa.update(schema.visit)
    .where(schema.visit.c.id == sa.bindparam("wanted"))
    .values(revision=schema.visit.c.revision + 1)
)
_IN_ORDER = (schema.stop.c.position, schema.stop.c.id)


def precedence(plan: Plan) -> dict[str, journey.Precedence]:
    """The plan's order of services, as the rules take it."""
    return {key: journey.Precedence(item.requires, item.better_after) for key, item in plan.services.items()}
