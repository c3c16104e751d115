"""A visit by its number, its token or its id, as its ticket shows it."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from shared.errors import NumberUnknown, OtherDay
from shared.model import (
    OwnReason,
    PrintKind,
    Stop,
    StopState,
    Ticket,
    parse_code,
)
from shared.store import schema
from shared.store.database import Transaction
from shared.views.in_force import plan_in_force, today
from shared.views.rows import print_job_from, ticket_fields

_SLIPS = (
    sa.select(schema.print_job)
    .where(schema.print_job.c.visit_id == sa.bindparam("wanted_visit"))
    .where(schema.print_job.c.kind.in_([PrintKind.TICKET, PrintKind.COPY]))
    .order_by(schema.print_job.c.id.desc())
    .limit(1)
)
"""The newest slip with a visit's number."""


def read_ticket(t: Transaction, code: str, day: date | None = None) -> Ticket:
    """The ticket of a number, today's unless another day is named. Raises NumberUnknown."""
    parsed = parse_code(code)
    wanted_day = day or today(t, plan_in_force(t))
    if parsed:
        wanted = {"site": t.site, "day": wanted_day, "series": parsed[0], "number": parsed[1]}
        visit_id = t.execute(sa.select(schema.visit.c.id).filter_by(**wanted)).scalar_one_or_none()
        if visit_id is not None:
            return ticket_of(t, visit_id)
    raise NumberUnknown(f"No number {code[:20]!r} on {wanted_day}. A number looks like A017.")


def visit_of_today(t: Transaction, code: str, day: date | None = None) -> int:
    """Which visit a number of today is, or a scanned token.

    Raises:
        NumberUnknown: there is no such number or token.
        OtherDay: it was drawn on another day, or another one is named.
    """
    visit, parsed = schema.visit.c, parse_code(code)
    meant = visit.token == code.strip()[-20:].upper()
    if parsed:
        meant = sa.and_(visit.series == parsed[0], visit.number == parsed[1], *([visit.day == day] if day else []))
    drawn = sa.select(visit.id, visit.day).where(visit.site == t.site, meant).order_by(visit.day.desc()).limit(1)
    found = t.execute(drawn).one_or_none()
    if found is None:
        raise NumberUnknown(f"No number {code[:20]!r}. A number looks like A017.")
    if found.day != today(t, plan_in_force(t)):
        raise OtherDay(f"This number was drawn on {found.day}; it was good for that day only.")
    return int(found.id)


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
