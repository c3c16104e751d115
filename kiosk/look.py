"""What a kiosk reads from its centre, all from the same moment."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass

from faces.reading import Reading
from kiosk.number import Number
from kiosk.today import Today
from shared.centre import Centre
from shared.clock import monotonic
from shared.model import ClosedReason, Door, Opening, PrintJob, Wait
from shared.store.database import Transaction
from shared.verbs.learned import promises
from shared.views.concerns import given_away, hours_of_services
from shared.views.paper import find_print_job
from shared.views.site import read_door

TODAY_S = 60.0
"""How often it is read what can be had today: that takes longer than everything else, and changes slowly."""


@dataclass(frozen=True, slots=True)
class Look:
    """The door, and what is known of the number on the screen."""

    door: Door
    visit: int | None = None
    """Whose number was on the screen when this was asked."""
    slip: PrintJob | None = None
    """None while no number is shown, and after its day is purged."""
    wait: Wait | None = None
    """What its paper says about the wait; None where it says nothing."""
    today: Today | None = None
    """What can be had today; None where it was read a short time ago."""


class Looking:
    """The kiosk's question to its centre."""

    def __init__(self, centre: Centre, number: Number) -> None:
        self._centre, self._number = centre, number
        self._asked_at: float | None = None

    def ask(self) -> Future[Look]:
        """Read what is needed now."""
        due = self._asked_at is None or monotonic() - self._asked_at >= TODAY_S
        self._asked_at = monotonic() if due else self._asked_at
        return self._centre.read(look, self._number.slip, self._number.visit, due)


def look(t: Transaction, slip: int | None = None, visit: int | None = None, everything: bool = True) -> Look:
    """Read the door and the state of a slip of a visit, and with `everything` what can be had today."""
    job = find_print_job(t, slip) if slip is not None else None
    wait = promises.given(t, visit) if visit is not None else None
    return Look(read_door(t), visit, job, wait, read_today(t) if everything else None)


def read_today(t: Transaction) -> Today:
    """What can be had today, and how long each wait is."""
    waits = {service: wait for service, wait in promises.waits(t).items() if wait is not None}
    return Today(hours_of_services(t), given_away(t), waits, t.now)


def door_by(reading: Reading[Look]) -> Door | None:
    """The door as it is known; a closed one if the centre cannot be read, None while nothing is known yet.

    An answer that is only a little late closes nothing: a busy database is no fault.
    """
    if reading.gone or (reading.trouble is not None and not reading.overdue):
        return _FAULTY
    return reading.known.door if reading.known else None


_FAULTY = Door(Opening(False, ClosedReason.FAULT))
