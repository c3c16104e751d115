"""Engines and transactions: one verb is one transaction, run once per request however often it is asked for."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module
from inspect import get_annotations
from pathlib import Path
from types import ModuleType
from typing import Any, Concatenate, ParamSpec, TypeVar
from uuid import UUID, uuid4

import sqlalchemy as sa
from pydantic import TypeAdapter
from pydantic_core import to_json
from sqlalchemy.exc import DatabaseError, DataError, IntegrityError, InternalError, NotSupportedError, ProgrammingError

from shared.clock import Clock, SystemClock
from shared.errors import DatabaseUnavailable, Malformed, Refused, RequestReused
from shared.store import schema
from shared.store.migrations import migrate, revision_of

P = ParamSpec("P")
T = TypeVar("T")

_PAUSES_S = (0.05, 0.1, 0.2, 0.4, 0.8)
"""Between attempts on a lock or a lost connection; the whole transaction is tried again."""
_BUSY_TIMEOUT_S = 5.0
SAFE_WAL = (3, 51, 3)
"""The first SQLite in which several writing processes cannot corrupt a WAL file (sqlite.org/wal.html)."""

_FAULTS_OF_OURS = (IntegrityError, ProgrammingError, DataError, InternalError, NotSupportedError)
"""Errors of the driver that say that this program is wrong, not that the database fails."""


@dataclass(frozen=True, slots=True)
class Transaction:
    """What a verb works in: one open transaction of one site at one moment."""

    connection: sa.Connection
    site: str
    now: datetime

    def execute(self, statement: sa.Executable, values: dict[str, Any] | None = None) -> sa.CursorResult[Any]:
        """Run a statement and give its rows."""
        return self.connection.execute(statement, values)

    def event(
        self, kind: str, *, visit: int | None = None, stop: int | None = None, service: str | None = None,
        desk: str | None = None,
    ) -> None:  # fmt: skip
        """Write down that something happened; this also wakes the faces. Ids and keys only."""
        row = {"visit_id": visit, "stop_id": stop, "service": service, "desk": desk}
        self.execute(sa.insert(schema.event), {"site": self.site, "at": self.now, "kind": kind, **row})


class Database:
    """One database as seen from one process. Safe to use from several threads.

    Raises:
        Malformed: the URL names no engine that this program knows.
        DatabaseUnavailable: from every method, when the database cannot be reached, read or written.
    """

    def __init__(self, url: str, site: str, clock: Clock | None = None) -> None:
        self.site = site
        self.clock = clock or SystemClock()
        self.url = _checked_url(url)
        self.engine = _sqlite_engine(self.url)
        self._writer = self.engine.execution_options(begin="BEGIN IMMEDIATE")

    def prepare(self) -> None:
        """Create the tables, or bring an older database to this program's schema. Several processes may do so at once.

        Raises DatabaseMismatch for a database that a newer program has written.
        """
        if self._transact(self.engine, lambda t: revision_of(t.connection)) != schema.REVISION:
            self._transact(self._writer, lambda t: migrate(t.connection))

    def do(self, verb: Callable[Concatenate[Transaction, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a verb in a transaction of its own."""
        return self.once(uuid4(), verb, *args, **kwargs)

    def once(
        self, request: UUID, verb: Callable[Concatenate[Transaction, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a verb in a transaction of its own, at most once for this request id.

        A repeated request gets the first one's answer and changes nothing, so whoever is not sure whether a commit
        arrived asks again with the same id. Raises RequestReused if the same id comes with other arguments.
        """
        fingerprint = hashlib.sha256(to_json([args, kwargs])).hexdigest()

        def attempt(t: Transaction) -> T:
            answer = verb(t, *args, **kwargs)
            row = {"site": self.site, "id": str(request), "verb": verb.__name__, "args_hash": fingerprint, "at": t.now}
            t.execute(sa.insert(schema.request), {**row, "result": _answer_type(verb).dump_json(answer).decode()})
            return answer

        try:
            return self._transact(self._writer, attempt)
        except (IntegrityError, Refused):
            # A repeat finds its id taken, or the world as the first one left it: the first answer is the answer.
            known = self.read(_answered, request, verb, fingerprint)
            if known is None:
                raise
            return known

    def keep(self, verb: Callable[Concatenate[Transaction, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a verb that may as well run twice, such as keeping a lease: no request is written down for it."""
        return self._transact(self._writer, lambda t: verb(t, *args, **kwargs))

    def read(self, view: Callable[Concatenate[Transaction, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Read in one short snapshot."""
        return self._transact(self.engine, lambda t: view(t, *args, **kwargs))

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()

    def _transact(self, engine: sa.Engine, work: Callable[[Transaction], T]) -> T:
        for pause_s in (*_PAUSES_S, None):
            try:
                with engine.begin() as connection:
                    return work(Transaction(connection, self.site, self.clock.now()))
            except DatabaseError as error:
                if isinstance(error, _FAULTS_OF_OURS):
                    raise
                if pause_s is None or not _passes(error):
                    raise DatabaseUnavailable(f"The database does not work: {error.orig}") from error
                time.sleep(pause_s)
        raise AssertionError("unreachable: the last attempt returns or raises")


@cache
def _answer_type(verb: Callable[..., T]) -> TypeAdapter[T]:
    return TypeAdapter(get_annotations(verb, eval_str=True)["return"])


def _answered(t: Transaction, request: UUID, verb: Callable[..., T], fingerprint: str) -> T | None:
    """The answer that this request got when it was run before; None if it was not."""
    known = t.execute(_KNOWN_REQUEST, {"wanted_site": t.site, "wanted": str(request)}).one_or_none()
    if known is None:
        return None
    if (known.verb, known.args_hash) != (verb.__name__, fingerprint):
        raise RequestReused(f"The request {request} was already used for {known.verb} with other arguments.")
    answer: T = _answer_type(verb).validate_json(known.result)
    return answer


_KNOWN_REQUEST = sa.select(schema.request.c.verb, schema.request.c.args_hash, schema.request.c.result).where(
    schema.request.c.site == sa.bindparam("wanted_site"), schema.request.c.id == sa.bindparam("wanted")
)


def _passes(error: DatabaseError) -> bool:
    """Whether trying again can help: a lock of another process, a lost connection."""
    return error.connection_invalidated or any(word in str(error.orig) for word in ("locked", "busy"))


def _checked_url(url: str) -> sa.URL:
    try:
        parsed = sa.make_url(url)
    except sa.exc.ArgumentError:
        raise Malformed(f"{url!r} is no database URL. Allowed: sqlite:////path/to/file.sqlite") from None
    if parsed.get_backend_name() != "sqlite" or not parsed.database or parsed.database == ":memory:":
        raise Malformed(f"{url!r} is no database this program can use. Allowed: sqlite:////path/to/file.sqlite")
    return parsed


def sqlite_module() -> ModuleType:
    """The newest SQLite at hand: the one that ships with pysqlite3, else the system's."""
    try:
        return import_module("pysqlite3.dbapi2")
    except ImportError:
        return import_module("sqlite3")


def _sqlite_engine(url: sa.URL) -> sa.Engine:
    module = sqlite_module()
    assert url.database is not None
    try:
        Path(url.database).expanduser().parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseUnavailable(f"The folder of the database cannot be made: {error}") from error
    engine = sa.create_engine(url, module=module, connect_args={"timeout": _BUSY_TIMEOUT_S})
    journal = "WAL" if module.sqlite_version_info >= SAFE_WAL else "DELETE"

    def connect(connection: Any, _: object) -> None:
        connection.isolation_level = None  # BEGIN is ours: see below
        cursor = connection.cursor()
        for pragma in (f"journal_mode = {journal}", "synchronous = FULL", "foreign_keys = ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    def begin(connection: sa.Connection) -> None:
        # A writer that began as a reader fails at once when another has written in between, whatever its timeout.
        if begin := connection.get_execution_options().get("begin", "BEGIN"):
            connection.exec_driver_sql(begin)

    sa.event.listen(engine, "connect", connect)
    sa.event.listen(engine, "begin", begin)
    return engine
