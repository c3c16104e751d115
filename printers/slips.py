"""The bytes for the printer, for each kind of slip."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from printers.coming import coming_picture
from printers.escpos import picture_bytes
from printers.layout import ticket_picture
from printers.leaflet import leaflet_picture, page_for_nobody
from printers.samples import SAMPLE_WAIT, sample_ticket
from printers.sheet import Paper
from printers.text_slip import emergency_ticket
from shared.config import Plan
from shared.config.plan import PrinterPlan
from shared.errors import AnkommenError
from shared.model import Assistance, PrintJob, PrintKind, Told

About = Told | Assistance | None
"""Whom a slip is for; None for a test page."""


def slip_bytes(
    job: PrintJob, about: About, plan: Plan, printer: PrinterPlan, now: datetime, *, training: bool
) -> bytes:
    """The commands that print a job. A ticket that cannot be drawn is printed as text: number and German.

    Raises AnkommenError if another kind of slip cannot be drawn.
    """
    paper = Paper(printer.dots, printer.dpi)
    if about is None:
        return picture_bytes(page_for_nobody(plan, job.printer, paper, now, training=training))
    if isinstance(about, Assistance):
        return picture_bytes(coming_picture(about, plan, paper, training=training))
    ticket = about.ticket
    if job.kind is PrintKind.LEAFLET:
        picture = leaflet_picture(job.service or "", ticket.language, plan, paper, training=training)
        return picture_bytes(picture)
    try:
        picture = ticket_picture(ticket, plan, paper, wait=about.wait, training=training, copy=job.copy)
        return picture_bytes(picture)
    except (AnkommenError, OSError, ValueError, RuntimeError):  # letters, fonts, raqm: the number must come out anyway
        return emergency_ticket(ticket, job.copy)


def make_ready(language: str, plan: Plan, printer: PrinterPlan, *, training: bool) -> None:
    """Draw a ticket as kiosks do: letters, texts and libraries are then cached, so the first real one is as fast.

    With and without a wait: if the wait makes the ticket too long, all letters get smaller.
    """
    ticket = replace(sample_ticket(plan, language), adults=1, children=0, interpreter=None, needs=())
    paper = Paper(printer.dots, printer.dpi)
    for wait in (None, SAMPLE_WAIT):
        picture_bytes(ticket_picture(ticket, plan, paper, wait=wait, training=training))
