"""What a console reads, all from the same moment."""

from __future__ import annotations

from dataclasses import dataclass

from shared.model import LostDesk, PrinterState, Ticket, Workplace
from shared.store.database import Transaction
from shared.verbs.look_up import find_visit
from shared.views.desk import read_workplace
from shared.views.paper import read_printers
from shared.views.site import lost_desks
from shared.views.visit import ticket_of


@dataclass(frozen=True, slots=True)
class AtDesk:
    """The desk with its queue, and what needs somebody's attention in the house."""

    workplace: Workplace
    printers: tuple[PrinterState, ...]
    lost: tuple[LostDesk, ...]


def read_at_desk(t: Transaction, desk: str) -> AtDesk:
    """What the console of a desk shows. Raises DeskUnknown."""
    return AtDesk(read_workplace(t, desk), read_printers(t), lost_desks(t))


def read_scanned(t: Transaction, text: str) -> Ticket:
    """The ticket of today that a scanner has read. Raises NumberUnknown, OtherDay."""
    return ticket_of(t, find_visit(t, text))
