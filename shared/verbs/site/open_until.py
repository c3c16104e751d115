"""Staff set until when the centre is open today, whatever its hours are."""

from __future__ import annotations

from datetime import datetime, time

import sqlalchemy as sa

from shared.config.hours import DAY_MIN, MIDNIGHT, minutes_of
from shared.errors import Malformed
from shared.model import Opening
from shared.store import schema
from shared.store.database import Transaction
from shared.views.hours import planned_hours
from shared.views.in_force import forget, plan_in_force, today


def open_until(t: Transaction, time_of_day: str) -> Opening:
    """Let the centre be open from now until a local time of its day, whatever its hours say; afterwards it is closed.

    "24:00" is midnight, as in the hours of the plan. Raises Malformed for a time that is invalid or has passed.
    """
    plan = plan_in_force(t)
    try:
        wanted = MIDNIGHT if time_of_day == MIDNIGHT else time.fromisoformat(time_of_day).strftime("%H:%M")
    except ValueError:
        raise Malformed(f'{time_of_day[:20]!r} is no time of day; allowed is "HH:MM", "00:00" to "24:00".') from None
    minutes = minutes_of(wanted, plan.site.day_starts) or DAY_MIN
    until = planned_hours(plan).moment(today(t, plan), minutes)
    if until <= t.now:
        raise Malformed(f"{wanted} has passed; to end the day there is: day close")
    write_opening(t, open_until=until, day_closed_at=None)
    t.event("open_until")
    return Opening(True, until=until)


def write_opening(t: Transaction, **values: datetime | None) -> None:
    """Set when the centre closes today, or that its day is closed."""
    t.execute(sa.update(schema.site).filter_by(key=t.site).values(values))
    forget(t)
