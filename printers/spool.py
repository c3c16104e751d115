"""From a print job in the database to paper, and back to what is known of it. Never inside a transaction."""

from __future__ import annotations

from printers.escpos import Receipt, print_picture
from printers.layout import ticket_picture
from printers.sheet import Paper
from shared.config import Plan
from shared.errors import AnkommenError
from shared.model import PrintState, Ticket
from shared.store.database import Database
from shared.verbs import views
from shared.verbs.print_jobs import claim_print, settle_print


def print_ticket(database: Database, plan: Plan, ticket: Ticket, *, training: bool) -> Ticket:
    """Print the ticket's job unless somebody has it already, and give the ticket as it stands afterwards.

    A printer's trouble is no error here: it is the job's state. Takes as long as the printer does.
    """
    job = ticket.print
    if job is not None and database.do(claim_print, job.id):
        receipt = _printed(plan, ticket, job.printer, training)
        database.do(settle_print, job.id, receipt.state, receipt.detail)
    return database.read(views.ticket_of, ticket.visit_id)


def printer_for(plan: Plan, device: str | None) -> str:
    """Key of the printer beside a device: its kiosk's own, "none" if it has none; elsewhere the first of the plan."""
    kiosk = plan.kiosks.get(device or "")
    return (kiosk.printer or "none") if kiosk else next(iter(plan.printers), "none")


def _printed(plan: Plan, ticket: Ticket, printer: str, training: bool) -> Receipt:
    planned = plan.printers.get(printer)
    url, paper = (planned.url, Paper(planned.dots, planned.dpi)) if planned else (printer, Paper())
    try:
        return print_picture(url, ticket_picture(ticket, plan, paper, training=training))
    except AnkommenError as error:  # a letter that no font has, a URL of no known kind
        return Receipt(PrintState.FAILED, error.message)
