"""Clocks that jump while processes work: of each process on SQLite, the server's own on Postgres."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Protocol

import sqlalchemy as sa

from tests.support.clock import MONDAY

WITHIN_THE_DAY = (timedelta(hours=1), timedelta(hours=-1), timedelta(hours=8))
JUMPS = (
    *WITHIN_THE_DAY,
    timedelta(seconds=90),
    timedelta(seconds=-90),
    timedelta(hours=-13),
    timedelta(days=1),
    timedelta(days=-1),
    timedelta(days=3),
    timedelta(days=366),
    timedelta(days=-366 * 20),
)
"""Small ones, which are believed at once; larger ones of the same day; other days, as far as the purge and beyond."""


class Clocks(Protocol):
    """The clocks that the processes of a test look at."""

    def jump(self, distance: timedelta, process: int | None) -> None:
        """Be wrong by this much from now on: the clock of one process where each has its own; None for all clocks."""
        ...

    def set_right(self) -> None:
        """All are right again."""
        ...


class OwnClocks:
    """A file for each process says how many seconds its clock is off."""

    def __init__(self, errors: Sequence[Path]) -> None:
        self._errors = errors
        self.set_right()

    def jump(self, distance: timedelta, process: int | None) -> None:
        for n, error in enumerate(self._errors):
            if process in (None, n):
                fresh = error.with_suffix(".new")
                fresh.write_text(str(distance.total_seconds()), encoding="ascii")
                fresh.replace(error)  # nobody reads half a number

    def set_right(self) -> None:
        self.jump(timedelta(), None)


_MOVED = """
CREATE SCHEMA moved;
CREATE TABLE moved.error AS SELECT '{monday}'::timestamptz - pg_catalog.clock_timestamp() AS until_monday,
    interval '0' AS wrong;
CREATE FUNCTION moved.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE
    AS 'SELECT pg_catalog.clock_timestamp() + until_monday + wrong FROM moved.error';
ALTER DATABASE {database} SET search_path = public, moved, pg_catalog
"""
"""From the next connection on, the server's time is what this function says: it stands before the real one."""


class ServersClock:
    """The clock of the server, which all processes share: it shows the morning of the tests, and is moved."""

    def __init__(self, url: str) -> None:
        self._engine = sa.create_engine(url, poolclass=sa.NullPool)  # the server may crash between two jumps
        self._run(_MOVED.format(monday=MONDAY.isoformat(), database=self._engine.url.database))

    def jump(self, distance: timedelta, process: int | None) -> None:  # noqa: ARG002 - there is but one clock
        self._run(f"UPDATE moved.error SET wrong = interval '{distance.total_seconds()} seconds'")

    def set_right(self) -> None:
        self.jump(timedelta(), None)

    def _run(self, statements: str) -> None:
        with self._engine.begin() as connection:
            connection.exec_driver_sql(statements)
