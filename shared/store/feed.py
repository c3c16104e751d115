"""Wake-ups: a thread that tells when any process has changed something. The truth is always read again."""

from __future__ import annotations

import threading
from collections.abc import Callable

import sqlalchemy as sa

from shared.errors import DatabaseUnavailable
from shared.store import schema
from shared.store.database import Database

_POLL_S = 0.025
"""How often SQLite's data_version is asked: 12 microseconds each."""
_SLOW_S = 5.0
"""However quiet it is, faces read again after so long: for what changes by time alone, and as a safety net."""

_LAST_EVENT = sa.select(sa.func.max(schema.event.c.id))


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
        while not self._stopped.is_set():
            try:
                self._watch()
            except (sa.exc.DBAPIError, DatabaseUnavailable):
                self._stopped.wait(1.0)
            self._wake()

    def _watch(self) -> None:
        """Listen on one connection until stopped or until it breaks."""
        engine = self._database.engine.execution_options(begin=None)  # no transaction: each poll sees the latest commit
        with engine.connect() as connection:
            version = last = None
            quiet_s = 0.0
            while not self._stopped.wait(_POLL_S):
                quiet_s += _POLL_S
                # data_version moves with every commit of another connection, a heartbeat's too: events decide.
                seen = connection.exec_driver_sql("PRAGMA data_version").scalar()
                newest = last if seen == version else connection.execute(_LAST_EVENT).scalar()
                if newest != last or quiet_s >= _SLOW_S:
                    quiet_s = 0.0
                    self._wake()
                version, last = seen, newest
