"""Visitors who wait where nobody serves go to another stop of their journey meanwhile, where somebody serves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import groupby

import sqlalchemy as sa

from shared.config import Plan
from shared.model import DeskState, Need
from shared.rules import journey
from shared.rules.moves import Verb
from shared.rules.suits import needs_step_free
from shared.store import predicates, schema
from shared.store.database import Transaction
from shared.store.prepared import Prepared
from shared.verbs.stops.journeys import Row, legs, move, precedence, stops_of, touch
from shared.views.hours import in_service
from shared.views.in_force import plan_in_force, today

_MOST = 50
"""The most visits in one transaction; the rest follow when a face looks again."""
_DESKS = Prepared(
    sa.select(*(schema.desk_state.c[name] for name in ("desk", "state", "services", "since"))).where(
        schema.desk_state.c.site == sa.bindparam("wanted_site")
    )
)


@dataclass(frozen=True, slots=True)
class _House:
    """Which services have somebody at a desk: for everybody, and for visitors who cannot take steps."""

    whole: journey.Staffing
    step_free: journey.Staffing
    settled_by: datetime
    """Only what has not changed since then counts: states of desks, and waits."""

    def of(self, needs: Sequence[str]) -> journey.Staffing:
        return self.step_free if needs_step_free(needs) else self.whole


def anybody_waits_in_vain(t: Transaction) -> bool:
    """Whether `make_detours` has anything to do: mostly one short read."""
    plan = plan_in_force(t)
    return bool(_in_vain(t, plan, _house(t, plan)))


def make_detours(t: Transaction) -> bool:
    """Let visits that wait in vain wait elsewhere, with the same rank and number. False, nothing written, if none do.

    A desk's last step can still be undone: undo puts back all stops of the visit.
    """
    plan = plan_in_force(t)
    house = _house(t, plan)
    moved = False
    for visit in _in_vain(t, plan, house)[:_MOST]:
        stops = stops_of(t, visit.id)  # locked now: it may have moved since it was read
        if way := _detour(t, plan, stops, house.of(visit.needs)):
            _go(t, *way)
            moved = True
    return moved


def _go(t: Transaction, waits: Row, instead: Row) -> None:
    move(t, waits.id, Verb.DETOUR, rank_at=None, queued_at=None, times_moved=waits.times_moved + 1)
    move(t, instead.id, Verb.ADVANCE, rank_at=waits.rank_at, queued_at=t.now)
    revision = touch(t, waits.visit_id)
    fits = sa.update(schema.step).filter_by(visit_id=waits.visit_id, visit_revision=revision - 1)
    t.execute(fits.values(visit_revision=revision))
    t.event("detour", visit=waits.visit_id, stop=instead.id, service=instead.service)


def _detour(t: Transaction, plan: Plan, stops: Sequence[Row], staffing: journey.Staffing) -> tuple[Row, Row] | None:
    times_left = plan.rules.moves - sum(stop.times_moved for stop in stops)
    found = journey.detour(legs(stops, t.now), precedence(plan), staffing, times_left)
    return (stops[found[0]], stops[found[1]]) if found else None


def _house(t: Transaction, plan: Plan) -> _House:
    rows = [desk for desk in t.execute(_DESKS, {"wanted_site": t.site}) if desk.desk in plan.desks]
    step_free = [desk for desk in rows if plan.desks[desk.desk].step_free]
    settled_by = t.now - timedelta(minutes=plan.rules.moves_after_min)
    return _House(_staffing(plan, rows, settled_by), _staffing(plan, step_free, settled_by), settled_by)


def _staffing(plan: Plan, desks: Iterable[Row], settled_by: datetime) -> journey.Staffing:
    """A desk that has just closed still counts as attended; one that has just opened does not count as taking yet."""
    attended: set[str] = set()
    taking: set[str] = set()
    for desk in desks:
        settled = desk.since is None or desk.since <= settled_by
        if desk.state != DeskState.CLOSED:
            attended.update(desk.services)
        elif not settled:
            attended.update(plan.services_of_desk(desk.desk))
        if desk.state == DeskState.OPEN and settled:
            taking.update(desk.services)
    return journey.Staffing(frozenset(attended), frozenset(taking))


def _in_vain(t: Transaction, plan: Plan, house: _House) -> list[Row]:
    """Visits with a detour, in the order of waiting: id and needs."""
    if not (candidates := _candidates(t, plan, house)):
        return []
    stop = schema.stop.c
    meant = sa.select(schema.stop).where(stop.visit_id.in_([visit.id for visit in candidates]))
    rows = t.execute(meant.order_by(stop.visit_id, stop.position, stop.id))
    stops = {visit_id: list(group) for visit_id, group in groupby(rows, key=lambda row: row.visit_id)}
    return [visit for visit in candidates if _detour(t, plan, stops[visit.id], house.of(visit.needs))]


def _candidates(t: Transaction, plan: Plan, house: _House) -> Sequence[Row]:
    """Visits that wait where nobody is, have a free stop where somebody is, and may still be moved.

    Checks requirements only among the visit's open stops; that leaves few visits for the full check.
    """
    empty = tuple(key for key in plan.services if key not in house.whole.attended)
    empty_step_free = tuple(key for key in plan.services if key not in house.step_free.attended and key not in empty)
    taking = tuple((key, plan.services[key].requires) for key in sorted(house.whole.taking) if key in plan.services)
    if not taking or not (empty or empty_step_free) or plan.rules.moves == 0 or not in_service(t, house.settled_by):
        return []
    wanted = {"wanted_site": t.site, "wanted_day": today(t, plan), "most": plan.rules.moves, "since": house.settled_by}
    return t.execute(_candidates_statement(empty, empty_step_free, taking), wanted).all()


@lru_cache(maxsize=32)
def _candidates_statement(
    empty: tuple[str, ...], empty_step_free: tuple[str, ...], taking: tuple[tuple[str, tuple[str, ...]], ...]
) -> Prepared:
    """Built once for the same set of desks: building it takes longer than running it.

    Args:
        empty, empty_step_free: Services without anybody at a desk, and services without anybody at a step-free desk.
        taking: Services with an open desk, each with what it requires.
    """
    stop, visit, moved = schema.stop.c, schema.visit.c, schema.stop.alias("moved").c
    times_moved = sa.select(sa.func.sum(moved.times_moved)).where(moved.visit_id == stop.visit_id).scalar_subquery()
    cannot_climb = sa.cast(visit.needs, sa.Text).like(f'%"{Need.STEP_FREE}"%')
    return Prepared(
        sa.select(visit.id, visit.needs)
        .join_from(schema.stop, schema.visit, stop.visit_id == visit.id)
        .where(stop.site == sa.bindparam("wanted_site"), stop.day == sa.bindparam("wanted_day"))
        .where(predicates.waiting(stop.state), _one_of(stop.service, empty + empty_step_free))
        .where(sa.or_(_one_of(stop.service, empty), cannot_climb))
        .where(stop.queued_at <= sa.bindparam("since", type_=stop.queued_at.type))
        .where(_free_sibling(taking), times_moved < sa.bindparam("most"))
        .order_by(stop.rank_at, stop.id)
    )


def _free_sibling(services: Iterable[tuple[str, tuple[str, ...]]]) -> sa.ColumnElement[bool]:
    """The visit has a planned stop for one of these services, and no open stop that the service requires."""
    sibling, first = schema.stop.alias("sibling").c, schema.stop.alias("first").c
    open_first = sa.exists().where(first.visit_id == sibling.visit_id, predicates.not_closed(first.closed_at))
    free = [
        sa.and_(sibling.service == key, *([~open_first.where(_one_of(first.service, needed))] if needed else []))
        for key, needed in services
    ]
    return sa.exists().where(
        sibling.visit_id == schema.stop.c.visit_id, predicates.planned(sibling.state), sa.or_(*free)
    )


def _one_of(column: sa.ColumnElement[str], values: Iterable[str]) -> sa.ColumnElement[bool]:
    return sa.or_(sa.false(), *(column == value for value in values))
