"""What is known about a printer and about a slip."""

from __future__ import annotations

from dataclasses import dataclass

from printers import commands
from shared.model import Doubt, PrinterCondition, PrintState


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is known about a slip."""

    state: PrintState
    detail: str | None = None
    """Why it is not printed, or why that is not known."""
    sent: float = 1.0
    """Which share of it was sent before the link broke; that much of it may be on paper."""
    doubt: Doubt | None = None
    """Why it is unproven; None in every other state."""
    final: bool = False
    """Whether no printer will ever print it: it cannot be drawn."""


def unproven(detail: str, doubt: Doubt = Doubt.TROUBLE, *, sent: float = 1.0) -> Receipt:
    """What is known about a slip if bytes went out and nobody has confirmed it."""
    return Receipt(PrintState.UNPROVEN, detail, sent, doubt)


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    """The state of a printer, and why."""

    state: PrinterCondition
    detail: str | None = None

    @property
    def can_print(self) -> bool:
        """Whether sending a slip makes sense."""
        return self.state.can_print


def judged(printer: int, offline: int, error: int, paper: int) -> PrinterStatus:
    """The meaning of the answers to DLE EOT 1 to 4; a cause that people can fix comes first."""
    if paper & commands.PAPER_END or offline & commands.PAPER_STOP:
        return PrinterStatus(PrinterCondition.PAPER_OUT, "the printer has no paper")
    if offline & commands.COVER_OPEN:
        return PrinterStatus(PrinterCondition.COVER_OPEN, "the printer's cover is open")
    if error & commands.KNIFE_ERROR:
        return PrinterStatus(PrinterCondition.OFFLINE, "the printer's knife is stuck")
    if error & (commands.FATAL_ERROR | commands.PASSING_ERROR) or offline & commands.ERROR:
        return PrinterStatus(PrinterCondition.OFFLINE, "the printer reports an error")
    if printer & commands.OFFLINE:
        return PrinterStatus(PrinterCondition.OFFLINE, "the printer is offline")
    if paper & commands.PAPER_LOW:
        return PrinterStatus(PrinterCondition.PAPER_LOW, "the paper roll is nearly at its end")
    return PrinterStatus(PrinterCondition.READY)
