"""Transactions: one verb is one transaction, run once per request id even if the request is repeated."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Event
from typing import Any, Concatenate, ParamSpec, TypeVar, overload
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError

from shared.clock import Clock, monotonic
from shared.errors import DatabaseMismatch, DatabaseUnavailable, Refused
from shared.rules.belief import Now
from shared.shown_url import shown
from shared.store import schema
from shared.store.backend import Fate, Rights
from shared.store.engines import open_backend
from shared.store.migrations import migrate, revision_of
from shared.store.prepared import Prepared, Rows, Values
from shared.store.product import Product
from shared.store.requests import Request
from shared.store.site_time import Glance, SiteTime

P = ParamSpec("P")
T = TypeVar("T")

PATIENCE_S = 8.0
"""No new attempt begins later than this after the first; with the last one's own limits a verb ends within ~10 s."""
_PAUSES_S = (0.02, 0.05, 0.1, 0.2, 0.4)
"""Between attempts on a lock or a lost connection; the whole transaction is tried again."""
_RACES = 5
"""How often another process may be quicker before an IntegrityError counts as our own fault."""


@dataclass(frozen=True, slots=True)
class Transaction:
    """What a verb works in: one open transaction of one site at one moment.

    On Postgres several are open at once. So a verb first locks the desk or visit, and then reads the rows that it
    decides from and that others change too.
    """

    connection: sa.Connection
    site: str
    time: SiteTime
    seen: Glance
    """What the clock showed when the transaction began."""
    known: dict[object, Any] = field(default_factory=dict, compare=False, repr=False)
    """What this transaction has read and only it can change."""

    @property
    def now(self) -> datetime:
        """The believed moment at which the transaction began."""
        known: Now | None = self.known.get(Now)  # verbs ask for it again and again
        return (known or self.told).moment

    @property
    def told(self) -> Now:
        """What is believed of the time."""
        if Now not in self.known:
            self.known[Now] = self.time.told(self.connection, self.seen)
        now: Now = self.known[Now]
        return now

    def heed(self, epoch: int | None) -> None:
        """Go by what is stored if another process has believed a clock anew since this one looked.

        `epoch` is how often that has happened, as this transaction reads it.
        """
        if not self.time.remembers(epoch):
            self.known[Now] = self.time.stored(self.connection, self.time.asked(self.connection))

    def look_anew(self) -> None:
        """Go by what is stored now: for a moment that others will compare with theirs."""
        self.known[Now] = self.time.stored(self.connection, self.seen)

    def confirm(self) -> None:
        """Believe what the clock shows."""
        self.known[Now] = self.time.write(self.connection, confirmed=True).now

    @overload
    def execute(self, statement: sa.Executable, values: dict[str, Any] | None = None) -> sa.CursorResult[Any]: ...

    @overload
    def execute(self, statement: Prepared, values: Values) -> Rows: ...

    def execute(self, statement: Any, values: Any = None) -> Any:
        """Run a statement and return its rows."""
        if isinstance(statement, Prepared):
            return statement.run(self.connection, values)
        return self.connection.execute(statement, values)

    def lock(self, table: sa.Table, **key: object) -> None:
        """Keep others from changing a row until this transaction ends; on SQLite one transaction writes at a time."""
        if self.connection.dialect.name != "sqlite" and (table.name, *key.values()) not in self.known:
            _lock(table, tuple(key)).run(self.connection, key)
            self.locked(table, **key)

    def locked(self, table: sa.Table, **key: object) -> None:
        """Remember that a statement has already read this row with a lock, as `lock` does."""
        self.known[(table.name, *key.values())] = True

    def event(
        self, kind: str, *, visit: int | None = None, stop: int | None = None, service: str | None = None,
        desk: str | None = None,
    ) -> None:  # fmt: skip
        """Write down that something happened; this also wakes the faces. Ids and keys only."""
        row = {"visit_id": visit, "stop_id": stop, "service": service, "desk": desk}
        self.execute(_EVENT, {"site": self.site, "at": self.now, "kind": kind, **row})


