"""Which parts of the plan in force are in use now."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from shared.model import DeskState, code_of
from shared.model.in_use import DeskInUse, InUse, OpenStop
from shared.rules.suits import needs_step_free
from shared.store import predicates, schema
from shared.store.database import Transaction
from shared.views.in_force import in_force, today
from shared.views.room import read_calls


def read_in_use(t: Transaction) -> InUse:
    """Visits of today, desks in use, counters and slips. Raises DatabaseUnavailable if no plan is in force."""
    now = in_force(t)
    day = today(t, now.plan)
    counter = schema.counter.c
    counted = t.execute(sa.select(counter.series, counter.last).where(counter.site == t.site, counter.day == day))
    job = schema.print_job.c
    queued = sa.select(job.printer, sa.func.count().label("slips")).where(job.site == t.site)
    slips = t.execute(queued.where(predicates.queued(job.state)).group_by(job.printer))
    drawn = sa.select(sa.func.count()).select_from(schema.visit).filter_by(site=t.site, day=day)
    return InUse(
        at=t.now,
        day=day,
        training=now.training,
        open_until=now.open_until,
        drawn=t.execute(drawn).scalar_one(),
        stops=_open_stops(t, day),
        desks=_desks(t),
        counted={row.series: row.last for row in counted},
        slips={row.printer: row.slips for row in slips},
    )


def _open_stops(t: Transaction, day: date) -> tuple[OpenStop, ...]:
    """The stops of today's visits that are not over. Those of earlier days end by themselves."""
    visit, stop = schema.visit.c, schema.stop.c
    rows = t.execute(
        sa.select(visit.series, visit.number, visit.needs, visit.priority, stop.service)
        .join_from(schema.stop, schema.visit, stop.visit_id == visit.id)
        .where(visit.site == t.site, visit.day == day, predicates.not_closed(visit.closed_at))
        .where(predicates.is_in(stop.state, *predicates.OPEN))
        .order_by(visit.number, stop.position, stop.id)
    )
    return tuple(
        OpenStop(code_of(row.series, row.number), row.service, needs_step_free(row.needs), row.priority) for row in rows
    )


def _desks(t: Transaction) -> dict[str, DeskInUse]:
    row = schema.desk_state.c
    at_work = sa.select(row.desk, row.state, row.services).where(row.site == t.site, predicates.attended(row.state))
    calls = {call.desk: call for call in read_calls(t)}
    found = {}
    for desk in t.execute(at_work.order_by(row.desk)):
        code, state = (call.code, call.stop_state) if (call := calls.get(desk.desk)) else (None, None)
        found[desk.desk] = DeskInUse(DeskState(desk.state), tuple(desk.services), code, state)
    return found
