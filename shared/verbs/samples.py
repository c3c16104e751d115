"""What survives a visit: waits, durations and counts, without visit, desk or time of day beyond half an hour.

They are written in the transaction that deletes the visits and not before: until then nothing is final (a desk can
undo, reception can readmit), and no row of the one kind stands beside its twin of the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from shared.model import JourneySample, Outcome, OwnReason, Sample, StopState, Tally
from shared.store import schema
from shared.store.database import Transaction
from shared.verbs.plan import plan_in_force

_SLOT_MIN = 30
_MOST_PERSONS = 6
"""A larger family counts as one of six: it would be known by its size."""
_SETTLED = (Outcome.DONE, Outcome.FORWARDED)

_STOPS = sa.select(schema.stop, (schema.visit.c.adults + schema.visit.c.children).label("persons")).join_from(
    schema.stop, schema.visit, schema.stop.c.visit_id == schema.visit.c.id
)
_CALLS = sa.select(schema.call).join_from(schema.call, schema.visit, schema.call.c.visit_id == schema.visit.c.id)


def samples_of(t: Transaction, day: date) -> list[Sample]:
    """A sample of each stop of a day that has ended and that somebody had waited for."""
    called: dict[int, list[sa.Row[Any]]] = {}
    for call in t.execute(_CALLS.where(schema.visit.c.site == t.site, schema.visit.c.day == day)):
        called.setdefault(call.stop_id, []).append(call)
    stop = schema.stop.c
    ended = _STOPS.where(stop.site == t.site, stop.day == day, stop.closed_at.is_not(None), stop.queued_at.is_not(None))
    # How long those really waited whom the day's end found waiting, nobody knows.
    ended = ended.where(sa.or_(stop.reason.is_(None), stop.reason != OwnReason.DAY_END))
    zone = _zone(t)
    samples = [_sample(row, called.get(row.id, []), zone) for row in t.execute(ended)]
    # In the order of what they say: that of their making would put the stops of a visit side by side.
    return sorted(samples, key=lambda one: (one.slot, one.service, one.wait_s, one.service_s or 0, one.persons))


def journeys_of(t: Transaction, day: date) -> list[JourneySample]:
    """A sample of each visit of a day whose every stop was settled."""
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
    settled = [stops for stops in visits.values() if all(row.state in _SETTLED for row in stops)]
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
    """How many visits of a day had each language, need and origin; never crossed."""
    visit = schema.visit.c
    rows = t.execute(sa.select(visit.language, visit.needs, visit.origin).where(visit.site == t.site, visit.day == day))
    counted: Counter[tuple[str, str]] = Counter()
    for row in rows:
        counted.update([("language", row.language), ("origin", row.origin), *(("need", need) for need in row.needs)])
    return [Tally(dimension, value, n) for (dimension, value), n in sorted(counted.items())]


def keep_samples(t: Transaction, day: date) -> None:
    """Write down what survives a day; once, when its visits are deleted."""
    common = {"site": t.site, "day": day}
    _insert(t, schema.sample, ({**common, **_columns(one)} for one in samples_of(t, day)))
    _insert(t, schema.journey_sample, ({**common, **_columns(one)} for one in journeys_of(t, day)))
    _insert(t, schema.tally, ({**common, **_columns(one)} for one in tallies_of(t, day)))


def _insert(t: Transaction, table: sa.Table, rows: Iterable[dict[str, Any]]) -> None:
    if listed := list(rows):
        t.connection.execute(sa.insert(table), listed)


def _columns(one: Sample | JourneySample | Tally) -> dict[str, Any]:
    return {name: getattr(one, name) for name in one.__slots__}


def _sample(stop: sa.Row[Any], calls: list[sa.Row[Any]], zone: ZoneInfo) -> Sample:
    """The wait is from joining the queue to the first call, or to the end for somebody who was never called."""
    heard = [call for call in calls if call.outcome != Outcome.UNDONE]
    until = min((call.called_at for call in heard), default=stop.closed_at)
    at_desk = [call for call in heard if call.outcome in _SETTLED and call.started_at is not None]
    served_s = [round((call.closed_at - call.started_at).total_seconds()) for call in at_desk]
    return Sample(
        slot=_slot(stop.queued_at, zone),
        service=stop.service,
        wait_s=max(0, round((until - stop.queued_at).total_seconds())),
        service_s=max(0, served_s[-1]) if served_s else None,
        persons=min(stop.persons, _MOST_PERSONS),
        outcome=StopState(stop.state),
    )


def _slot(moment: datetime, zone: ZoneInfo) -> int:
    local = moment.astimezone(zone)
    return (local.hour * 60 + local.minute) // _SLOT_MIN * _SLOT_MIN


def _zone(t: Transaction) -> ZoneInfo:
    return ZoneInfo(plan_in_force(t).site.timezone)
