"""A desk takes its last step back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from shared.errors import DeskClosed, UndoExpired
from shared.model import DeskAnswer, DeskState, Outcome, StopState
from shared.store import predicates, schema
from shared.store.database import Transaction
from shared.store.types import not_before
from shared.verbs.site.halt import refuse_while_suspended
from shared.verbs.stops.journeys import Row
from shared.verbs.stops.steps import MOMENTS, answer
from shared.views.desk import read_desk
from shared.views.in_force import plan_in_force
from shared.views.room import suspended


def undo(t: Transaction, desk_key: str) -> DeskAnswer:
    """Put visit and call back as they were before the desk's last step; the step before it can be undone next.

    Raises:
        DeskUnknown, DeskClosed: there is no such desk, or it is closed.
        Suspended: nobody is called anywhere for a while.
        UndoExpired: there is no step, it was too long ago, or the visit has moved on since.
    """
    window = timedelta(seconds=plan_in_force(t).rules.undo_s)
    plan_in_force(t).require_desk(desk_key)
    t.lock(schema.desk, site=t.site, key=desk_key)
    if read_desk(t, desk_key).state is DeskState.CLOSED:
        raise DeskClosed(f"Desk {desk_key} is closed: there is nothing to undo.")
    refuse_while_suspended(suspended(t))
    newest = sa.select(schema.step).filter_by(site=t.site, desk=desk_key).order_by(schema.step.c.id.desc()).limit(1)
    last = t.execute(newest).one_or_none()
    if last is None:
        raise UndoExpired(f"Desk {desk_key} has nothing to undo.")
    if t.now - last.at > window:
        raise UndoExpired(f"The last step of desk {desk_key} was more than {window.seconds} seconds ago.")
    _rewind_visit(t, last)
    _rewind_stops(t, last.visit_id, last.before["stops"])
    _rewind_call(t, desk_key, last.before["call"])
    t.event("undo", visit=last.visit_id, desk=desk_key)
    return answer(t, desk_key)


def _rewind_visit(t: Transaction, last: Row) -> None:
    """Count the change. The visit is again as it was before the step, so the step before that one can be undone too."""
    visit, step = schema.visit.c, schema.step.c
    unchanged = sa.update(schema.visit).where(visit.id == last.visit_id, visit.revision == last.visit_revision)
    if t.execute(unchanged.values(revision=visit.revision + 1, closed_at=None)).rowcount == 0:
        raise UndoExpired("The visit has moved on since the last step of this desk.")
    t.execute(sa.delete(schema.step).where(step.id == last.id))
    fits = sa.update(schema.step).filter_by(visit_id=last.visit_id, visit_revision=last.before["revision"])
    t.execute(fits.values(visit_revision=last.visit_revision + 1))


def _rewind_stops(t: Transaction, visit_id: int, before: list[dict[str, Any]]) -> None:
    stop = schema.stop.c
    known = [row["id"] for row in before]
    t.execute(sa.delete(schema.stop).where(stop.visit_id == visit_id, stop.id.not_in(known)))
    for row in sorted(before, key=lambda row: StopState(row["state"]).active):  # so that never two are active
        moments = {name: datetime.fromisoformat(row[name]) if row[name] else None for name in MOMENTS}
        t.execute(sa.update(schema.stop).where(stop.id == row["id"]).values({**row, **moments}))


def _rewind_call(t: Transaction, desk_key: str, before: dict[str, Any] | None) -> None:
    """Open the call that the step ended or started, or end the one that it opened."""
    call = schema.call.c
    if before is None:
        opened = sa.update(schema.call).where(
            call.site == t.site, call.desk == desk_key, predicates.not_closed(call.closed_at)
        )
        t.execute(opened.values(closed_at=not_before(call.called_at, t.now), outcome=Outcome.UNDONE))
    else:
        started_at = datetime.fromisoformat(before["started_at"]) if before["started_at"] else None
        ended = sa.update(schema.call).where(call.id == before["id"])
        t.execute(ended.values(started_at=started_at, closed_at=None, outcome=None))
