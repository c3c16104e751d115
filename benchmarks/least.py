"""The least that any queue must do, with the bare driver: three statements for a number, three for a call.

Unlike `replay`, which runs what a verb runs, this leaves out everything that a visit's day depends on: the request id,
the event, the print job, what undo needs, whether the plan or the time of day says no.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from shared.store.database import Database
from shared.views.in_force import plan_in_force, today

_NUMBER = (
    "INSERT INTO counter (site, day, series, last) VALUES (%s, %s, 'Z', 100000)"
    " ON CONFLICT (site, day, series) DO UPDATE SET last = counter.last + 1 RETURNING last"
)
_VISIT = (
    "INSERT INTO visit (site, day, series, number, token, language, adults, children, needs, origin, issued_at)"
    " VALUES (%s, %s, 'Z', %s, %s, 'de', 1, 0, '[]', 'kiosk', now()) RETURNING id"
)
_STOP = (
    "INSERT INTO stop (site, day, visit_id, position, service, language, state, rank_at, queued_at)"
    " VALUES (%s, %s, %s, 1, %s, 'de', 'waiting', now(), now())"
)
_PICK = (
    "SELECT id, visit_id FROM stop WHERE site = %s AND day = %s AND service = %s AND state = 'waiting'"
    " ORDER BY rank_at, id LIMIT 1 FOR UPDATE SKIP LOCKED"
)
_CALLED = "UPDATE stop SET state = 'called', times_called = times_called + 1 WHERE id = %s"
_CALL = (
    "INSERT INTO call (site, visit_id, stop_id, desk, ring, called_at, rung_at)"
    " VALUES (%s, %s, %s, %s, 1, now(), now())"
)
STATEMENTS = {"issue": (_NUMBER, _VISIT, _STOP), "next": (_PICK, _CALLED, _CALL)}


class Least:
    """Three statements a transaction on a Postgres connection of its own."""

    def __init__(self, database: Database, service: str, desk: str) -> None:
        pool = database.engine.raw_connection()  # connects as the product does
        self._connection: Any = pool.driver_connection
        pool.detach()
        self._site, self._service, self._desk = database.site, service, desk
        self._day = database.read(lambda t: today(t, plan_in_force(t)))
        self.verbs: dict[str, Callable[[], None]] = {"issue": self._issue, "next": self._next}

    def _issue(self) -> None:
        with self._connection.cursor() as cursor:
            number = cursor.execute(_NUMBER, (self._site, self._day)).fetchone()[0]
            visit = cursor.execute(_VISIT, (self._site, self._day, number, secrets.token_hex(10))).fetchone()[0]
            cursor.execute(_STOP, (self._site, self._day, visit, self._service))
        self._connection.commit()

    def _next(self) -> None:
        with self._connection.cursor() as cursor:
            stop, visit = cursor.execute(_PICK, (self._site, self._day, self._service)).fetchone()
            cursor.execute(_CALLED, (stop,))
            cursor.execute(_CALL, (self._site, visit, stop, self._desk))
        self._connection.commit()

    def close(self) -> None:
        """Let the connection go."""
        self._connection.close()
