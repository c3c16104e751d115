"""The state of slips and printers."""

from __future__ import annotations

import sqlalchemy as sa

from shared.model import PrinterState, PrintJob
from shared.store import schema
from shared.store.database import Transaction
from shared.views.rows import print_job_from, printer_from


def read_print_job(t: Transaction, job_id: int) -> PrintJob:
    """The state of a slip."""
    return print_job_from(t.execute(sa.select(schema.print_job).filter_by(id=job_id)).one())


def find_print_job(t: Transaction, job_id: int) -> PrintJob | None:
    """The state of a slip; None if it was deleted with its visit."""
    row = t.execute(sa.select(schema.print_job).filter_by(id=job_id)).one_or_none()
    return None if row is None else print_job_from(row)


def read_printers(t: Transaction) -> tuple[PrinterState, ...]:
    """The printers as a worker last saw them, sorted by key."""
    rows = t.execute(sa.select(schema.printer_state).filter_by(site=t.site).order_by(schema.printer_state.c.printer))
    return tuple(printer_from(row, t.now) for row in rows)
