"""A desk calls a visitor, serves and lets go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa

from shared.config import Plan
from shared.errors import DeskBusy, DeskClosed, NobodyWaits, WrongState
from shared.model import Call, Desk, DeskState, Need, Outcome, StopState
from shared.rules import dispatch
from shared.store import schema
from shared.store.database import Transaction
from shared.store.prepared import Prepared
from shared.verbs import views
from shared.verbs.journeys import advance, move, touch
from shared.verbs.plan import plan_in_force, today

_HEADS = 8
"""How many of each queue are looked at first."""
_OPEN = Prepared(sa.insert(schema.call).inline(), "site", "visit_id", "stop_id", "desk", "ring", "called_at", "rung_at")
_HOLD = Prepared(
    sa.select(schema.stop.c.id, schema.stop.c.visit_id, schema.stop.c.service)
    .join_from(schema.stop, schema.visit, schema.stop.c.visit_id == schema.visit.c.id)
    .where(schema.stop.c.id == sa.bindparam("wanted"), schema.stop.c.state == sa.literal_column("'waiting'"))
    .with_for_update(of=[schema.stop, schema.visit], skip_locked=True, key_share=True)
)
"""Heads are read without locks, so another console may have been quicker: then there is no row."""


def call_next(t: Transaction, desk: str) -> Desk:
    """Call the visitor who is next at this desk.

    Raises:
        DeskUnknown, DeskClosed: there is no such desk, or it is not open.
        DeskBusy: it still has a visitor.
        NobodyWaits: nobody waits for its services.
    """
    plan = plan_in_force(t)
    t.hold(schema.desk, site=t.site, key=desk)
    standing = views.desk(t, desk)
    if standing.state is not DeskState.OPEN:
        raise DeskClosed(f"Desk {desk} is closed: open it first.")
    if standing.call:
        raise DeskBusy(f"Desk {desk} still has {standing.call.code}: finish first.")
    stop = _take(t, plan, standing)
    if stop is None:
        raise NobodyWaits(f"Nobody waits for desk {desk}.")
    move(t, stop.id, StopState.WAITING, StopState.CALLED, times_called=schema.stop.c.times_called + 1)
    row = {"site": t.site, "visit_id": stop.visit_id, "stop_id": stop.id, "desk": desk, "ring": 1}
    t.execute(_OPEN, {**row, "called_at": t.now, "rung_at": t.now})
    touch(t, stop.visit_id)
    t.event("call", visit=stop.visit_id, stop=stop.id, service=stop.service, desk=desk)
    return views.desk(t, desk)


def start(t: Transaction, desk: str) -> Desk:
    """The visitor has come to the desk. Raises WrongState if nobody is called there."""
    call, stop_id, visit_id = _call_at(t, desk, StopState.CALLED)
    move(t, stop_id, StopState.CALLED, StopState.SERVING)
    t.execute(sa.update(schema.call).filter_by(id=call.id).values(started_at=t.now))
    touch(t, visit_id)
    t.event("start", visit=visit_id, stop=stop_id, service=call.service, desk=desk)
    return views.desk(t, desk)


def finish(t: Transaction, desk: str) -> Call:
    """This stop is settled; the visit's next one begins to wait. Gives the finished call.

    Raises WrongState if nobody is being served at the desk.
    """
    call, *_ = _call_at(t, desk, StopState.SERVING)
    return close_call(t, call, StopState.SERVING, StopState.DONE, Outcome.DONE)


def finish_and_next(t: Transaction, desk: str) -> Desk:
    """`finish` and `call_next` as one; where nobody waits, the desk is simply free."""
    finish(t, desk)
    try:
        return call_next(t, desk)
    except NobodyWaits:
        return views.desk(t, desk)


def close_call(t: Transaction, call: Call, from_: StopState, to: StopState, outcome: Outcome) -> Call:
    """End an open call; what its stop becomes decides whether the visit's next stop begins to wait."""
    row = t.execute(sa.select(schema.call).filter_by(id=call.id)).one()
    closed_at = max(t.now, row.called_at)  # a clock that was set back must not end a call before it began
    values = {"closed_at": closed_at} if to is StopState.DONE else {}
    move(t, row.stop_id, from_, to, **values)
    t.execute(sa.update(schema.call).filter_by(id=call.id).values(closed_at=closed_at, outcome=outcome))
    touch(t, row.visit_id)
    advance(t, plan_in_force(t), row.visit_id)
    t.event(outcome, visit=row.visit_id, stop=row.stop_id, service=call.service, desk=call.desk)
    return views.call_of(t, call.id)


