"""Slips on their way to paper: created in the transaction they report, printed by the holder of the printer."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from shared.errors import PrinterUnavailable, ServiceUnknown
from shared.model import Doubt, PrintJob, PrintKind, PrintState, StopState, Ticket
from shared.store import predicates, schema
from shared.store.database import Transaction
from shared.store.prepared import Prepared
from shared.verbs.look_up import find_ticket, refused
from shared.verbs.paper import leases
from shared.views.in_force import plan_in_force
from shared.views.paper import read_print_job
from shared.views.visit import ticket_of

_JOB = schema.print_job.c
_QUEUE = Prepared(
    sa.insert(schema.print_job).returning(_JOB.id),
    *("site", "visit_id", "assistance_id", "kind", "service", "copy", "printer", "state", "created_at", "changed_at"),
)
TOO_OLD = "nobody waits for this slip any more"
_TICKETS = (PrintKind.TICKET, PrintKind.COPY)
"""Slips that tell the visitor to wait for a call."""


def queue(
    t: Transaction,
    printer: str,
    kind: PrintKind,
    visit_id: int | None,
    *,
    service: str | None = None,
    copy: int = 0,
    assistance_id: int | None = None,
) -> PrintJob:
    """Put a slip at the end of a printer's queue. Verbs call this within their transaction."""
    values = {
        "visit_id": visit_id,
        "assistance_id": assistance_id,
        "kind": kind,
        "service": service,
        "copy": copy,
        "printer": printer,
    }
    row = {"site": t.site, **values, "state": PrintState.QUEUED, "created_at": t.now, "changed_at": t.now}
    job_id = t.execute(_QUEUE, row).scalar_one()
    queued = PrintState.QUEUED
    return PrintJob(job_id, printer, queued, None, kind, visit_id, service, copy, assistance_id=assistance_id)


def reprint(t: Transaction, code: str, printer: str) -> Ticket:
    """Print a ticket of today once more, marked as a copy with its count.

    Raises NumberUnknown; WrongState if the visit is over: a slip that says to wait for a call would mislead.
    """
    ticket = find_ticket(t, code)
    if not any(stop.state.open for stop in ticket.stops):
        why, helps = _why_over(ticket)
        raise refused(t, ticket.visit_id, f"{ticket.code} {why}", helps)
    copies = t.execute(sa.select(sa.func.max(_JOB.copy)).filter_by(visit_id=ticket.visit_id)).scalar_one()
    queue(t, printer, PrintKind.COPY, ticket.visit_id, copy=(copies or 0) + 1)
    t.event("reprint", visit=ticket.visit_id)
    return ticket_of(t, ticket.visit_id)


def _why_over(ticket: Ticket) -> tuple[str, str]:
    """Why nobody calls a number any more, and what brings it back."""
    states = {stop.state for stop in ticket.stops}
    if StopState.GONE in states:
        return "is gone: nobody calls it.", "Back again: ticket back"
    if states == {StopState.CANCELLED}:
        return "is cancelled: nobody calls it.", "Back again: ticket back"
    return "is settled: nobody calls it any more.", ""


def leaflet(t: Transaction, code: str, service: str, printer: str) -> PrintJob:
    """Print what the plan says about a service, for the visitor with this number.

    Raises NumberUnknown; ServiceUnknown for a service that is not in the plan or has no leaflet.
    """
    plan = plan_in_force(t)
    known = [key for key, item in plan.services.items() if item.leaflet or item.documents]
    if service not in known:
        raise ServiceUnknown(
            f"No leaflet about {service[:40]!r}. There are some about: {', '.join(known) or 'nothing'}."
        )
    visit_id = find_ticket(t, code).visit_id
    return queue(t, printer, PrintKind.LEAFLET, visit_id, service=service)


def page_for_nobody(t: Transaction, printer: str) -> PrintJob:
    """Print a page for nobody, to see that the printer works."""
    return queue(t, printer, PrintKind.TEST, None)


