"""The next number of a series: without a gap, never twice in a day, whatever plan it was begun under."""

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
"""Counts on for every series whose range is used up; shared, so that the digits alone stay unique."""
_OVERFLOW_FIRST = 1001
_OVERFLOW_LAST = 999_999


def next_number(t: Transaction, plan: Plan, day: date, series: str) -> int:
    """Draw the next number of a series for this day; after the end of its range, from 1001 on.

    A plan may give a range to another letter in the middle of a day: numbers that somebody has are skipped.
    """
    own = plan.series[series]
    number = _free(t, day, series, own.first, own.last)
    if number is None:
        number = _free(t, day, _OVERFLOW, _OVERFLOW_FIRST, _OVERFLOW_LAST)
    assert number is not None, "a million visits in a day"
    return number


def within_quota(t: Transaction, day: date, service: str, quota: int) -> bool:
    """Count one more visit of a service on this day; False, and nothing counted, if it has had them all."""
    # The key of a service is no letter of a series.
    return _count_up(t, _counting(t.connection.dialect.name), day, service, 1, quota) is not None


def _free(t: Transaction, day: date, series: str, first: int, last: int) -> int | None:
    """The counter's next number that nobody has; None where the range is used up."""
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
_IN_USE: sa.ColumnElement[bool] = sa.literal_column(  # as text: in RETURNING a subquery cannot be correlated otherwise
    "EXISTS (SELECT 1 FROM visit"
    " WHERE visit.site = counter.site AND visit.day = counter.day AND visit.number = counter.last)",
    sa.Boolean,
)
"""Whether somebody has the number that was counted up to."""


@cache
def _counting(dialect: str) -> Prepared:
    """One statement that makes the counter or counts it up, so that no two transactions can read the same value."""
    return _upsert(dialect, _COUNTER.last + 1, _COUNTER.last < _END, ())


@cache
def _drawing(dialect: str) -> Prepared:
    """The same for numbers: a counter outside of its range begins it, because a plan has moved the range."""
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
