"""Wake-ups: a thread that reports when any process has changed something. What changed is always read again."""

from __future__ import annotations

import threading
from collections.abc import Callable

import sqlalchemy as sa

from shared.errors import AnkommenError
from shared.store.database import Database

_PAUSES_S = (0.1, 0.2, 0.4, 0.8, 1.6)
"""Pauses after a lost connection; they grow while the database stays away."""


class Feed:
    """Calls `wake` on its own thread after each change by any process, and every five seconds."""

    def __init__(self, database: Database, wake: Callable[[], None]) -> None:
        self._database = database
        self._wake = wake
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="feed", daemon=True)

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def stop(self) -> None:
        """Stop listening; returns when the thread has ended."""
        self._stopped.set()
        if self._thread is not threading.current_thread():
            self._thread.join()

    def _run(self) -> None:
        failures = 0
        while not self._stopped.is_set():
            try:
                for _ in self._database.backend.changes(self._stopped):
                    failures = 0
                    self._wake()
            except (sa.exc.DBAPIError, AnkommenError):
                self._wake()  # the face reads, and shows what is wrong
                self._stopped.wait(_PAUSES_S[min(failures, len(_PAUSES_S) - 1)])
                failures += 1