class Database:
    """One database as seen from one process. Safe to use from several threads.

    Raises:
        Malformed: the URL is wrong, or others may read the password's file.
        DatabaseUnavailable: from every method, when the database cannot be reached, read or written.
    """

    def __init__(self, url: str, site: str, clock: Clock | None = None, password_file: Path | None = None) -> None:
        self.site = site
        self.backend, self.url = open_backend(url, password_file)
        self.clock = clock or self.backend.clock
        self.time = SiteTime(site, self.backend, self.clock)

    @property
    def engine(self) -> sa.Engine:
        """The pool of connections."""
        return self.backend.engine

    @property
    def file(self) -> Path | None:
        """Its file, if it is a file on this computer."""
        return self.backend.file

    @property
    def shown(self) -> str:
        """Where it is, safe to show in a message."""
        return shown(self.url.render_as_string())

    def prepare(self) -> None:
        """Create the database, or bring an older one to this program's schema. Several processes may do this at once.

        Raises DatabaseMismatch if a newer version or another program wrote the database.
        """
        self.backend.create()
        if self.revision() != schema.REVISION:
            self._run(True, self._migrate)

    def revision(self) -> str | None:
        """The revision of the database's schema; None if the database is empty or missing."""
        if not self.backend.exists():
            return None
        return self._transact(False, lambda t: revision_of(t.connection))

    def product(self) -> Product:
        """Name and version of the engine in use, and how durable its commits are."""
        if not self.backend.exists():
            return self.backend.product()
        return self._transact(False, lambda _: self.backend.product())

    def rehearse(self) -> None:
        """Try to write as verbs do, and roll it back. Raises DatabaseUnavailable if nothing can be written."""

        def write(t: Transaction) -> None:
            t.event("rehearsal")
            raise _TakenBack

        with suppress(_TakenBack):
            self._transact(True, write)

    def erase(self) -> bool:
        """Erase from the database's files what transactions have deleted; False where that has to wait."""
        return self.backend.erase()

    def backup(self, file: Path) -> None:
        """Write a copy of this moment into a new file while everybody goes on working.

        Raises Malformed if the file exists, or if the engine's own program has to do it.
        """
        self.backend.backup(file)

    def do(self, verb: Callable[Concatenate[Transaction, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a verb in a transaction of its own."""
        return self.once(uuid4(), verb, *args, **kwargs)

    def once(
        self, request: UUID, verb: Callable[Concatenate[Transaction, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a verb in a transaction of its own, at most once for this request id.

        A repeated request gets the first one's answer and changes nothing. So a caller who is not sure whether a commit
        arrived can ask again with the same id. Raises RequestReused if the same id comes with other arguments.
        """
        asked = Request(request, verb, args, kwargs)

        def attempt(t: Transaction) -> T:
            answer = verb(t, *args, **kwargs)
            asked.store(t, answer)
            return answer

        for races_left in reversed(range(_RACES)):
            try:
                return self._transact(True, attempt)
            except (IntegrityError, Refused) as error:
                # A repeated request finds its id taken, or what the first one changed: it gets the first answer.
                if known := self.read(asked.answered):
                    return known[0]
                # Otherwise another console was quicker with its row: run again, and the verb sees that row.
                if isinstance(error, Refused) or not races_left:
                    raise
        raise AssertionError("unreachable: the last attempt returns or raises")

    def keep(self, verb: Callable[Concatenate[Transaction, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a verb that may safely run twice, such as keeping a lease: no request is stored for it."""
        for _ in range(_RACES - 1):
            with suppress(IntegrityError):  # another process inserted its row first
                return self._transact(True, lambda t: verb(t, *args, **kwargs))
        return self._transact(True, lambda t: verb(t, *args, **kwargs))

    def read(self, view: Callable[Concatenate[Transaction, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Read in one short snapshot."""
        return self._transact(False, lambda t: view(t, *args, **kwargs))

    def look(self) -> None:
        """Look at the clock if it is time, and store what is new: each face does so every few seconds."""
        if self.time.stale() and not self._run(False, lambda t: t.time.look(t.connection, t.seen)):
            self.time.remember(self._run(True, lambda t: t.time.write(t.connection)))

    def now(self) -> datetime:
        """The believed moment, without a transaction: only for display."""
        return self.time.now()

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()

    def let_faces_work(self, rights: Rights) -> bool:
        """Let accounts that own nothing read, and do this to the tables; only the owner can run this.

        Returns whether there are any.
        """
        return self._transact(True, lambda t: self.backend.let_faces_work(t.connection, rights))

    def _migrate(self, t: Transaction) -> None:
        if told := self.backend.refuse_to_migrate(t.connection):
            revision = revision_of(t.connection)
            standing = (
                f"is at revision {revision}, and this program needs {schema.REVISION}" if revision else "is empty"
            )
            raise DatabaseMismatch(f"The database {standing}. {told}")
        self.backend.lock_schema(t.connection)
        migrate(t.connection)

    def _transact(self, writes: bool, work: Callable[[Transaction], T]) -> T:
        if writes:
            self.look()
        return self._run(writes, work)

    def _run(self, writes: bool, work: Callable[[Transaction], T]) -> T:
        give_up = monotonic() + PATIENCE_S
        pauses_s = iter(_PAUSES_S)
        pause_s = 0.0
        while True:
            try:
                with self.backend.transaction(writes) as connection:
                    return work(Transaction(connection, self.site, self.time, self.time.glance()))
            except DBAPIError as error:
                fate = self.backend.fate(error)
                if fate is Fate.OUR_FAULT:
                    raise
                if fate is Fate.UNAVAILABLE or monotonic() > give_up:
                    raise DatabaseUnavailable(f"The database does not work: {self.backend.reason(error)}") from error
                pause_s = next(pauses_s, pause_s)
                Event().wait(pause_s)


class _TakenBack(Exception):
    """Rolls back a transaction that was only a trial."""


_EVENT = Prepared(sa.insert(schema.event).inline(), "site", "at", "kind", "visit_id", "stop_id", "service", "desk")


@cache
def _lock(table: sa.Table, key: tuple[str, ...]) -> Prepared:
    row = sa.select(table.c[key[0]]).where(*(table.c[name] == sa.bindparam(name) for name in key))
    return Prepared(row.with_for_update(key_share=True))
