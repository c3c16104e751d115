"""A console reports that it is still there: if it goes silent, its desk gives the visitor back."""

from __future__ import annotations

from concurrent.futures import Future
from uuid import uuid4

from shared.centre import Centre
from shared.verbs.desks.opening import renew_lease

HOLD_EVERY_S = 30.0
"""Well within the two minutes after which a silent console counts as lost."""


class Lease:
    """One console's hold on its desk."""

    def __init__(self, centre: Centre, desk: str) -> None:
        self._centre = centre
        self._desk = desk
        self._holder = f"console {uuid4()}"

    def keep(self) -> Future[bool]:
        """Hold the desk for a while longer. Nothing changes if the desk is closed or another console holds it.

        A missing database is not reported here: reading the desk reports it.
        """
        return self._centre.keep(renew_lease, self._desk, self._holder)
