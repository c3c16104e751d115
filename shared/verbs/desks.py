"""A desk opens for visitors and closes."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from shared.config import Plan
from shared.errors import DeskTaken, DeskUnknown, Malformed, ServiceUnknown, WrongState
from shared.language import LANGUAGES
from shared.model import Desk, DeskState, Outcome, StopState
from shared.store import schema
from shared.store.database import Transaction
from shared.verbs import views
from shared.verbs.calls import close_call
from shared.verbs.plan import plan_in_force


def open_desk(
    t: Transaction,
    desk: str,
    services: Sequence[str] | None = None,
    languages: Sequence[str] = (),
    take_over: bool = False,
) -> Desk:
    """Let a desk take visitors.

    Args:
        services: Those it serves today; None for all it may serve.
        languages: Those the official speaks besides the language of the house.
        take_over: Also if it is open already: its visitor stays, services and languages are those given now.

    Raises:
        DeskUnknown, ServiceUnknown: not in the plan, or not a service of this desk.
        DeskTaken: it is open already.
        Malformed: a language is unknown, or no service is named.
    """
    plan = plan_in_force(t)
    t.hold(schema.desk, site=t.site, key=desk)
    chosen = _services(plan, desk, services)
    if unknown := [tag for tag in languages if tag not in LANGUAGES]:
        raise Malformed(f"Unknown language {', '.join(unknown)}; known are: {', '.join(LANGUAGES)}.")
    if views.desk(t, desk).state is DeskState.OPEN and not take_over:
        raise DeskTaken(f"Desk {desk} is open already. Close it there, or take it over.")
    _write(t, desk, DeskState.OPEN, chosen, languages)
    t.event("desk_open", desk=desk)
    return views.desk(t, desk)


def close_desk(t: Transaction, desk: str) -> Desk:
    """Let a desk take nobody any more. A visitor who was called goes back to the front of the queue.

    Raises WrongState while somebody is being served there.
    """
    t.hold(schema.desk, site=t.site, key=desk)
    standing = views.desk(t, desk)
    if standing.call and standing.call.stop_state is StopState.SERVING:
        raise WrongState(f"Desk {desk} still serves {standing.call.code}: finish first.")
    if standing.call:
        close_call(t, standing.call, StopState.CALLED, StopState.WAITING, Outcome.RETURNED)
    _write(t, desk, DeskState.CLOSED, (), ())
    t.event("desk_close", desk=desk)
    return views.desk(t, desk)


def _services(plan: Plan, desk: str, wanted: Sequence[str] | None) -> tuple[str, ...]:
    if desk not in plan.desks:
        raise DeskUnknown(f"No desk {desk!r}. Known are: {', '.join(plan.desks)}.")
    may = plan.services_of_desk(desk)
    if wanted is None:
        return may
    if foreign := [service for service in wanted if service not in may]:
        raise ServiceUnknown(f"Desk {desk} does not serve {', '.join(foreign)}. It may serve: {', '.join(may)}.")
    if not wanted:
        raise Malformed(f"Name at least one service for desk {desk}: {', '.join(may)}.")
    return tuple(dict.fromkeys(wanted))


def _write(t: Transaction, desk: str, state: DeskState, services: Sequence[str], languages: Sequence[str]) -> None:
    values = {"state": state, "services": list(services), "languages": list(languages)}
    if t.execute(sa.update(schema.desk_state).filter_by(site=t.site, desk=desk).values(values)).rowcount == 0:
        t.execute(sa.insert(schema.desk_state), {"site": t.site, "desk": desk, **values})
