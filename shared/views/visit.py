"""A visit as its ticket shows it."""

from __future__ import annotations

import sqlalchemy as sa

from shared.model import OwnReason, PrintKind, Stop, StopState, Ticket
from shared.store import schema
from shared.store.database import Transaction
from shared.views.rows import print_job_from, ticket_fields

_SLIPS = (
    sa.select(schema.print_job)
    .where(schema.print_job.c.visit_id == sa.bindparam("wanted_visit"))
    .where(schema.print_job.c.kind.in_([PrintKind.TICKET, PrintKind.COPY]))
    .order_by(schema.print_job.c.id.desc())
    .limit(1)
)
"""The newest slip that shows a visit's number."""


def ticket_of(t: Transaction, visit_id: int) -> Ticket:
    """The ticket of a visit."""
    row = t.execute(sa.select(schema.visit).filter_by(id=visit_id)).one()
    stop = schema.stop.c
    columns = (stop.service, stop.state, stop.reason)
    stops = t.execute(sa.select(*columns).filter_by(visit_id=visit_id).order_by(stop.position, stop.id))
    job = t.execute(_SLIPS, {"wanted_visit": visit_id}).one_or_none()
    return Ticket(
        visit_id=visit_id,
        stops=tuple(Stop(stop.service, StopState(stop.state), stop.reason != OwnReason.NOT_TODAY) for stop in stops),
        print=print_job_from(job) if job else None,
        **ticket_fields(row._asdict()),
    )
