"""A console says that it is still there: if it falls silent, its desk gives the visitor back."""

from __future__ import annotations

from concurrent.futures import Future
from uuid import uuid4

from shared.centre import Centre
from shared.verbs.desks.opening import renew_lease

HOLD_EVERY_S = 30.0
"""Well within the two minutes after which a console that fell silent counts as lost."""


class Lease:
    """One console's hold on its desk."""

    def __init__(self, centre: Centre, desk: str) -> None:
        self._centre = centre
        self._desk = desk
        self._holder = f"console {uuid4()}"

    def keep(self) -> Future[bool]:
        """Hold the desk for a while longer; a closed one stays as it is, and so does one that another console holds.

        A database that is away is not said here: whoever reads the desk says it.
        """
        return self._centre.keep(renew_lease, self._desk, self._holder)
