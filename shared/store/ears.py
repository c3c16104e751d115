"""Listens for Postgres's notifications on the connections a process already has: a console needs one, not two."""

from __future__ import annotations

import select
import threading
from typing import Any

from psycopg import Connection, Notify, errors

_LOOK_S = 0.25
"""How long one wait lasts before it checks whether connections were added or dropped."""
_BUSY_S = 0.005
"""While a statement runs on a connection, its thread receives notifications for us; how long we leave it to that."""


class Ears:
    """All connections of one process that LISTEN. Safe to use from several threads."""

    def __init__(self) -> None:
        self._connections: set[Connection[Any]] = set()
        self._heard = threading.Event()

    @property
    def deaf(self) -> bool:
        """Whether there is no connection to hear on."""
        return not self._connections

    def add(self, connection: Connection[Any]) -> None:
        """Also listen on this connection; while a statement runs on it, its thread receives notifications."""
        connection.add_notify_handler(self._notified)
        self._connections = self._connections | {connection}

    def drop(self, connection: Connection[Any]) -> None:
        """Stop listening on this connection."""
        self._connections = self._connections - {connection}

    def hear(self) -> bool:
        """Wait a moment. Returns whether there was a notification; several that come together count as one.

        Raises psycopg's OperationalError if a connection is lost.
        """
        if not self._heard.is_set():
            self._look()
        heard = self._heard.is_set()
        self._heard.clear()
        return heard

    def _look(self) -> None:
        by_socket = {connection.fileno(): connection for connection in self._connections if not connection.closed}
        try:
            readable, _, _ = select.select(list(by_socket), [], [], _LOOK_S)
        except OSError:  # one of them was closed meanwhile
            return
        for socket in readable:
            self._take(by_socket[socket])

    def _take(self, connection: Connection[Any]) -> None:
        if not connection.lock.acquire(blocking=False):
            self._heard.wait(_BUSY_S)
            return
        try:
            if connection.closed:
                self.drop(connection)
                return
            connection.pgconn.consume_input()
            while connection.pgconn.notifies():
                self._heard.set()
        except errors.OperationalError:
            self.drop(connection)
            raise
        finally:
            connection.lock.release()

    def _notified(self, _: Notify) -> None:
        self._heard.set()
