"""The next number of a series: without gaps, never twice in a day, even if the plan changes during the day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa

from shared.config import Plan
from shared.store import schema
from shared.store.backend import insert_of
from shared.store.database import Transaction
from shared.store.prepared import Prepared

_OVERFLOW = "+"
"""The counter for all series with a used-up range; shared, so that the digits alone stay unique."""
_OVERFLOW_FIRST = 1001
_OVERFLOW_LAST = 999_999


def next_number(t: Transaction, plan: Plan, day: date, series: str) -> int:
    """Draw the next number of a series for this day; after the end of its range, numbers from 1001 on.

    A plan may give a range to another letter in the middle of a day: numbers in use are skipped.
    """
    own = plan.series[series]
    number = _free(t, day, series, own.first, own.last)
    if number is None:
        number = _free(t, day, _OVERFLOW, _OVERFLOW_FIRST, _OVERFLOW_LAST)
    assert number is not None, "a million visits in a day"
    return number


def within_quota(t: Transaction, day: date, service: str, quota: int) -> bool:
    """Count one more visit of a service on this day; False, and nothing counted, if the quota is used up."""
    # The key of a service is never the letter of a series.
    return _count_up(t, _counting(t.connection.dialect.name), day, service, 1, quota) is not None


def _free(t: Transaction, day: date, series: str, first: int, last: int) -> int | None:
    """The counter's next free number; None if the range is used up."""
    drawing = _drawing(t.connection.dialect.name)
    while (drawn := _count_up(t, drawing, day, series, first, last)) is not None:
        if not drawn.in_use:
            return int(drawn.last)
    return None


def _count_up(t: Transaction, counting: Prepared, day: date, series: str, first: int, last: int) -> sa.Row[Any] | None:
    wanted = {"site": t.site, "day": day, "series": series, "last": first, "first": first, "end": last}
    row: sa.Row[Any] | None = t.execute(counting, wanted).one_or_none()
    return row


_COUNTER = schema.counter.c
_END = sa.bindparam("end", type_=sa.Integer)
_IN_USE: sa.ColumnElement[bool] = sa.literal_column(  # as text: SQLAlchemy cannot correlate a subquery in RETURNING
    "EXISTS (SELECT 1 FROM visit"
    " WHERE visit.site = counter.site AND visit.day = counter.day AND visit.number = counter.last)",
    sa.Boolean,
)
"""Whether the number that the counter reached is in use."""


@cache
def _counting(dialect: str) -> Prepared:
    """One statement that creates the counter or increments it, so that no two transactions read the same value."""
    return _upsert(dialect, _COUNTER.last + 1, _COUNTER.last < _END, ())


@cache
def _drawing(dialect: str) -> Prepared:
    """The same for numbers: a counter outside the range starts at its beginning, because a plan has moved the range."""
    first = sa.bindparam("first", type_=sa.Integer)
    outside = sa.or_(_COUNTER.last < first, _COUNTER.last > _END)
    return _upsert(
        dialect, sa.case((outside, first), else_=_COUNTER.last + 1), _COUNTER.last != _END, [_IN_USE.label("in_use")]
    )


def _upsert(
    dialect: str,
    following: sa.ColumnElement[int],
    goes_on: sa.ColumnElement[bool],
    also: Sequence[sa.ColumnElement[Any]],
) -> Prepared:
    statement = (
        insert_of(dialect)(schema.counter)
        .on_conflict_do_update(
            index_elements=[_COUNTER.site, _COUNTER.day, _COUNTER.series], set_={"last": following}, where=goes_on
        )
        .returning(_COUNTER.last, *also)
    )
    return Prepared(statement, "site", "day", "series", "last")
