"""How long somebody will wait, and what was promised."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from shared.config import Plan
from shared.model import DeskState, Outcome, StopState, Wait
from shared.rules import waiting_time
from shared.rules.waiting_time import AtWork, Rank, Work
from shared.store import schema
from shared.store.database import Transaction
from shared.store.prepared import Prepared
from shared.verbs import views
from shared.verbs.journeys import Row
from shared.verbs.plan import plan_in_force, today
from shared.verbs.samples import newest_promises

_FORESEEN = 200
"""So many of each queue are looked at; of who stands behind them nothing is said."""
_LAST = 2**62
"""In a rank: behind everybody who came at the same moment."""
_IN_VAIN = (Outcome.UNDONE, Outcome.CANCELLED, Outcome.LOST)
"""Calls that do not tell how long a visitor keeps a desk busy."""

_stop, _call = schema.stop.c, schema.call.c
_QUEUE = Prepared(
    sa.select(_stop.rank_at, _stop.id)
    .where(_stop.site == sa.bindparam("wanted_site"), _stop.day == sa.bindparam("wanted_day"))
    .where(_stop.service == sa.bindparam("wanted_service"), _stop.state == sa.literal_column("'waiting'"))
    .order_by(_stop.rank_at, _stop.id)
    .limit(sa.literal_column(str(_FORESEEN)))
)
_CALLS = (
    sa.select(_stop.service, _call.desk, _call.called_at, _call.closed_at, _call.outcome)
    .join_from(schema.visit, schema.call, _call.visit_id == schema.visit.c.id)
    .join(schema.stop, sa.and_(_stop.visit_id == _call.visit_id, _stop.id == _call.stop_id))
)


@dataclass(frozen=True, slots=True)
class _Now:
    """What the waits of this moment follow from."""

    queues: Mapping[str, list[Rank]]
    desks: list[AtWork]
    minutes: Mapping[str, float]
    known: frozenset[str]
    """The services of which enough is known to say anything."""

    def expected(self, service: str, rank: Rank) -> float | None:
        """In how many minutes somebody with this rank is called; None if nobody can know."""
        before = [other for other in self.queues.get(service, ()) if other < rank]
        if service not in self.known or len(before) >= _FORESEEN:
            return None
        return waiting_time.expected({**self.queues, service: [*before, rank]}, service, self.desks, self.minutes)


def give(t: Transaction, visit_id: int) -> Wait | None:
    """Promise a visit when it will be called, and write it down in place of what it was promised before.

    None, and nothing promised, while nobody can know: too few were served, no desk at work serves it, the centre is
    suspended, or the visit does not wait.
    """
    t.execute(sa.delete(schema.promise).filter_by(visit_id=visit_id))
    waits = _waits(t, visit_id)
    if waits is None:
        return None
    service, minutes, wait = waits
    row = {"visit_id": visit_id, "site": t.site, "service": service, "given_at": t.now, "expected": round(minutes)}
    t.execute(sa.insert(schema.promise), {**row, "low": wait.low, "high": wait.high})
    return wait


def given(t: Transaction, visit_id: int) -> Wait | None:
    """What the ticket of a visit says; None where it says nothing."""
    row = schema.promise.c
    promised = t.execute(sa.select(row.low, row.high).where(row.visit_id == visit_id)).one_or_none()
    return Wait(promised.low, promised.high) if promised else None


def wait_of(t: Transaction, visit_id: int) -> Wait | None:
    """How long a visit will wait from now on; None where `give` would say nothing."""
    waits = _waits(t, visit_id)
    return waits[2] if waits else None


def waits(t: Transaction) -> dict[str, Wait | None]:
    """How long somebody would wait who came now, by service."""
    plan = plan_in_force(t)
    now = _look(t, plan)
    return {service: _interval(t, service, now.expected(service, (t.now, _LAST))) for service in plan.services}


def _waits(t: Transaction, visit_id: int) -> tuple[str, float, Wait] | None:
    """What a visit waits for, in how many minutes it is expected to be called, and the range of that."""
    waiting = sa.select(_stop.service, _stop.rank_at, _stop.id).filter_by(visit_id=visit_id, state=StopState.WAITING)
    row = t.execute(waiting).one_or_none()
    if row is None:
        return None
    minutes = _look(t, plan_in_force(t)).expected(row.service, (row.rank_at, row.id))
    wait = _interval(t, row.service, minutes)
    return None if minutes is None or wait is None else (row.service, minutes, wait)


def _interval(t: Transaction, service: str, minutes: float | None) -> Wait | None:
    if minutes is None:
        return None
    newest = newest_promises(t, service, waiting_time.REMEMBERED)
    errors = [waiting_time.error(one.expected, one.came) for one in newest if one.came is not None]
    return waiting_time.interval(minutes, errors)


def _look(t: Transaction, plan: Plan) -> _Now:
    """Queues, desks and how long each service takes, as they are now."""
    opened = sa.select(schema.desk_state.c.desk, schema.desk_state.c.services)
    opened = opened.filter_by(site=t.site, state=DeskState.OPEN)
    open_desks = {} if views.suspended(t) else {row.desk: frozenset(row.services) for row in t.execute(opened)}
    calls = t.execute(_CALLS.where(schema.visit.c.site == t.site, schema.visit.c.day == today(t, plan))).all()
    work = _work(t.now, calls)
    before = {row.service: row for row in t.execute(sa.select(schema.forecast).filter_by(site=t.site))}
    minutes, known = {}, set()
    for key, service in plan.services.items():
        learned, now = before.get(key), work.get(key, Work(0, 0.0))
        usual = learned.service_s / 60 if learned else float(service.minutes.base)
        minutes[key] = waiting_time.minutes_each(usual, now)
        if now.finished + (learned.finished if learned else 0) >= waiting_time.LEAST_FINISHED:
            known.add(key)
    busy = {
        call.desk: waiting_time.minutes_left(minutes[call.service], _minutes(call.called_at, t.now))
        for call in calls
        if call.closed_at is None and call.service in minutes
    }
    desks = [AtWork(services, busy.get(desk, 0.0)) for desk, services in open_desks.items()]
    wanted = {"wanted_site": t.site, "wanted_day": today(t, plan)}
    queues = {
        key: [(row.rank_at, row.id) for row in t.execute(_QUEUE, {**wanted, "wanted_service": key})]
        for key in frozenset[str]().union(*open_desks.values()) & minutes.keys()
    }
    return _Now(queues, desks, minutes, frozenset(known))


def _work(now: datetime, calls: Sequence[Row]) -> dict[str, Work]:
    """What each service was like today, from all calls of the day."""
    work: dict[str, Work] = {}
    for call in calls:
        if call.outcome not in _IN_VAIN:
            so_far = work.get(call.service, Work(0, 0.0))
            finished = so_far.finished + (call.closed_at is not None)
            work[call.service] = Work(finished, so_far.busy_min + _minutes(call.called_at, call.closed_at or now))
    return work


def _minutes(since: datetime, until: datetime) -> float:
    return max(0.0, (until - since).total_seconds() / 60)
