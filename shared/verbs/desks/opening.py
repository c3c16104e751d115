"""A desk opens for visitors, pauses and closes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import sqlalchemy as sa

from shared.config import Plan
from shared.errors import DeskClosed, DeskTaken, Malformed, ServiceUnknown, WrongState
from shared.language import require_languages
from shared.model import DeskAnswer, DeskState
from shared.rules.closing import Ending
from shared.store import predicates, schema
from shared.store.database import Transaction
from shared.verbs.desks.letting_go import check_reason
from shared.verbs.stops.closing import leave, still_served, unheld_state, write_closed
from shared.verbs.stops.steps import answer, present
from shared.views.desk import read_desk
from shared.views.in_force import plan_in_force

LEASE = timedelta(minutes=2)
"""How long a silent console still counts as present."""


def open_desk(
    t: Transaction,
    desk_key: str,
    services: Sequence[str] | None = None,
    languages: Sequence[str] = (),
    take_over: bool = False,
) -> DeskAnswer:
    """Let a desk take visitors.

    Args:
        services: What it serves today; None for all it may serve, or for what it served before its pause.
        languages: What the official speaks besides the language of the house.
        take_over: Open it even if it is already open: its visitor stays, services and languages are replaced.

    Raises:
        DeskUnknown, ServiceUnknown: not in the plan, or not a service of this desk.
        DeskTaken: it is already open.
        Malformed: a language is unknown, or no service is named.
    """
    plan = plan_in_force(t)
    t.lock(schema.desk, site=t.site, key=desk_key)
    chosen = _services(plan, desk_key, services)
    require_languages(languages)
    standing = read_desk(t, desk_key)
    if standing.state is DeskState.OPEN and not take_over:
        raise DeskTaken(f"Desk {desk_key} is open already. Close it there, or take it over.")
    if standing.state in (DeskState.PAUSED, DeskState.DRAINING):  # goes on as before unless told otherwise
        chosen = chosen if services is not None else standing.services
        languages = languages or standing.languages
    values = unheld_state(DeskState.OPEN, chosen, languages) | _since(t, standing.state, DeskState.OPEN)
    if t.execute(sa.update(schema.desk_state).filter_by(site=t.site, desk=desk_key).values(values)).rowcount == 0:
        t.execute(sa.insert(schema.desk_state), {"site": t.site, "desk": desk_key, **values})
    t.event("desk_open", desk=desk_key)
    return answer(t, desk_key)


def drain_desk(t: Transaction, desk_key: str) -> DeskAnswer:
    """Let a desk finish with its visitor and take no more. Raises DeskUnknown, DeskClosed."""
    return _set(t, desk_key, DeskState.DRAINING, None)


def pause_desk(t: Transaction, desk_key: str, reason: str | None = None) -> DeskAnswer:
    """Let a desk take no visitors until it is opened again; it keeps its visitor.

    Raises:
        DeskUnknown, DeskClosed: there is no such desk, or it is closed.
        Malformed: the plan has no such reason for pausing.
    """
    check_reason(plan_in_force(t), reason, "pause")
    return _set(t, desk_key, DeskState.PAUSED, reason)


def close_desk(t: Transaction, desk_key: str) -> DeskAnswer:
    """Close a desk. A visitor who was called goes back to the front of the queue.

    Raises WrongState while somebody is being served there.
    """
    t.lock(schema.desk, site=t.site, key=desk_key)
    plan_in_force(t).require_desk(desk_key)
    for here in present(t, schema.call.c.desk == desk_key):
        if still_served([here], Ending.CLOSED):
            raise WrongState(f"Desk {desk_key} still serves {here.code}: finish first.")
        leave(t, here, Ending.CLOSED)
    write_closed(t, desk_key)
    t.event("desk_close", desk=desk_key)
    return answer(t, desk_key)


def renew_lease(t: Transaction, desk_key: str, holder: str) -> bool:
    """Say that a console still works at a desk: if it falls silent for two minutes, the desk gives its visitor back.

    Does not wake other faces. Returns False and changes nothing if the desk is closed or another console has it.
    """
    t.look_anew()
    row = schema.desk_state.c
    mine = sa.or_(row.holder.is_(None), row.holder == holder, row.lease_until < t.now)
    held = sa.update(schema.desk_state).where(
        row.site == t.site, row.desk == desk_key, predicates.attended(row.state), mine
    )
    return t.execute(held.values(holder=holder, lease_until=t.now + LEASE)).rowcount == 1


def _since(t: Transaction, before: DeskState, state: DeskState) -> dict[str, object]:
    """The moment of the change, if the state has changed."""
    return {} if before is state else {"since": t.now}


def _set(t: Transaction, desk_key: str, state: DeskState, reason: str | None) -> DeskAnswer:
    plan_in_force(t).require_desk(desk_key)
    t.lock(schema.desk, site=t.site, key=desk_key)
    before = read_desk(t, desk_key).state
    if before is DeskState.CLOSED:
        raise DeskClosed(f"Desk {desk_key} is closed: open it first.")
    values: dict[str, object] = {"state": state, "reason": reason} | _since(t, before, state)
    t.execute(sa.update(schema.desk_state).filter_by(site=t.site, desk=desk_key).values(values))
    t.event(f"desk_{state}", desk=desk_key)
    return answer(t, desk_key)


def _services(plan: Plan, desk_key: str, wanted: Sequence[str] | None) -> tuple[str, ...]:
    plan.require_desk(desk_key)
    may = plan.services_of_desk(desk_key)
    if wanted is None:
        return may
    if foreign := [service for service in wanted if service not in may]:
        raise ServiceUnknown(f"Desk {desk_key} does not serve {', '.join(foreign)}. It may serve: {', '.join(may)}.")
    if not wanted:
        raise Malformed(f"Name at least one service for desk {desk_key}: {', '.join(may)}.")
    return tuple(dict.fromkeys(wanted))