def anything_queued(t: Transaction, printer: str) -> bool:
    """Whether slips wait for a printer."""
    return t.execute(_queued(t, printer)).first() is not None


def _queued(t: Transaction, printer: str) -> sa.Select[tuple[int]]:
    """The id of the first slip that waits for a printer."""
    waiting = sa.select(_JOB.id).filter_by(site=t.site, printer=printer).where(predicates.queued(_JOB.state))
    return waiting.order_by(_JOB.id).limit(1)


def take_next(t: Transaction, printer: str, holder: str, lease_s: float) -> PrintJob | None:
    """Take the first slip of the queue to send it, and hold the printer for `lease_s` seconds; None if none is left.

    This also cancels slips of people who have left, and slips that are too old. A holder has at most one slip in hand:
    one that is still being sent was never settled, and becomes unproven. Raises PrinterUnavailable if `holder` no
    longer holds the printer.
    """
    if not leases.hold_on(t, printer, holder, lease_s):
        raise PrinterUnavailable(f"The printer {printer} is in other hands now.")
    leases.doubt_what_was_being_sent(t, printer)
    _cancel_late(t, printer)
    job_id = t.execute(_queued(t, printer)).scalar_one_or_none()
    if job_id is None:
        return None
    _move(t, job_id, PrintState.QUEUED, PrintState.SENDING, None)
    return read_print_job(t, job_id)


def _cancel_late(t: Transaction, printer: str) -> None:
    oldest = t.now - timedelta(minutes=plan_in_force(t).rules.print_within_min)
    over = sa.select(schema.visit.c.id).where(schema.visit.c.site == t.site, schema.visit.c.closed_at.is_not(None))
    help_ = schema.assistance.c
    came = sa.select(help_.id).where(help_.site == t.site, ~predicates.wanted(help_.state))
    outdated = (
        _JOB.created_at < oldest,
        sa.and_(_JOB.kind.in_(_TICKETS), _JOB.visit_id.in_(over)),
        _JOB.assistance_id.in_(came),
    )
    late = t.execute(
        sa.update(schema.print_job)
        .filter_by(site=t.site, printer=printer)
        .where(predicates.queued(_JOB.state), sa.or_(*outdated))
        .values(state=PrintState.CANCELLED, detail=TOO_OLD, changed_at=t.now)
    )
    if late.rowcount:
        t.event("print_cancelled")


def settle(t: Transaction, job_id: int, state: PrintState, detail: str | None, doubt: Doubt | None = None) -> bool:
    """Store how the sending of a slip ended; `doubt` is why, if it is unproven.

    False if it was not being sent. If its worker was thought lost, a slip may still turn out to be printed.
    """
    return _move(t, job_id, PrintState.SENDING, state, detail, doubt) or (
        state is PrintState.PRINTED and _move(t, job_id, PrintState.UNPROVEN, state, detail)
    )


def put_back(t: Transaction, job_id: int, detail: str | None, printer: str | None = None) -> bool:
    """Put a slip back in its place in the queue, or in another printer's: only if nothing of it is on paper."""
    moved = _move(t, job_id, PrintState.SENDING, PrintState.QUEUED, detail)
    if moved and printer is not None:
        t.execute(sa.update(schema.print_job).filter_by(id=job_id).values(printer=printer))
    return moved


def give_up(t: Transaction, job_id: int, detail: str) -> bool:
    """Fail a slip that still waits, because nobody would print it later. False if it no longer waits."""
    return _move(t, job_id, PrintState.QUEUED, PrintState.FAILED, detail)


def _move(
    t: Transaction, job_id: int, from_: PrintState, to: PrintState, detail: str | None, doubt: Doubt | None = None
) -> bool:
    statement = sa.update(schema.print_job).where(_JOB.state == from_).filter_by(id=job_id)
    moved = t.execute(statement.values(state=to, detail=detail, doubt=doubt, changed_at=t.now)).rowcount == 1
    if moved and to is not PrintState.SENDING:
        t.event(f"print_{to}")
    return moved
