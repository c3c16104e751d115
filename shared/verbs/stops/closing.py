"""A desk closes, and what could be undone there is forgotten."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from shared.model import DeskState
from shared.store import schema
from shared.store.database import Transaction


def write_closed(t: Transaction, desk: str | None = None) -> None:
    """Close a desk, or every one, and forget what could be undone there: whoever opens it next starts afresh."""
    which = {"site": t.site} | ({"desk": desk} if desk is not None else {})
    values = afresh(DeskState.CLOSED, (), ()) | {"since": t.now}
    still_open = sa.update(schema.desk_state).filter_by(**which).where(schema.desk_state.c.state != DeskState.CLOSED)
    t.execute(still_open.values(values))
    t.execute(sa.delete(schema.step).filter_by(**which))


def afresh(state: DeskState, services: Sequence[str], languages: Sequence[str]) -> dict[str, object]:
    """How a desk stands that no console holds yet, or any more."""
    nobody = {"reason": None, "holder": None, "lease_until": None}
    return {"state": state, "services": list(services), "languages": list(languages), **nobody}
