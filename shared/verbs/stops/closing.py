"""A desk stops: what happens to its visitor, and what is forgotten."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

import sqlalchemy as sa

from shared.model import DeskState, OwnReason, StopState
from shared.rules.closing import Ending, Fate, fate
from shared.rules.moves import Verb
from shared.store import predicates, schema
from shared.store.database import Transaction
from shared.verbs.stops.journeys import advance, touch
from shared.verbs.stops.steps import Presence, end_call
from shared.views.in_force import plan_in_force


def leave(t: Transaction, here: Presence, ending: Ending) -> None:
    """Take the visitor from a desk that stops, as `rules/closing.py` says.

    If the desk must first finish with the visitor, the caller has to refuse; see `still_served`.
    """
    leaves = fate(ending, StopState(here.stop.state))
    if isinstance(leaves, Fate):
        return
    plan = plan_in_force(t)
    if leaves.verb is Verb.PARK:
        due_at = t.now + timedelta(minutes=plan.rules.park_min)
        end_call(t, here, leaves.verb, leaves.outcome, reason=OwnReason.CONSOLE_LOST, due_at=due_at)
        advance(t, plan, here.stop.visit_id)
    else:
        end_call(t, here, leaves.verb, leaves.outcome)
    touch(t, here.stop.visit_id)


def still_served(here: Iterable[Presence], ending: Ending) -> list[Presence]:
    """Visitors that their desks must finish with first."""
    return [one for one in here if fate(ending, StopState(one.stop.state)) is Fate.FIRST]


def write_closed(t: Transaction, desk_key: str | None = None) -> None:
    """Close a desk, or all desks, and forget what could be undone there: the next opening starts afresh."""
    which = {"site": t.site} | ({"desk": desk_key} if desk_key is not None else {})
    values = unheld_state(DeskState.CLOSED, (), ()) | {"since": t.now}
    still_open = sa.update(schema.desk_state).filter_by(**which).where(predicates.attended(schema.desk_state.c.state))
    t.execute(still_open.values(values))
    t.execute(sa.delete(schema.step).filter_by(**which))


def unheld_state(state: DeskState, services: Sequence[str], languages: Sequence[str]) -> dict[str, object]:
    """The state of a desk that no console holds."""
    nobody = {"reason": None, "holder": None, "lease_until": None}
    return {"state": state, "services": list(services), "languages": list(languages), **nobody}
