"""The centre as a whole stops calling, and goes on."""

from __future__ import annotations

import sqlalchemy as sa

from shared.errors import Suspended
from shared.model import SiteState, SiteStatus, SuspendReason
from shared.rules.closing import Ending
from shared.store import schema
from shared.store.database import Transaction
from shared.verbs.stops.closing import leave
from shared.verbs.stops.steps import present
from shared.views.in_force import plan_in_force
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
    lock_every_desk(t)
    for here in present(t):
        leave(t, here, Ending.SUSPENDED)
    return _set(t, SiteStatus(SiteState.SUSPENDED, reason))


def resume(t: Transaction) -> SiteStatus:
    """Call visitors again."""
    return _set(t, SiteStatus(SiteState.OPEN))


def lock_every_desk(t: Transaction) -> None:
    """Wait for desks that are calling a visitor at this moment; later ones see that nobody is called."""
    for desk in plan_in_force(t).desks:
        t.lock(schema.desk, site=t.site, key=desk)


def _set(t: Transaction, new: SiteStatus) -> SiteStatus:
    if new != status(t):
        t.execute(sa.update(schema.site).filter_by(key=t.site).values(state=new.state, reason=new.reason))
        t.event("suspend" if new.reason else "resume")
    return new