def _call_at(t: Transaction, desk: str, state: StopState) -> tuple[Call, int, int]:
    """The desk's open call with its stop and visit. Raises WrongState unless the stop is in `state`."""
    call = views.desk(t, desk).call
    if call is None:
        raise WrongState(f"Nobody is called to desk {desk}.")
    if call.stop_state is not state:
        raise WrongState(f"{call.code} at desk {desk} is {call.stop_state}, not {state}.")
    row = t.execute(sa.select(schema.call.c.stop_id, schema.call.c.visit_id).filter_by(id=call.id)).one()
    return call, row.stop_id, row.visit_id


def _take(t: Transaction, plan: Plan, desk: Desk) -> sa.Row[Any] | None:
    """The stop that is next at a desk, held for it; None if nobody waits. Whom another desk takes now, it passes."""
    profile = dispatch.Profile(
        languages=frozenset(desk.languages),
        step_free=plan.desks[desk.key].step_free,
        language_window=timedelta(minutes=plan.rules.language_window_min),
    )
    most = _HEADS
    while True:
        heads = _heads(t, plan, desk, most)
        if not any(_all_unsuited(heads, service, profile, most) for service in desk.services):
            seen = len(heads)
            while head := dispatch.choose(heads, profile):
                if stop := t.execute(_HOLD, {"wanted": head.stop_id}).one_or_none():
                    return stop
                heads.remove(head)
            if seen < most:
                return None
        most *= 8  # rare: the first of a queue need a step-free desk or are being taken, so look further behind them


def _all_unsuited(heads: Sequence[dispatch.Head], service: str, desk: dispatch.Profile, most: int) -> bool:
    queue = [head for head in heads if head.service == service]
    return len(queue) >= most and not any(dispatch.suits(head, desk) for head in queue)


def _heads(t: Transaction, plan: Plan, desk: Desk, most: int) -> list[dispatch.Head]:
    """The first `most` who wait for each service of the desk, and of each language spoken there."""
    if not desk.services:
        return []
    values: dict[str, object] = {"wanted_site": t.site, "wanted_day": today(t, plan), "most": most}
    values |= {f"service_{n}": service for n, service in enumerate(desk.services)}
    values |= {f"language_{n}": language for n, language in enumerate(desk.languages)}
    rows = t.execute(_heads_statement(len(desk.services), len(desk.languages)), values)
    return [
        dispatch.Head(row.id, row.service, row.language, row.rank_at, Need.STEP_FREE in row.needs)
        for row in {row.id: row for row in rows}.values()
    ]


@cache
def _heads_statement(services: int, languages: int) -> Prepared:
    """Each queue's head comes from the index alone, so the cost does not grow with who waits behind it."""
    stop = schema.stop.c
    queues = []
    for service in range(services):
        queue = (
            sa.select(stop.id, stop.visit_id, stop.service, stop.language, stop.rank_at)
            .where(sa.literal_column("state") == sa.literal_column("'waiting'"))
            .where(stop.site == sa.bindparam("wanted_site"), stop.day == sa.bindparam("wanted_day"))
            .where(stop.service == sa.bindparam(f"service_{service}"))
            .order_by(stop.rank_at, stop.id)
            .limit(sa.bindparam("most"))
        )
        spoken = [queue.where(stop.language == sa.bindparam(f"language_{n}")) for n in range(languages)]
        queues += [part.subquery() for part in (queue, *spoken)]
    heads = sa.union_all(*(sa.select(queue) for queue in queues)).subquery("heads")
    return Prepared(
        sa.select(heads, schema.visit.c.needs).join_from(heads, schema.visit, schema.visit.c.id == heads.c.visit_id)
    )
