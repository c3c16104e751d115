"""Moves inside a journey: of one stop by the table of moves, and what follows for the visit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa

from shared.config import Plan
from shared.errors import WrongState
from shared.model import OwnReason, StopState
from shared.rules import journey
from shared.rules.moves import MOVES, Verb
from shared.rules.rank import rank_at
from shared.store import predicates, schema
from shared.store.database import Transaction
from shared.store.prepared import Prepared
from shared.store.types import not_before

Row = sa.Row[Any]

_WANTED = sa.bindparam("wanted", type_=schema.visit.c.id.type)
_STOPS = Prepared(
    sa.select(schema.stop).where(schema.stop.c.visit_id == _WANTED).order_by(schema.stop.c.position, schema.stop.c.id)
)
_TOUCH = Prepared(
    sa.update(schema.visit)
    .where(schema.visit.c.id == _WANTED)
    .values(revision=schema.visit.c.revision + 1)
    .returning(schema.visit.c.revision)
)


def move(t: Transaction, stop_id: int, verb: Verb, **values: object) -> None:
    """Move one stop as the table says; columns that its new state does not use are cleared.

    Raises WrongState if the verb does not start from its state.
    """
    rule = MOVES[verb]
    standing = {"closed_at": None if rule.to.open else t.now, "due_at": None, "reason": None}
    changed = {"state": rule.to, **standing, **values}
    if t.execute(_moving(verb, frozenset(changed)), {"wanted": stop_id, **changed}).rowcount != 1:
        raise WrongState(f"This stop is not {' or '.join(sorted(rule.from_))}.")


@cache
def _moving(verb: Verb, columns: frozenset[str]) -> Prepared:
    stop = schema.stop.c
    from_ = predicates.is_in(stop.state, *sorted(MOVES[verb].from_))
    return Prepared(
        sa.update(schema.stop)
        .where(stop.id == _WANTED, from_)
        .values({name: sa.bindparam(name, type_=stop[name].type) for name in columns})
    )


def step_aside(t: Transaction, stop: Row) -> None:
    """Make a waiting stop planned again; a missed one comes back as soon as it can."""
    if stop.state == StopState.MISSED:
        move(t, stop.id, Verb.SET_ASIDE, due_at=t.now)
    else:
        move(t, stop.id, Verb.STEP_BACK)


def touch(t: Transaction, visit_id: int) -> int:
    """Count a change of the visit; returns its new revision."""
    revision: int = t.execute(_TOUCH, {"wanted": visit_id}).scalar_one()
    return revision


def stops_of(t: Transaction, visit_id: int) -> Sequence[Row]:
    """The stops of a visit in the order of its journey, locked: nobody else moves one until the transaction ends."""
    t.lock(schema.visit, id=visit_id)
    return t.execute(_STOPS, {"wanted": visit_id}).all()


def write_stops(t: Transaction, visit_id: int, day: date, language: str, stops: Sequence[Mapping[str, object]]) -> None:
    """Add stops to a visit, each with its position, service and state; a waiting stop also with its place."""
    common = {"site": t.site, "day": day, "visit_id": visit_id, "language": language}
    rows = [{"rank_at": None, "queued_at": None, **stop} for stop in stops]
    each = {f"{name}_{n}": value for n, row in enumerate(rows) for name, value in row.items()}
    t.execute(_writing(len(rows)), {**common, **each})


@cache
def _writing(stops: int) -> Prepared:
    """All stops of a visit in one statement: one statement each would mean one message each to a server."""
    column = schema.stop.c

    def given(name: str, suffix: str = "") -> sa.BindParameter[Any]:
        return sa.bindparam(f"{name}{suffix}", type_=column[name].type)

    common = {name: given(name) for name in ("site", "day", "visit_id", "language")}
    own = ("position", "service", "state", "rank_at", "queued_at")
    rows = [{**common, **{name: given(name, f"_{n}") for name in own}} for n in range(stops)]
    return Prepared(sa.insert(schema.stop).inline().values(rows))


def plan_stops(t: Transaction, visit_id: int, positions: Mapping[str, int]) -> None:
    """Add planned stops to a visit: each service with its position in the journey."""
    visit = t.execute(sa.select(schema.visit.c.day, schema.visit.c.language).filter_by(id=visit_id)).one()
    stops = [
        {"position": position, "service": service, "state": StopState.PLANNED}
        for service, position in positions.items()
    ]
    write_stops(t, visit_id, visit.day, visit.language, stops)


def active(stops: Sequence[Row]) -> Row | None:
    """The one stop of a visit that waits, is called, is being served or was missed."""
    return next((stop for stop in stops if StopState(stop.state).active), None)


def advance(t: Transaction, plan: Plan, visit_id: int) -> None:
    """Let the visit's next stop begin to wait, or close the visit when all is settled."""
    stops = stops_of(t, visit_id)
    chosen = journey.choose(legs(stops, t.now), precedence(plan))
    if chosen is not None:
        move(t, stops[chosen].id, Verb.ADVANCE, **place(t, plan, stops[chosen]))
    elif not any(StopState(stop.state).open for stop in stops):
        visit = schema.visit.c
        closed = sa.update(schema.visit).where(visit.id == visit_id)
        t.execute(closed.values(closed_at=not_before(visit.issued_at, t.now)))


def reopen(t: Transaction, visit_id: int) -> None:
    """Open a settled visit again: it has something to do."""
    t.execute(sa.update(schema.visit).filter_by(id=visit_id).values(closed_at=None))


def place(t: Transaction, plan: Plan, stop: Row) -> dict[str, datetime]:
    """A stop's place in the queue: the one it has, else one from the visit's issue and head start."""
    if stop.rank_at is not None:
        return {"rank_at": stop.rank_at, "queued_at": stop.queued_at}
    visit = t.execute(sa.select(schema.visit.c.issued_at, schema.visit.c.priority).filter_by(id=stop.visit_id)).one()
    return {"rank_at": rank_at(visit.issued_at, plan.head_start_min(visit.priority)), "queued_at": t.now}


def legs(stops: Sequence[Row], now: datetime) -> list[journey.Leg]:
    """The stops of a visit in the form that the rules take."""
    return [
        journey.Leg(
            stop.service,
            StopState(stop.state),
            stop.position,
            due=stop.state == StopState.PARKED and stop.due_at <= now,
            on_break=stop.state == StopState.PARKED and stop.reason == OwnReason.BREAK,
        )
        for stop in stops
    ]


def precedence(plan: Plan) -> dict[str, journey.Precedence]:
    """The plan's order of services in the form that the rules take."""
    return {key: journey.Precedence(item.requires, item.better_after) for key, item in plan.services.items()}
