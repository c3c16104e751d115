"""What came out of a printer: its QR codes, as a phone reads them, and the slip in the queue."""

from __future__ import annotations

from pathlib import Path

import zxingcpp
from PIL import Image

from printers.virtual import VirtualPrinter
from shared.model import Arrival, PrintJob, Ticket
from shared.store.database import Database
from shared.views.paper import read_print_job

FAMILY = Arrival(packages=("neu",), language="uk")
"""Somebody with several stops ahead."""


def codes_on(paper: Path | Image.Image) -> list[str]:
    """The texts of the QR codes on a paper."""
    if isinstance(paper, Path):
        with Image.open(paper) as picture:
            return codes_on(picture)
    return [code.text for code in zxingcpp.read_barcodes(paper.convert("L"))]


def codes(printer: VirtualPrinter) -> list[str]:
    """The texts of the QR codes on all papers, in the order in which they came out."""
    return [code for paper in printer.papers for code in codes_on(paper)]


def job(database: Database, ticket: Ticket) -> PrintJob:
    """The slip of a ticket."""
    assert ticket.print
    return database.read(read_print_job, ticket.print.id)
