"""Steps of a desk with its visitor: who is there, how a call ends, and what undo needs to know."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from shared.errors import WrongState
from shared.model import DeskAnswer, Outcome, StopState, code_of
from shared.rules.moves import MOVES, Verb
from shared.store import predicates, schema
from shared.store.database import Transaction
from shared.store.prepared import Prepared
from shared.verbs.stops.journeys import Row, advance, move, stops_of, touch
from shared.views.desk import read_call, read_desk
from shared.views.in_force import plan_in_force

MOMENTS = ("rank_at", "queued_at", "due_at", "closed_at")
"""Columns of a stop that `before` holds as ISO text."""
_KEPT = ("id", "position", "state", "reason", "times_called", "times_missed", "times_moved", *MOMENTS)


@dataclass(frozen=True, slots=True)
class Presence:
    """A visitor who is called to a desk or served there: an open call and its stop."""

    call_id: int
    desk: str
    ring: int
    called_at: datetime
    started_at: datetime | None
    code: str
    stop: Row

    @property
    def is_called(self) -> bool:
        """Whether the visitor is still on the way to the desk."""
        return bool(self.stop.state == StopState.CALLED)


_STEP = Prepared(sa.insert(schema.step).inline(), "site", "desk", "verb", "visit_id", "visit_revision", "before", "at")
_PRESENT = (
    sa.select(
        schema.stop,
        schema.call.c.id.label("call_id"),
        *(schema.call.c[name] for name in ("desk", "ring", "called_at", "started_at")),
        schema.visit.c.series,
        schema.visit.c.number,
    )
    .join_from(schema.call, schema.stop, schema.call.c.stop_id == schema.stop.c.id)
    .join(schema.visit, schema.call.c.visit_id == schema.visit.c.id)
    .where(predicates.not_closed(schema.call.c.closed_at))
)
_PRESENT_AT = Prepared(
    _PRESENT.where(schema.call.c.site == sa.bindparam("wanted_site"), schema.call.c.desk == sa.bindparam("wanted_desk"))
)
_START = Prepared(
    sa.update(schema.call)
    .where(schema.call.c.id == sa.bindparam("wanted", type_=schema.call.c.id.type))
    .values(started_at=sa.bindparam("started_at", type_=schema.call.c.started_at.type))
)
_END = Prepared(
    sa.update(schema.call)
    .where(schema.call.c.id == sa.bindparam("wanted", type_=schema.call.c.id.type))
    .values(
        closed_at=sa.bindparam("closed_at", type_=schema.call.c.closed_at.type),
        outcome=sa.bindparam("outcome", type_=schema.call.c.outcome.type),
    )
)


def present(t: Transaction, *where: sa.ColumnElement[bool]) -> list[Presence]:
    """Everybody who is called or served now and meets the conditions on call and stop."""
    rows = t.execute(_PRESENT.where(schema.call.c.site == t.site, *where).order_by(schema.call.c.id))
    return [_presence(row) for row in rows]


def at_desk(t: Transaction, desk_key: str, verb: Verb) -> Presence:
    """The visitor at a desk. Raises DeskUnknown; WrongState if the verb does not start from the stop's state."""
    plan_in_force(t).require_desk(desk_key)
    t.lock(schema.desk, site=t.site, key=desk_key)  # so closing or suspending waits, or was before us
    row = t.execute(_PRESENT_AT, {"wanted_site": t.site, "wanted_desk": desk_key}).one_or_none()
    if row is None:
        raise WrongState(f"Nobody is called to desk {desk_key}.")
    here = _presence(row)
    if here.stop.state not in (allowed := MOVES[verb].from_):
        raise WrongState(f"{here.code} at desk {desk_key} is {here.stop.state}, not {' or '.join(sorted(allowed))}.")
    return here


def end_call(t: Transaction, here: Presence, verb: Verb, outcome: Outcome, **values: object) -> None:
    """Close the call and move its stop; the caller sees to the rest of the visit."""
    move(t, here.stop.id, verb, **values)
    closed_at = max(t.now, here.called_at)  # a clock that was set back must not end a call before it began
    t.execute(_END, {"wanted": here.call_id, "closed_at": closed_at, "outcome": outcome})


def begin_service(t: Transaction, here: Presence) -> None:
    """The visitor is at the desk: the call is answered and its stop served."""
    move(t, here.stop.id, Verb.START)
    t.execute(_START, {"wanted": here.call_id, "started_at": t.now})


def let_go(t: Transaction, desk_key: str, verb: Verb, outcome: Outcome, **values: object) -> DeskAnswer:
    """All that a verb does that lets a visitor go: the call ends, and the visit's next stop may begin."""
    here = at_desk(t, desk_key, verb)
    with step(t, verb, desk_key, here.stop, here):
        end_call(t, here, verb, outcome, **values)
        advance(t, plan_in_force(t), here.stop.visit_id)
    return answer(t, desk_key, ended=here.call_id)


def answer(t: Transaction, desk_key: str, ended: int | None = None) -> DeskAnswer:
    """The state of a desk after a verb, and the call that ended, given by its id."""
    return DeskAnswer(read_desk(t, desk_key), read_call(t, ended) if ended is not None else None)


@contextmanager
def step(t: Transaction, verb: Verb, desk_key: str, stop: Row, here: Presence | None = None) -> Iterator[None]:
    """Wraps the changes of a desk verb: counts the change, makes it undoable and writes the event.

    Args:
        stop: The stop that the verb concerns.
        here: The call that was open before; None if the verb opens one.
    """
    started_at = here.started_at.isoformat() if here and here.started_at else None
    before: dict[str, object] = {
        "stops": [_kept(row) for row in stops_of(t, stop.visit_id)],
        "call": {"id": here.call_id, "started_at": started_at} if here else None,
    }
    yield
    revision = touch(t, stop.visit_id)
    before["revision"] = revision - 1
    row = {"site": t.site, "desk": desk_key, "verb": verb, "visit_id": stop.visit_id, "visit_revision": revision}
    t.execute(_STEP, {**row, "before": before, "at": t.now})
    t.event(verb, visit=stop.visit_id, stop=stop.id, service=stop.service, desk=desk_key)


def _presence(row: Row) -> Presence:
    code = code_of(row.series, row.number)
    return Presence(row.call_id, row.desk, row.ring, row.called_at, row.started_at, code, row)


def _kept(stop: Row) -> dict[str, Any]:
    """What a verb can change in a stop, as JSON."""
    values = {name: getattr(stop, name) for name in _KEPT}
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()}
