"""A visit as its ticket shows it."""

from __future__ import annotations

import sqlalchemy as sa

from shared.model import OwnReason, PrintKind, Standing, Stop, StopState, Ticket
from shared.store import predicates, schema
from shared.store.database import Transaction
from shared.views.in_force import plan_in_force
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


def standing_of(t: Transaction, visit_id: int) -> Standing:
    """Where a visit stands; how long it waits is not known here."""
    call, stop = schema.call.c, schema.stop.c
    at = sa.select(call.desk).filter_by(visit_id=visit_id).where(predicates.not_closed(call.closed_at))
    due = sa.select(sa.func.min(stop.due_at)).filter_by(visit_id=visit_id).where(predicates.away(stop.state))
    taken = t.execute(sa.select(schema.visit.c.times_paused).filter_by(id=visit_id)).scalar_one()
    return Standing(
        ticket_of(t, visit_id),
        desk=t.execute(at).scalar_one_or_none(),
        due_at=t.execute(due).scalar_one(),
        breaks_left=max(0, plan_in_force(t).rules.pauses - taken),
    )
