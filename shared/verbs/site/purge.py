"""The purge: everything about a visit is deleted; only data that points to nobody remains."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from shared.clock import day_begins
from shared.errors import WrongState
from shared.store import schema
from shared.store.database import Transaction
from shared.store.erasure import owe
from shared.verbs.learned.samples import keep_samples, learn
from shared.verbs.site.day import end_visits
from shared.views.in_force import plan_in_force, today

KEPT = timedelta(days=2)
"""The day in progress and the one before it are kept."""

OLDEST = (
    sa.select(schema.event.c.at)
    .where(schema.event.c.site == sa.bindparam("wanted_site"))
    .order_by(schema.event.c.at)
    .limit(1)
    .scalar_subquery()
)
"""Everything that happens writes an event: without an old event there is nothing old.

Found by its moment, not by its id: an event written by a clock ahead of time must not hide those after it.
"""

_ITS_VISIT = sa.exists().where(schema.visit.c.id == schema.event.c.visit_id)


@dataclass(frozen=True, slots=True)
class Purged:
    """What a purge did."""

    through: date
    """The last day that has only samples left."""
    visits: int


def kept_from(t: Transaction) -> datetime:
    """Everything older than this is purged."""
    return _begins(t, _last_day(t) + timedelta(days=1))


def purge(t: Transaction) -> Purged:
    """Delete visits, numbers, tokens, calls, help, slips, requests, events of all days up to the one before yesterday.

    Stores what survives of them in the same transaction. A second run on the same day changes nothing.

    Raises WrongState until the clock has been believed for a while: whatever it shows, it might still be wrong.
    """
    if not t.told.settled:
        raise WrongState(
            "Nothing is deleted before the clock has been believed for an hour. ankommen doctor says more."
        )
    through = _last_day(t)
    before = kept_from(t)
    visit = schema.visit.c
    # First: another purge at the same moment waits for this one, and finds nothing left.
    _allow_deletion_before(t, before)
    end_visits(t, visit.day <= through)
    which = sa.and_(visit.site == t.site, visit.day <= through)
    for day in t.execute(sa.select(visit.day).where(which).distinct().order_by(visit.day)).scalars().all():
        keep_samples(t, day)
    learn(t)
    visits = t.execute(sa.delete(schema.visit).where(which)).rowcount  # all rows that belong to it are deleted with it
    asked = _forget_help(t, before)
    # An event written by a wrong clock is deleted with its visit, and so are the requests of that moment.
    event, request = schema.event.c, schema.request.c
    of_gone = sa.and_(event.site == t.site, event.visit_id.is_not(None), ~_ITS_VISIT)
    for table, old in (
        (schema.counter, schema.counter.c.day <= through),
        (schema.request, sa.or_(request.at < before, request.at.in_(sa.select(event.at).where(of_gone)))),
        (schema.print_job, schema.print_job.c.created_at < before),
        (schema.event, sa.or_(event.at < before, of_gone)),
    ):
        t.execute(sa.delete(table).where(table.c.site == t.site, old))
    # The moment when a desk closed can be the moment when its last visitor left.
    desk = schema.desk_state.c
    t.execute(sa.update(schema.desk_state).where(desk.site == t.site, desk.since < before).values(since=None))
    if visits or asked:
        t.event("purge")
        owe(t.connection)
    return Purged(through, visits)


def _forget_help(t: Transaction, before: datetime) -> int:
    """Delete the help that somebody without a number was waiting for; the rest has gone with its visit."""
    help_ = schema.assistance.c
    return t.execute(sa.delete(schema.assistance).where(help_.site == t.site, help_.opened_at < before)).rowcount


def _allow_deletion_before(t: Transaction, before: datetime) -> None:
    """Allow older events to be deleted from the log; the database only lets this limit rise."""
    site = schema.site.c
    lower = sa.or_(site.purged_before.is_(None), site.purged_before < before)
    t.execute(sa.update(schema.site).where(site.key == t.site, lower).values(purged_before=before))


def _last_day(t: Transaction) -> date:
    return today(t, plan_in_force(t)) - KEPT


def _begins(t: Transaction, day: date) -> datetime:
    site = plan_in_force(t).site
    return day_begins(day, site.timezone, site.day_starts)
