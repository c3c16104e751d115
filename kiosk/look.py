"""What a kiosk reads from its centre, all from the same moment."""

from __future__ import annotations

from dataclasses import dataclass

from shared.model import Door, PrintJob
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
