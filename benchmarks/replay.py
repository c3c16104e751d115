"""The bare driver as a yardstick: it runs the statements of a verb, recorded from the verb itself.

So both sides always have the same statements, parameters of the same types, pragmas, transactions and durability. The
difference is what this program and SQLAlchemy add.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import psycopg
import sqlalchemy as sa

from shared.store.database import Database
from shared.store.prepared import CURSOR
from shared.store.sqlite import SQLite, sqlite_module

Values = Sequence[Any] | Mapping[str, Any]


@dataclass(slots=True)
class Statement:
    """One statement as the driver got it, and the rows it gave."""

    sql: str
    values: Any
    prepared: bool
    """Whether it belongs to the hot path, which has its own cursor."""
    many: bool = False
    rows: list[tuple[Any, ...]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Taken:
    """A value from an earlier statement of the same transaction: an id, a number."""

    statement: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Fresh:
    """A value that must be new each time: a request id, a token."""

    make: Callable[[], str]


def record(database: Database, verb: Callable[[Database], object]) -> list[Statement]:
    """Run a verb on its own database; returns what its driver was asked."""
    log: list[Statement] = []
    url = database.url.render_as_string(hide_password=False)
    recording = Database(url, database.site, None if database.clock is database.backend.clock else database.clock)

    def connect(_dialect: object, _record: object, _arguments: object, options: dict[str, Any]) -> None:
        options["cursor_factory"] = _recording(psycopg.Cursor, log)

    def connected(connection: Any, record: Any) -> None:
        record.info[CURSOR] = _recording(psycopg.RawCursor, log, prepared=True)(connection)

    if isinstance(recording.backend, SQLite):
        recording.backend.connection_class = _recording_connection(log)
    else:
        sa.event.listen(recording.engine, "do_connect", connect)
        sa.event.listen(recording.engine, "connect", connected)
    recording.look()  # what a process does first does not belong to the verb
    log.clear()
    verb(recording)
    recording.close()
    return list(log)


def _recording_connection(log: list[Statement]) -> type[Any]:
    module = sqlite_module()
    cursor = _recording(module.Cursor, log)
    return type(
        "RecordingConnection", (module.Connection,), {"cursor": lambda self: module.Connection.cursor(self, cursor)}
    )


def _recording(base: type[Any], log: list[Statement], prepared: bool = False) -> type[Any]:
    class Recording(base):  # type: ignore[misc]
        def execute(self, sql: Any, values: Values = (), *rest: Any, **more: Any) -> Any:
            log.append(Statement(str(sql), values, prepared))
            return super().execute(sql, values, *rest, **more)

        def executemany(self, sql: Any, values: Any, *rest: Any, **more: Any) -> Any:
            log.append(Statement(str(sql), list(values), prepared, many=True))
            return super().executemany(sql, values, *rest, **more)

        def fetchone(self) -> Any:
            row = super().fetchone()
            log[-1].rows += [row] if row else []
            return row

        def fetchall(self) -> Any:
            rows = super().fetchall()
            log[-1].rows += rows
            return rows

        def fetchmany(self, *size: int) -> Any:
            rows = super().fetchmany(*size)
            log[-1].rows += rows
            return rows

    return Recording


class Bare:
    """Runs a recorded verb again and again with nothing but the driver."""

    def __init__(self, database: Database, first: list[Statement], second: list[Statement]) -> None:
        """Two recordings of the same verb: values that differ are taken from its own rows or made new."""
        assert [s.sql for s in first] == [s.sql for s in second], "the verb did not run the same statements twice"
        self._postgres = database.engine.dialect.name == "postgresql"
        self.statements = [s.sql for s in second]
        self._steps = [(s, _template(index, first, second)) for index, s in enumerate(second)]
        pool = database.engine.raw_connection()  # connects as the product does, with its pragmas and settings
        driver: Any = pool.driver_connection
        self.connection, self._cursors = driver, {False: driver.cursor(), True: pool.info[CURSOR]}
        pool.detach()

    @property
    def round_trips(self) -> int:
        """Messages to a server that are waited for; psycopg sends BEGIN on its own."""
        return len(self.statements) + (2 if self._postgres else 0)

    def __call__(self) -> None:
        """One transaction."""
        rows: list[list[tuple[Any, ...]]] = []
        for statement, template in self._steps:
            cursor = self._cursors[statement.prepared]
            if statement.many:
                cursor.executemany(statement.sql, [_filled(part, rows) for part in template])
            elif template:
                cursor.execute(statement.sql, _filled(template, rows))
            else:
                cursor.execute(statement.sql)
            rows.append(cursor.fetchall() if statement.rows else [])
        self.connection.commit()

    def close(self) -> None:
        """Let the connection go."""
        self.connection.close()


@contextmanager
def bare(database: Database, verb: Callable[[Database], object], after: Callable[[], object]) -> Iterator[Bare]:
    """The yardstick for a verb; `after` runs after each recording to restore the start."""
    recordings = []
    for _ in range(3):  # the first one reads the plan
        recordings.append(record(database, verb))
        after()
    yardstick = Bare(database, *recordings[1:])
    try:
        yield yardstick
    finally:
        yardstick.close()


def _template(index: int, first: list[Statement], second: list[Statement]) -> Any:
    a, b = first[index].values, second[index].values
    if second[index].many:
        return [_sources(one, other, index, first, second) for one, other in zip(a, b, strict=True)]
    return _sources(a, b, index, first, second)


def _sources(a: Any, b: Any, index: int, first: list[Statement], second: list[Statement]) -> Any:
    if isinstance(b, Mapping):
        return {name: _source(a[name], b[name], index, first, second) for name in b}
    return [_source(one, other, index, first, second) for one, other in zip(a, b, strict=True)]


def _source(a: Any, b: Any, index: int, first: list[Statement], second: list[Statement]) -> Any:
    if a == b:
        return b
    for earlier in reversed(range(index)):  # the nearest: a number and an id may happen to be the same
        for r, (row_a, row_b) in enumerate(zip(first[earlier].rows, second[earlier].rows, strict=False)):
            for c, (one, other) in enumerate(zip(row_a, row_b, strict=True)):
                if (one, other) == (a, b):
                    return Taken(earlier, r, c)
    if isinstance(b, str) and len(b) == len(str(UUID(int=0))):
        return Fresh(lambda: str(uuid4()))
    if isinstance(b, str) and len(b) == 20 and b.isalnum():
        return Fresh(lambda: secrets.token_hex(10))
    return b  # a moment, or the answer as JSON: any will do


def _filled(template: Any, rows: list[list[tuple[Any, ...]]]) -> Any:
    if isinstance(template, dict):
        return {name: _value(source, rows) for name, source in template.items()}
    return [_value(source, rows) for source in template]


def _value(source: Any, rows: list[list[tuple[Any, ...]]]) -> Any:
    if isinstance(source, Taken):
        return rows[source.statement][source.row][source.column]
    return source.make() if isinstance(source, Fresh) else source
