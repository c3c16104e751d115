"""The day of the centre ends, by hand or by itself, and is reopened if that was a mistake."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from shared.errors import DeskBusy, WrongState
from shared.model import Outcome, OwnReason, StopState
from shared.rules.closing import Ending
from shared.rules.moves import MOVES, Verb
from shared.store import predicates, schema
from shared.store.database import Transaction
from shared.store.types import not_before
from shared.verbs.site.halt import lock_every_desk
from shared.verbs.site.open_until import write_opening
from shared.verbs.stops.closing import still_served, write_closed
from shared.verbs.stops.steps import present
from shared.views.in_force import closed_by_hand, plan_in_force, today

_VISIT, _STOP, _ENDED = schema.visit.c, schema.stop.c, schema.ended_stop.c


@dataclass(frozen=True, slots=True)
class Open:
    """What the end of the day would cancel and close."""

    visits: int
    waiting: int
    called: int
    served: int
    """While somebody is being served, the day cannot be closed."""
    away: int
    """Missed or parked."""
    desks: int


def read_open(t: Transaction) -> Open:
    """What is open now."""
    visits = _still_open(t, _VISIT.day <= today(t, plan_in_force(t)))
    count = sa.func.count()
    states = sa.select(_STOP.state, count.label("n")).where(_STOP.visit_id.in_(sa.select(_VISIT.id).where(visits)))
    counted = {row.state: row.n for row in t.execute(states.group_by(_STOP.state))}
    desk = schema.desk_state.c
    desks = sa.select(count).where(desk.site == t.site, predicates.attended(desk.state))
    return Open(
        visits=t.execute(sa.select(count).select_from(schema.visit).where(visits)).scalar_one(),
        waiting=counted.get(StopState.WAITING, 0),
        called=counted.get(StopState.CALLED, 0),
        served=counted.get(StopState.SERVING, 0),
        away=counted.get(StopState.MISSED, 0) + counted.get(StopState.PARKED, 0),
        desks=t.execute(desks).scalar_one(),
    )


def close_day(t: Transaction) -> int:
    """End the day before its time: close every desk, cancel what is still open, give no more numbers.

    Returns how many visits were still open.

    Raises DeskBusy while somebody is being served.
    """
    lock_every_desk(t)
    if served := still_served(present(t), Ending.DAY_ENDED):
        told = ", ".join(f"desk {here.desk} serves {here.code}" for here in served)
        raise DeskBusy(f"First finish: {told}.")
    ended = end_visits(t, _VISIT.day <= today(t, plan_in_force(t)))
    write_closed(t)
    write_opening(t, day_closed_at=t.now)  # no numbers are given any more
    t.event("day_close")
    return ended


def end_visits(t: Transaction, which: sa.ColumnElement[bool]) -> int:
    """Cancel the open stops of these visits, because their day is over. Returns how many visits there were."""
    call = schema.call.c
    still_open = _still_open(t, which)
    ids = sa.select(_VISIT.id).where(still_open)
    _keep(t, ids)
    t.execute(
        sa.update(schema.call)
        .where(predicates.not_closed(call.closed_at), call.visit_id.in_(ids))
        .values(closed_at=not_before(call.called_at, t.now), outcome=Outcome.CANCELLED)
    )
    rule = MOVES[Verb.DAY_END]
    left = {"state": rule.to, "closed_at": t.now, "due_at": None, "reason": OwnReason.DAY_END}
    t.execute(sa.update(schema.stop).where(_STOP.state.in_(rule.from_), _STOP.visit_id.in_(ids)).values(left))
    closed = {"closed_at": not_before(_VISIT.issued_at, t.now), "revision": _VISIT.revision + 1}
    return t.execute(sa.update(schema.visit).where(still_open).values(closed)).rowcount


def reopen_day(t: Transaction) -> int:
    """Undo the end of today: cancelled stops come back to their places, and numbers are given again.

    Visitors who were called or served wait at the front; officials open their desks themselves.
    Returns how many visits came back.

    Raises WrongState if today was not ended.
    """
    lock_every_desk(t)
    plan = plan_in_force(t)
    of_today = sa.select(_VISIT.id).where(_VISIT.site == t.site, _VISIT.day == today(t, plan))
    kept = sa.select(_ENDED.visit_id).where(_ENDED.visit_id.in_(of_today))
    back = of_today.where(_VISIT.closed_at.is_not(None), _VISIT.id.in_(kept))
    visits = t.execute(back).scalars().all()
    if not visits and not closed_by_hand(t):
        raise WrongState("Today was not ended: there is nothing to reopen.")
    stood = {name: sa.select(_ENDED[name]).where(_ENDED.stop_id == _STOP.id) for name in ("state", "reason", "due_at")}
    again = {name: value.scalar_subquery() for name, value in stood.items()}
    ended = sa.select(_ENDED.stop_id).where(_ENDED.visit_id.in_(visits))
    t.execute(sa.update(schema.stop).where(_STOP.id.in_(ended)).values(**again, closed_at=None))
    reopened = sa.update(schema.visit).where(_VISIT.id.in_(visits))
    t.execute(reopened.values(closed_at=None, revision=_VISIT.revision + 1))
    t.execute(sa.delete(schema.ended_stop).where(_ENDED.visit_id.in_(of_today)))
    write_opening(t, day_closed_at=None)
    t.event("day_reopen")
    return len(visits)


def _still_open(t: Transaction, which: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    return sa.and_(_VISIT.site == t.site, predicates.not_closed(_VISIT.closed_at), which)


def _keep(t: Transaction, visits: sa.Select[tuple[int]]) -> None:
    """Store the state in which these visits come back; desks may be closed by then, so no visitor is at one."""
    at_desk = predicates.is_in(_STOP.state, StopState.CALLED, StopState.SERVING)
    state = sa.case((at_desk, sa.literal_column(f"'{StopState.WAITING}'")), else_=_STOP.state)
    columns = ("stop_id", "site", "visit_id", "state", "reason", "due_at")
    rows = sa.select(_STOP.id, _STOP.site, _STOP.visit_id, state, _STOP.reason, _STOP.due_at)
    still = rows.where(_STOP.visit_id.in_(visits), predicates.is_in(_STOP.state, *predicates.OPEN))
    t.execute(sa.insert(schema.ended_stop).from_select(list(columns), still))
