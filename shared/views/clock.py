"""Whether the clock can be believed."""

from __future__ import annotations

from shared.clock import local_day
from shared.model import ClockDoubt
from shared.store.database import Transaction
from shared.views.in_force import plan_in_force, today


def read_doubt(t: Transaction) -> ClockDoubt | None:
    """What the clock shows, if that is not believed; None while it is."""
    told = t.told
    return ClockDoubt(told.wall, told.moment, day_is_known(t)) if told.doubt else None


def day_is_known(t: Transaction) -> bool:
    """Whether the day is certain: a number of a wrong day would be lost."""
    told = t.told
    if not told.doubt:
        return True
    plan = plan_in_force(t)
    return told.plausible and local_day(told.wall, plan.site.timezone, plan.site.day_starts) == today(t, plan)
