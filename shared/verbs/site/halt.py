"""The centre as a whole stops calling, goes on, and ends its day."""

from __future__ import annotations

import sqlalchemy as sa

from shared.errors import DeskBusy, Suspended
from shared.model import Outcome, OwnReason, SiteState, SiteStatus, SuspendReason
from shared.rules.closing import Ending
from shared.rules.moves import MOVES, Verb
from shared.store import schema
from shared.store.database import Transaction
from shared.verbs.site.open_until import write_open_until
from shared.verbs.stops.closing import leave, still_served, write_closed
from shared.verbs.stops.steps import present
from shared.views.in_force import plan_in_force, today
from shared.views.room import suspended


def status(t: Transaction) -> SiteStatus:
    """Whether the centre calls visitors."""
    reason = suspended(t)
    return SiteStatus(SiteState.SUSPENDED if reason else SiteState.OPEN, reason)


def refuse_while_suspended(reason: SuspendReason | None) -> None:
    """Raises Suspended while nobody is called."""
    if reason:
        raise Suspended(f"The centre is suspended ({reason}): nobody is called.")


def suspend(t: Transaction, reason: SuspendReason) -> SiteStatus:
    """Call nobody until `resume`. Called visitors go back to the front; those being served stay at their desks."""
    _hold_every_desk(t)
    for here in present(t):
        leave(t, here, Ending.SUSPENDED)
    return _set(t, SiteStatus(SiteState.SUSPENDED, reason))


def resume(t: Transaction) -> SiteStatus:
    """Call visitors again."""
    return _set(t, SiteStatus(SiteState.OPEN))


def _hold_every_desk(t: Transaction) -> None:
    """Wait for desks that are calling a visitor at this moment; later ones see that nobody is called."""
    for desk in plan_in_force(t).desks:
        t.lock(schema.desk, site=t.site, key=desk)


def _set(t: Transaction, new: SiteStatus) -> SiteStatus:
    if new != status(t):
        t.execute(sa.update(schema.site).filter_by(key=t.site).values(state=new.state, reason=new.reason))
        t.event("suspend" if new.reason else "resume")
    return new


def close_day(t: Transaction) -> int:
    """End the day before its time: close every desk, cancel what is still open, give no more numbers.

    Returns how many visits were still open.

    Raises DeskBusy while somebody is being served.
    """
    _hold_every_desk(t)
    if served := still_served(present(t), Ending.DAY_ENDED):
        told = ", ".join(f"desk {here.desk} serves {here.code}" for here in served)
        raise DeskBusy(f"First finish: {told}.")
    ended = end_visits(t, schema.visit.c.day <= today(t, plan_in_force(t)))
    write_closed(t)
    write_open_until(t, t.now)  # no numbers are given any more
    t.event("day_close")
    return ended


def end_visits(t: Transaction, which: sa.ColumnElement[bool]) -> int:
    """Cancel the open stops of these visits, because their day is over. Returns how many visits there were."""
    visit, stop, call = schema.visit.c, schema.stop.c, schema.call.c
    still_open = sa.and_(visit.site == t.site, visit.closed_at.is_(None), which)
    ids = sa.select(visit.id).where(still_open)
    now = sa.literal(t.now, visit.closed_at.type)
    t.execute(
        sa.update(schema.call)
        .where(call.closed_at.is_(None), call.visit_id.in_(ids))
        .values(closed_at=sa.case((call.called_at > now, call.called_at), else_=now), outcome=Outcome.CANCELLED)
    )
    rule = MOVES[Verb.DAY_END]
    left = {"state": rule.to, "closed_at": t.now, "due_at": None, "reason": OwnReason.DAY_END}
    t.execute(sa.update(schema.stop).where(stop.state.in_(rule.from_), stop.visit_id.in_(ids)).values(left))
    closed_at = sa.case((visit.issued_at > now, visit.issued_at), else_=now)
    ended = sa.update(schema.visit).where(still_open).values(closed_at=closed_at, revision=visit.revision + 1)
    return t.execute(ended).rowcount
