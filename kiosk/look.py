"""What a kiosk reads from its centre, all from the same moment."""

from __future__ import annotations

from dataclasses import dataclass

from faces.reading import Reading
from shared.model import ClosedReason, Door, Opening, PrintJob
from shared.store.database import Transaction
from shared.views.paper import find_print_job
from shared.views.site import read_door


@dataclass(frozen=True, slots=True)
class Look:
    """The door, and the slip of the number on the screen."""

    door: Door
    slip: PrintJob | None
    """None while no number is shown, and after its day is purged."""


def look(t: Transaction, slip: int | None) -> Look:
    """Read the door and the state of a slip."""
    return Look(read_door(t), find_print_job(t, slip) if slip is not None else None)


def door_by(reading: Reading[Look]) -> Door | None:
    """The door as it is known; a closed one if the centre cannot be read, None while nothing is known yet.

    An answer that is only a little late closes nothing: a busy database is no fault.
    """
    if reading.gone or (reading.trouble is not None and not reading.overdue):
        return _FAULTY
    return reading.known.door if reading.known else None


_FAULTY = Door(Opening(False, ClosedReason.FAULT))
