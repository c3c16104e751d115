"""The next number of a series: without a gap, never twice in a day."""

from __future__ import annotations

from datetime import date
from functools import cache

import sqlalchemy as sa

from shared.config import Plan
from shared.store import schema
from shared.store.backend import insert_of
from shared.store.database import Transaction
from shared.store.prepared import Prepared

_OVERFLOW = "+"
"""Counts on for every series whose range is used up; shared, so that the digits alone stay unique."""
_OVERFLOW_FIRST = 1001
_OVERFLOW_LAST = 999_999


def next_number(t: Transaction, plan: Plan, day: date, series: str) -> int:
    """Draw the next number of a series for this day; after the end of its range, from 1001 on."""
    own = plan.series[series]
    number = _count_up(t, day, series, own.first, own.last)
    if number is None:
        number = _count_up(t, day, _OVERFLOW, _OVERFLOW_FIRST, _OVERFLOW_LAST)
    assert number is not None, "a million visits in a day"
    return number


def within_quota(t: Transaction, day: date, service: str, quota: int) -> bool:
    """Count one more visit of a service on this day; False, and nothing counted, if it has had them all."""
    return _count_up(t, day, service, 1, quota) is not None  # the key of a service is no letter of a series


def _count_up(t: Transaction, day: date, series: str, first: int, last: int) -> int | None:
    """The counter's next value; None if it is at `last`."""
    wanted = {"site": t.site, "day": day, "series": series, "last": first, "end": last}
    number: int | None = t.execute(_counting_up(t.connection.dialect.name), wanted).scalar_one_or_none()
    return number


@cache
def _counting_up(dialect: str) -> Prepared:
    """One statement that makes the counter or counts it up, so that no two transactions can read the same value."""
    counter = schema.counter.c
    statement = (
        insert_of(dialect)(schema.counter)
        .on_conflict_do_update(
            index_elements=[counter.site, counter.day, counter.series],
            set_={"last": counter.last + 1},
            where=counter.last < sa.bindparam("end"),
        )
        .returning(counter.last)
    )
    return Prepared(statement, "site", "day", "series", "last")
