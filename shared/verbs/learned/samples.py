"""What survives a visit: waits, durations and counts, without visit or desk, with times of day to the half hour only.

They are written in the transaction that deletes the visits, not earlier: until then nothing is final (a desk can
undo, reception can readmit), and no sample ever exists beside its visit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from shared.model import Outcome, OwnReason, StopState
from shared.store import schema
from shared.store.database import Transaction
from shared.views.in_force import plan_in_force, today


@dataclass(frozen=True, slots=True)
class Sample:
    """What remains of a stop: how long the visitor waited for a service, and how long it took."""

    slot: int
    """The half hour in which the wait began: minutes after midnight, local time."""
    service: str
    wait_s: int
    service_s: int | None
    """None for a stop that was not settled."""
    desk_s: int | None
    """How long its last call kept a desk busy, including the way there; None for a stop that was not settled."""
    persons: int
    outcome: StopState


@dataclass(frozen=True, slots=True)
class JourneySample:
    """What remains of a visit that was settled."""

    slot: int
    """The half hour in which it began: minutes after midnight, local time."""
    stops: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Tally:
    """How many visits of a day had something in common."""

    dimension: str
    value: str
    n: int


@dataclass(frozen=True, slots=True)
class PromiseSample:
    """What a visitor was told about the wait, and when the call came; all in minutes."""

    slot: int
    """The half hour in which it was told: minutes after midnight, local time."""
    service: str
    expected: int
    low: int
    high: int
    came: int | None
    """None for a visitor who was never called."""


SETTLED = (Outcome.DONE, Outcome.FORWARDED)
"""Outcomes of calls, and states of stops, that mean that the visitor was served."""
_REMEMBERED = timedelta(days=28)
_SLOT_MIN = 30
_MOST_PERSONS = 6
"""A larger family counts as six persons: its size could identify it."""

_STOPS = sa.select(schema.stop, (schema.visit.c.adults + schema.visit.c.children).label("persons")).join_from(
    schema.stop, schema.visit, schema.stop.c.visit_id == schema.visit.c.id
)
_CALLS = (
    sa.select(schema.call)
    .join_from(schema.call, schema.visit, schema.call.c.visit_id == schema.visit.c.id)
    .order_by(schema.call.c.id)
)
_CAME_AT = (
    sa.select(sa.func.min(schema.call.c.called_at))
    .where(schema.call.c.visit_id == schema.promise.c.visit_id, schema.call.c.called_at >= schema.promise.c.given_at)
    .where(sa.or_(schema.call.c.outcome.is_(None), schema.call.c.outcome != Outcome.UNDONE))
    .scalar_subquery()
)
"""A ticket promises a call, for whichever stop: the visit may have been moved to another stop meanwhile."""
_PROMISES = (
    sa.select(schema.promise, _CAME_AT.label("came_at"))
    .join_from(schema.promise, schema.visit, schema.promise.c.visit_id == schema.visit.c.id)
    .where(schema.visit.c.times_paused == 0)  # the promise does not include breaks
    .order_by(schema.promise.c.given_at.desc(), schema.promise.c.visit_id.desc())
)


_WRITTEN = sa.select(*(schema.promise_sample.c[name] for name in PromiseSample.__slots__))


def samples_of(t: Transaction, day: date) -> list[Sample]:
    """A sample of each stop of a day that has ended after a wait."""
    called: dict[int, list[sa.Row[Any]]] = {}
    for call in t.execute(_CALLS.where(schema.visit.c.site == t.site, schema.visit.c.day == day)):
        called.setdefault(call.stop_id, []).append(call)
    stop = schema.stop.c
    ended = _STOPS.where(stop.site == t.site, stop.day == day, stop.closed_at.is_not(None), stop.queued_at.is_not(None))
    # Nobody knows how long visitors really waited who were still waiting at the day's end.
    ended = ended.where(sa.or_(stop.reason.is_(None), stop.reason != OwnReason.DAY_END))
    zone = _zone(t)
    samples = [_sample(row, called.get(row.id, []), zone) for row in t.execute(ended)]
    # Sorted by content: in the order of creation, the stops of one visit would be next to each other.
    return sorted(samples, key=lambda one: (one.slot, one.service, one.wait_s, one.service_s or 0, one.persons))


def journeys_of(t: Transaction, day: date) -> list[JourneySample]:
    """A sample of each visit of a day with every stop settled."""
    visit, stop = schema.visit.c, schema.stop.c
    rows = t.execute(
        sa.select(visit.id, visit.issued_at, stop.state, stop.closed_at)
        .join_from(schema.visit, schema.stop, stop.visit_id == visit.id)
        .where(visit.site == t.site, visit.day == day)
        .where(sa.or_(stop.reason.is_(None), stop.reason != OwnReason.NOT_TODAY))
    )
    visits: dict[int, list[sa.Row[Any]]] = {}
    for row in rows:
        visits.setdefault(row.id, []).append(row)
    settled = [stops for stops in visits.values() if all(row.state in SETTLED for row in stops)]
    zone = _zone(t)
    journeys = [
        JourneySample(
            _slot(stops[0].issued_at, zone),
            len(stops),
            round(max(0.0, (max(row.closed_at for row in stops) - stops[0].issued_at).total_seconds()) / 60),
        )
        for stops in settled
    ]
    return sorted(journeys, key=lambda one: (one.slot, one.stops, one.minutes))


def tallies_of(t: Transaction, day: date) -> list[Tally]:
    """How many visits of a day had each language, need and origin; never combined."""
    visit = schema.visit.c
    rows = t.execute(sa.select(visit.language, visit.needs, visit.origin).where(visit.site == t.site, visit.day == day))
    counted: Counter[tuple[str, str]] = Counter()
    for row in rows:
        counted.update([("language", row.language), ("origin", row.origin), *(("need", need) for need in row.needs)])
    return [Tally(dimension, value, n) for (dimension, value), n in sorted(counted.items())]


def promises_of(t: Transaction, first: date, last: date) -> list[PromiseSample]:
    """A sample of the promise to each visit of these days, whether or not the visit is still stored."""
    return _live_promises(t, first, last) + _written(
        t, _WRITTEN.where(schema.promise_sample.c.day.between(first, last))
    )


def newest_promises(t: Transaction, service: str, most: int) -> list[PromiseSample]:
    """Promises for a service with the calls that came, whether or not the visits are still stored; newest first."""
    row = schema.promise_sample.c
    newest_first = (row.day.desc(), row.slot.desc(), row.id)
    written = _WRITTEN.where(row.service == service, row.came.is_not(None)).order_by(*newest_first).limit(most)
    live = _promises(t, _PROMISES.where(schema.promise.c.service == service, _CAME_AT.is_not(None)).limit(most))
    return [*live, *_written(t, written)][:most]


def _live_promises(t: Transaction, first: date, last: date) -> list[PromiseSample]:
    return _promises(t, _PROMISES.where(schema.visit.c.day.between(first, last)))


def _written(t: Transaction, which: sa.Select[Any]) -> list[PromiseSample]:
    return [PromiseSample(**one) for one in t.execute(which.filter_by(site=t.site)).mappings()]


def _promises(t: Transaction, which: sa.Select[Any]) -> list[PromiseSample]:
    zone = _zone(t)
    return [
        PromiseSample(
            _slot(row.given_at, zone),
            row.service,
            row.expected,
            row.low,
            row.high,
            None if row.came_at is None else round((row.came_at - row.given_at).total_seconds() / 60),
        )
        for row in t.execute(which.where(schema.promise.c.site == t.site))
    ]


def keep_samples(t: Transaction, day: date) -> None:
    """Store what survives a day; once, when its visits are deleted."""
    common = {"site": t.site, "day": day}
    _insert(t, schema.sample, ({**common, **_columns(one)} for one in samples_of(t, day)))
    _insert(t, schema.journey_sample, ({**common, **_columns(one)} for one in journeys_of(t, day)))
    _insert(t, schema.tally, ({**common, **_columns(one)} for one in tallies_of(t, day)))
    promises = sorted(_live_promises(t, day, day), key=lambda one: (one.slot, one.service, one.expected, one.came or 0))
    _insert(t, schema.promise_sample, ({**common, **_columns(one)} for one in promises))


def learn(t: Transaction) -> None:
    """Store how long each service kept desks busy in the last weeks: the basis for the next waiting times."""
    row = schema.sample.c
    since = today(t, plan_in_force(t)) - _REMEMBERED
    lately = (
        sa.select(
            row.site,
            row.service,
            sa.func.count(row.desk_s),
            sa.cast(sa.func.round(sa.func.avg(row.desk_s)), sa.Integer),
        )
        .where(row.site == t.site, row.day >= since, row.desk_s.is_not(None))
        .group_by(row.site, row.service)
    )
    t.execute(sa.delete(schema.forecast).filter_by(site=t.site))
    t.execute(sa.insert(schema.forecast).from_select(["site", "service", "finished", "desk_s"], lately))


def _insert(t: Transaction, table: sa.Table, rows: Iterable[dict[str, Any]]) -> None:
    if listed := list(rows):
        t.connection.execute(sa.insert(table), listed)


def _columns(one: Sample | JourneySample | Tally | PromiseSample) -> dict[str, Any]:
    return {name: getattr(one, name) for name in one.__slots__}


def _sample(stop: sa.Row[Any], calls: list[sa.Row[Any]], zone: ZoneInfo) -> Sample:
    """The wait lasts from joining the queue to the first call, or to the end if the visitor was never called."""
    heard = [call for call in calls if call.outcome != Outcome.UNDONE]
    until = min((call.called_at for call in heard), default=stop.closed_at)
    last = next((call for call in reversed(heard) if call.outcome in SETTLED and call.started_at is not None), None)
    return Sample(
        slot=_slot(stop.queued_at, zone),
        service=stop.service,
        wait_s=_seconds(stop.queued_at, until),
        service_s=_seconds(last.started_at, last.closed_at) if last else None,
        desk_s=_seconds(last.called_at, last.closed_at) if last else None,
        persons=min(stop.persons, _MOST_PERSONS),
        outcome=StopState(stop.state),
    )


def _seconds(since: datetime, until: datetime) -> int:
    return max(0, round((until - since).total_seconds()))


def _slot(moment: datetime, zone: ZoneInfo) -> int:
    local = moment.astimezone(zone)
    return (local.hour * 60 + local.minute) // _SLOT_MIN * _SLOT_MIN


def _zone(t: Transaction) -> ZoneInfo:
    return ZoneInfo(plan_in_force(t).site.timezone)
