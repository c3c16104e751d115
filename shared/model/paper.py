"""Slips on their way to paper, and the printers that print them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class PrintState(StrEnum):
    """What is known about a piece of paper."""

    QUEUED = "queued"
    SENDING = "sending"
    PRINTED = "printed"  # the printer confirmed that the cut slip is out
    UNPROVEN = "unproven"  # bytes went out, no confirmation came; never sent again by itself
    FAILED = "failed"
    CANCELLED = "cancelled"  # not printed any more: too old, the visit is over, or stopped

    @property
    def settled(self) -> bool:
        """Whether it stays as it is: nothing more happens by itself."""
        return self not in (PrintState.QUEUED, PrintState.SENDING)


class Doubt(StrEnum):
    """Why a slip is unproven."""

    SILENCE = "silence"  # all of it was sent and nothing seems to be wrong, but nobody has confirmed it
    TROUBLE = "trouble"  # something went wrong on the way or at the printer
    LOST = "lost"  # the program that was printing it was lost


class PrintKind(StrEnum):
    """What a piece of paper is."""

    TICKET = "ticket"
    COPY = "copy"  # the same ticket once more, marked as a copy
    LEAFLET = "leaflet"  # what the plan says about a service, in the visitor's language
    COMING = "coming"  # somebody who was asked for comes to the visitor
    TEST = "test"


@dataclass(frozen=True, slots=True)
class PrintJob:
    """A slip on its way to paper."""

    id: int
    printer: str
    """Key of a printer of the plan, or the URL given instead."""
    state: PrintState
    detail: str | None = None
    """For people: why it waits, has failed or is unproven."""
    kind: PrintKind = PrintKind.TICKET
    visit_id: int | None = None
    """None for a test page, and for the slip of somebody who may have no number."""
    service: str | None = None
    """What a leaflet is about."""
    copy: int = 0
    """Number of this copy, counted from 1; 0 for the first slip."""
    doubt: Doubt | None = None
    """Why it is unproven; None in every other state."""
    assistance_id: int | None = None
    """Who was asked to come; None on every other slip."""

    @property
    def seems_out(self) -> bool:
        """Whether the visitor should look for it: it is printed, or nothing suggests that it is not."""
        return self.state is PrintState.PRINTED or self.doubt is Doubt.SILENCE

    @property
    def is_stuck(self) -> bool:
        """Whether it waits although it was its turn: the printer cannot print now."""
        return self.state is PrintState.QUEUED and self.detail is not None


class PrinterCondition(StrEnum):
    """The condition of a printer."""

    READY = "ready"
    PAPER_LOW = "paper_low"
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    OFFLINE = "offline"  # it answers but does not print
    UNREACHABLE = "unreachable"
    UNPROVEN = "unproven"  # it takes data but does not report its condition
    UNKNOWN = "unknown"  # not checked yet

    @classmethod
    def _missing_(cls, value: object) -> PrinterCondition:  # noqa: ARG003  (Python's own)
        """A value from a newer program counts as unknown."""
        return cls.UNKNOWN

    @property
    def can_print(self) -> bool:
        """Whether sending a slip makes sense."""
        return self in (PrinterCondition.READY, PrinterCondition.PAPER_LOW, PrinterCondition.UNPROVEN)


@dataclass(frozen=True, slots=True)
class PrinterState:
    """The state of a printer when it was last checked."""

    printer: str
    status: PrinterCondition
    detail: str | None
    seen_at: datetime
    watched: bool
    """Whether a worker checks it all the time; if not, this state may be old."""
