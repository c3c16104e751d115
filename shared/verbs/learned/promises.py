"""How long somebody will wait, and what was promised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from shared.config import Plan
from shared.model import DeskState, Wait
from shared.rules import duration, waiting_time
from shared.rules.rank import Rank
from shared.rules.suits import needs_step_free
from shared.rules.waiting_time import AtWork, Work
from shared.store import predicates, schema
from shared.store.database import Transaction
from shared.store.prepared import Prepared
from shared.verbs.learned.samples import SETTLED, newest_promises
from shared.verbs.stops.journeys import Row
from shared.views.in_force import plan_in_force, today
from shared.views.room import suspended
from shared.views.rows import is_silent

_FORESEEN = 200
"""How many visitors of each queue are read; those behind them get no waiting time."""
_FORESEEN_MIN = 240
"""Nobody knows which desks will be open later than this."""
_LAST = 2**62
"""In a rank: behind everybody who came at the same moment."""

_stop, _call = schema.stop.c, schema.call.c
_QUEUE = Prepared(
    sa.select(_stop.rank_at, _stop.id)
    .where(_stop.site == sa.bindparam("wanted_site"), _stop.day == sa.bindparam("wanted_day"))
    .where(_stop.service == sa.bindparam("wanted_service"), predicates.waiting(_stop.state))
    .order_by(_stop.rank_at, _stop.id)
    .limit(sa.literal_column(str(_FORESEEN)))
)
_CALLS = (
    sa.select(_stop.service, _call.desk, _call.called_at, _call.closed_at, _call.outcome)
    .join_from(schema.visit, schema.call, _call.visit_id == schema.visit.c.id)
    .join(schema.stop, sa.and_(_stop.visit_id == _call.visit_id, _stop.id == _call.stop_id))
)
_WAITING = Prepared(
    sa.select(_stop.service, _stop.rank_at, _stop.id, schema.visit.c.needs)
    .join_from(schema.stop, schema.visit, _stop.visit_id == schema.visit.c.id)
    .where(_stop.visit_id == sa.bindparam("wanted"), _stop.day == sa.bindparam("wanted_day"))
    .where(predicates.waiting(_stop.state))
)


@dataclass(frozen=True, slots=True)
class Promise:
    """What a visitor can be told about the wait."""

    visit_id: int
    service: str
    given_at: datetime
    expected: int
    """Minutes."""
    wait: Wait


@dataclass(frozen=True, slots=True)
class _Now:
    """What the waiting times at this moment depend on."""

    queues: Mapping[str, list[Rank]]
    """The first visitors of each queue that an open desk serves; the others are not read."""
    desks: list[AtWork]
    minutes: Mapping[str, float]
    known: frozenset[str]
    """Services about which enough is known to give a time."""

    def expected(self, service: str, rank: Rank, *, step_free: bool = False) -> float | None:
        """In how many minutes a visitor with this rank is called; None if it cannot be known."""
        before = [other for other in self.queues.get(service, ()) if other < rank]
        if service not in self.known or len(before) >= _FORESEEN:
            return None
        queues = {**self.queues, service: [*before, rank]}
        minutes = waiting_time.expected(queues, service, self.desks, self.minutes, step_free=step_free)
        return minutes if minutes is not None and minutes <= _FORESEEN_MIN else None


def foresee(t: Transaction, visit_id: int) -> Promise | None:
    """What can be promised to a visit now.

    None if it cannot be known: the visit does not wait, too few were served, no open desk serves it (a step-free one
    if needed), two hundred are ahead of it, it would take more than four hours, or the centre is suspended.
    """
    row = t.execute(_WAITING, {"wanted": visit_id, "wanted_day": today(t, plan_in_force(t))}).one_or_none()
    if row is None:
        return None
    now = _look(t, plan_in_force(t))
    minutes = now.expected(row.service, (row.rank_at, row.id), step_free=needs_step_free(row.needs))
    wait = _interval(t, row.service, minutes)
    return None if minutes is None or wait is None else Promise(visit_id, row.service, t.now, round(minutes), wait)


def give(t: Transaction, promise: Promise) -> None:
    """Store what a visit was promised; it replaces an earlier promise."""
    t.execute(sa.delete(schema.promise).filter_by(visit_id=promise.visit_id))
    row = {"visit_id": promise.visit_id, "site": t.site, "service": promise.service, "given_at": promise.given_at}
    minutes = {"expected": promise.expected, "low": promise.wait.low, "high": promise.wait.high}
    t.execute(sa.insert(schema.promise), row | minutes)


def given(t: Transaction, visit_id: int) -> Wait | None:
    """The wait that the ticket of a visit says; None if it says none."""
    row = schema.promise.c
    promised = t.execute(sa.select(row.low, row.high).where(row.visit_id == visit_id)).one_or_none()
    return Wait(promised.low, promised.high) if promised else None


def wait_of(t: Transaction, visit_id: int) -> Wait | None:
    """How long a visit will wait from now on; None if `foresee` gives None."""
    promise = foresee(t, visit_id)
    return promise.wait if promise else None


def waits(t: Transaction) -> dict[str, Wait | None]:
    """How long a visitor who comes now would wait, by service."""
    plan = plan_in_force(t)
    now = _look(t, plan)
    return {service: _interval(t, service, now.expected(service, (t.now, _LAST))) for service in plan.services}


def _interval(t: Transaction, service: str, minutes: float | None) -> Wait | None:
    if minutes is None:
        return None
    newest = newest_promises(t, service, waiting_time.REMEMBERED)
    errors = [waiting_time.error(one.expected, one.came) for one in newest if one.came is not None]
    return waiting_time.interval(minutes, errors)


def _look(t: Transaction, plan: Plan) -> _Now:
    """The queues, desks and durations of services at this moment."""
    row = schema.desk_state.c
    opened = sa.select(row.desk, row.services, row.lease_until).filter_by(site=t.site, state=DeskState.OPEN)
    at_work = [] if suspended(t) else [desk for desk in t.execute(opened) if not is_silent(desk.lease_until, t.now)]
    open_desks = {desk.desk: frozenset(desk.services) for desk in at_work}
    calls = t.execute(_CALLS.where(schema.visit.c.site == t.site, schema.visit.c.day == today(t, plan))).all()
    before = t.execute(sa.select(schema.forecast).filter_by(site=t.site)).all()
    minutes = _minutes_each(t.now, plan, calls, before)
    busy = {
        call.desk: waiting_time.minutes_left(minutes[call.service], _minutes(call.called_at, t.now))
        for call in calls
        if call.closed_at is None and call.service in minutes
    }
    desks = [
        AtWork(services, busy.get(desk, 0.0), plan.desks[desk].step_free)
        for desk, services in open_desks.items()
        if desk in plan.desks
    ]
    wanted = {"wanted_site": t.site, "wanted_day": today(t, plan)}
    queues = {
        key: [(row.rank_at, row.id) for row in t.execute(_QUEUE, {**wanted, "wanted_service": key})]
        for key in frozenset[str]().union(*open_desks.values()) & minutes.keys()
    }
    return _Now(queues, desks, minutes, _known(t, today(t, plan) - timedelta(days=1), before))


def _minutes_each(now: datetime, plan: Plan, calls: Sequence[Row], before: Sequence[Row]) -> dict[str, float]:
    """How long a visitor of each service keeps a desk busy, counted from the call."""
    work: dict[str, Work] = {}
    for call in calls:
        if call.outcome in (None, *SETTLED):
            so_far = work.get(call.service, Work(0, 0.0))
            finished = so_far.finished + (call.outcome is not None)
            work[call.service] = Work(finished, so_far.busy_min + _minutes(call.called_at, call.closed_at or now))
    usual = {key: float(duration.minutes(service.minutes)) for key, service in plan.services.items()}
    usual |= {row.service: row.desk_s / 60 for row in before if row.service in usual}
    return {key: waiting_time.minutes_each(usual[key], work.get(key, Work(0, 0.0))) for key in plan.services}


def _known(t: Transaction, since: date, before: Sequence[Row]) -> frozenset[str]:
    """Services that have had enough visitors, from this day on and in the weeks before."""
    served = (
        sa.select(_stop.service, sa.func.count().label("finished"))
        .join_from(schema.visit, schema.stop, _stop.visit_id == schema.visit.c.id)
        .where(schema.visit.c.site == t.site, schema.visit.c.day >= since, _stop.state.in_(SETTLED))
        .group_by(_stop.service)
    )
    counted: Counter[str] = Counter()
    for row in (*t.execute(served), *before):
        counted[row.service] += row.finished
    return frozenset(service for service, n in counted.items() if n >= waiting_time.LEAST_FINISHED)


def _minutes(since: datetime, until: datetime) -> float:
    return max(0.0, (until - since).total_seconds() / 60)
