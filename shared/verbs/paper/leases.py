"""One worker per printer: it holds the printer by a lease in the database, and stores the printer's state."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

import sqlalchemy as sa

from shared.model import Doubt, PrinterCondition, PrintState
from shared.store import schema
from shared.store.backend import insert_of
from shared.store.database import Transaction

LOST = "the program that was printing it was lost"
_STATE = schema.printer_state.c


class Hold(StrEnum):
    """The result of trying to hold a printer."""

    MINE = "mine"
    TAKEN_OVER = "taken_over"  # from a worker that went silent in the middle of a slip
    OTHERS = "others"


def hold(t: Transaction, printer: str, holder: str, lease_s: float) -> Hold:
    """Take a printer, or keep holding it, for `lease_s` seconds.

    After a takeover, the slip that was being sent may be on paper or not, so it becomes unproven.
    """
    t.look_anew()
    insert = insert_of(t.connection.dialect.name)
    new = {"site": t.site, "printer": printer, "status": PrinterCondition.UNKNOWN, "seen_at": t.now}
    t.execute(insert(schema.printer_state).values(**new).on_conflict_do_nothing())
    known = sa.select(schema.printer_state).filter_by(site=t.site, printer=printer).with_for_update()
    row = t.execute(known).one()
    if row.holder not in (None, holder) and row.lease_until >= t.now:
        return Hold.OTHERS
    _update(t, printer, holder=holder, lease_until=t.now + timedelta(seconds=lease_s))
    lost = row.holder != holder and doubt_what_was_being_sent(t, printer)
    return Hold.TAKEN_OVER if lost else Hold.MINE


def hold_on(t: Transaction, printer: str, holder: str, lease_s: float) -> bool:
    """Hold a printer for `lease_s` seconds from now. False if somebody else holds it, or nobody."""
    t.look_anew()
    held = sa.update(schema.printer_state).filter_by(site=t.site, printer=printer, holder=holder)
    return t.execute(held.values(lease_until=t.now + timedelta(seconds=lease_s))).rowcount == 1


def release(t: Transaction, printer: str, holder: str) -> bool:
    """Give a printer back. False if it was no longer held."""
    held = sa.update(schema.printer_state).filter_by(site=t.site, printer=printer, holder=holder)
    return t.execute(held.values(holder=None, lease_until=None)).rowcount == 1


def observe(t: Transaction, printer: str, status: PrinterCondition, detail: str | None) -> None:
    """Store the state of a printer; faces are woken if it has changed."""
    before = t.execute(sa.select(_STATE.status, _STATE.detail).filter_by(site=t.site, printer=printer)).one_or_none()
    if before is None or (before.status, before.detail) == (status, detail):
        return
    _update(t, printer, status=status, detail=detail, seen_at=t.now)
    t.event("printer")


def _update(t: Transaction, printer: str, **values: object) -> None:
    t.execute(sa.update(schema.printer_state).filter_by(site=t.site, printer=printer).values(**values))


def doubt_what_was_being_sent(t: Transaction, printer: str) -> bool:
    """A slip that is still being sent may be on paper or not: make it unproven. Returns whether there was one."""
    sending = sa.update(schema.print_job).filter_by(site=t.site, printer=printer, state=PrintState.SENDING)
    doubted = sending.values(state=PrintState.UNPROVEN, detail=LOST, doubt=Doubt.LOST, changed_at=t.now)
    lost = t.execute(doubted).rowcount > 0
    if lost:
        t.event(f"print_{PrintState.UNPROVEN}")
    return lost
