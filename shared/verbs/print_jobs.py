"""A print job is taken by exactly one process, and what became of it is written down."""

from __future__ import annotations

import sqlalchemy as sa

from shared.model import PrintState
from shared.store import schema
from shared.store.database import Transaction


def claim_print(t: Transaction, job_id: int) -> bool:
    """Take a queued job to print it. False if somebody else has it."""
    return _move(t, job_id, PrintState.QUEUED, PrintState.SENDING, None)


def settle_print(t: Transaction, job_id: int, state: PrintState, detail: str | None) -> bool:
    """Write down how a job that was being sent ended. False if it was not being sent."""
    return _move(t, job_id, PrintState.SENDING, state, detail)


def _move(t: Transaction, job_id: int, from_: PrintState, to: PrintState, detail: str | None) -> bool:
    statement = sa.update(schema.print_job).where(schema.print_job.c.state == from_).filter_by(id=job_id)
    moved = t.execute(statement.values(state=to, detail=detail, changed_at=t.now)).rowcount == 1
    if moved:
        t.event(f"print_{to}")
    return moved
