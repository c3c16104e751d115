"""A desk calls a visitor, serves and finishes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache

import sqlalchemy as sa

from shared.config import Plan
from shared.errors import DeskBusy, DeskClosed, NobodyWaits, Suspended, WrongState
from shared.model import Desk, DeskAnswer, DeskState, Outcome
from shared.rules import dispatch
from shared.rules.moves import Verb
from shared.rules.recall import may_recall
from shared.rules.suits import suits
from shared.store import predicates, schema
from shared.store.database import Transaction
from shared.store.prepared import Prepared
from shared.verbs.site.due import tidy
from shared.verbs.site.halt import refuse_while_suspended
from shared.verbs.stops.journeys import Row, move, step_aside, touch
from shared.verbs.stops.steps import answer, at_desk, begin_service, let_go, step
from shared.views.desk import read_desk_and_halt
from shared.views.in_force import plan_in_force, today
from shared.views.rows import VISITOR, first_ring

_HEADS = 8
"""How many visitors of each queue are read first."""
_OPEN = Prepared(
    sa.insert(schema.call).returning(schema.call.c.id),
    *("site", "visit_id", "stop_id", "desk", "ring", "called_at", "rung_at"),
)
_LOCK = Prepared(
    sa.select(schema.stop, *(schema.visit.c[name] for name in VISITOR if name != "language"))
    .join_from(schema.stop, schema.visit, schema.stop.c.visit_id == schema.visit.c.id)
    .where(schema.stop.c.id == sa.bindparam("wanted"), predicates.waiting(schema.stop.c.state))
    .with_for_update(of=[schema.stop, schema.visit], skip_locked=True, key_share=True)
)
"""Heads are read without locks, so another console may have been quicker; then this gives no row."""


def call_next(t: Transaction, desk_key: str) -> DeskAnswer:
    """Call the next visitor for this desk.

    Raises:
        Suspended: nobody is called anywhere for a while.
        DeskUnknown, DeskClosed: there is no such desk, or it is not open.
        DeskBusy: it still has a visitor.
        NobodyWaits: nobody waits for its services.
    """
    tidy(t)
    standing = ready_desk(t, desk_key)
    stop = _take(t, plan_in_force(t), standing)
    if stop is None:
        raise NobodyWaits(f"Nobody waits for desk {desk_key}.")
    call = first_ring(t, open_call(t, Verb.NEXT, desk_key, stop), desk_key, stop)
    return DeskAnswer(replace(standing, call=call))


def recall(t: Transaction, desk_key: str) -> DeskAnswer:
    """Announce the call again. Raises WrongState if nobody is called there, or after too many repeats."""
    here = at_desk(t, desk_key, Verb.START)
    if not may_recall(here.ring, plan_in_force(t).rules.recalls):
        raise WrongState(f"{here.code} was called {here.ring} times: that is enough.")
    again = sa.update(schema.call).where(schema.call.c.id == here.call_id)
    t.execute(again.values(ring=here.ring + 1, rung_at=t.now))
    touch(t, here.stop.visit_id)
    t.event("recall", visit=here.stop.visit_id, stop=here.stop.id, service=here.stop.service, desk=desk_key)
    return answer(t, desk_key)


def start(t: Transaction, desk_key: str) -> DeskAnswer:
    """The visitor has come to the desk. Raises WrongState if nobody is called there."""
    here = at_desk(t, desk_key, Verb.START)
    with step(t, Verb.START, desk_key, here.stop, here):
        begin_service(t, here)
    return answer(t, desk_key)


def finish(t: Transaction, desk_key: str) -> DeskAnswer:
    """This stop is settled; the visit's next one begins to wait.

    Raises WrongState if nobody is being served at the desk.
    """
    return let_go(t, desk_key, Verb.FINISH, Outcome.DONE)


def finish_and_next(t: Transaction, desk_key: str) -> DeskAnswer:
    """`finish` and `call_next` in one; if nobody can be called, the desk simply has no visitor."""
    finished = finish(t, desk_key)
    try:
        return DeskAnswer(call_next(t, desk_key).desk, finished.ended)
    except (NobodyWaits, DeskClosed, Suspended):
        return finished


def ready_desk(t: Transaction, desk_key: str) -> Desk:
    """The desk, if it may call a visitor. Raises Suspended, DeskUnknown, DeskClosed or DeskBusy."""
    t.lock(schema.desk, site=t.site, key=desk_key)
    standing, halt = read_desk_and_halt(t, desk_key)
    refuse_while_suspended(halt)
    if standing.state is not DeskState.OPEN:
        raise DeskClosed(f"Desk {desk_key} is {standing.state}: open it first.")
    if standing.call:
        raise DeskBusy(f"Desk {desk_key} still has {standing.call.code}: finish first.")
    return standing


def open_call(
    t: Transaction, verb: Verb, desk_key: str, stop: Row, displaced: Row | None = None, **values: object
) -> int:
    """Open a call of a stop to a desk, with its first ring; `displaced` is the visit's stop that must step aside.

    Returns the call's id.
    """
    with step(t, verb, desk_key, stop):
        if displaced is not None:
            step_aside(t, displaced)
        move(t, stop.id, verb, times_called=stop.times_called + 1, **values)
        row = {"site": t.site, "visit_id": stop.visit_id, "stop_id": stop.id, "desk": desk_key, "ring": 1}
        call_id: int = t.execute(_OPEN, {**row, "called_at": t.now, "rung_at": t.now}).scalar_one()
    return call_id


def _take(t: Transaction, plan: Plan, desk: Desk) -> Row | None:
    """The next stop for a desk, locked for it; None if nobody waits.

    Skips a visitor if another desk is calling that visitor at this moment.
    """
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
                stop: Row | None = t.execute(_LOCK, {"wanted": head.stop_id}).one_or_none()
                if stop:
                    t.locked(schema.visit, id=stop.visit_id)
                    return stop
                heads.remove(head)
            if seen < most:
                return None
        most *= 8  # rare: the first visitors need a step-free desk or are being called elsewhere, so look further back


def _all_unsuited(heads: Sequence[dispatch.Head], service: str, desk: dispatch.Profile, most: int) -> bool:
    queue = [head for head in heads if head.service == service]
    return len(queue) >= most and not any(suits(head.needs, step_free=desk.step_free) for head in queue)


def _heads(t: Transaction, plan: Plan, desk: Desk, most: int) -> list[dispatch.Head]:
    """The first `most` visitors for each service of the desk, and for each language spoken there."""
    if not desk.services:
        return []
    values: dict[str, object] = {"wanted_site": t.site, "wanted_day": today(t, plan), "most": most}
    values |= {f"service_{n}": service for n, service in enumerate(desk.services)}
    values |= {f"language_{n}": language for n, language in enumerate(desk.languages)}
    rows = t.execute(_heads_statement(len(desk.services), len(desk.languages)), values)
    return [
        dispatch.Head(row.id, row.service, row.language, row.rank_at, row.needs)
        for row in {row.id: row for row in rows}.values()
    ]


@cache
def _heads_statement(services: int, languages: int) -> Prepared:
    """Reads each queue's head from the index alone, so the cost does not grow with the length of the queue."""
    stop = schema.stop.c
    queues = []
    for service in range(services):
        queue = (
            sa.select(stop.id, stop.visit_id, stop.service, stop.language, stop.rank_at)
            .where(predicates.waiting(stop.state))
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
