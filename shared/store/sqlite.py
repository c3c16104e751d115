"""SQLite: one file on this computer, written by several processes."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import uuid4

import sqlalchemy as sa

from shared.clock import Clock, SystemClock
from shared.errors import DatabaseUnavailable, Malformed
from shared.private_files import make_private_file
from shared.store import erasure, schema
from shared.store.backend import SLOW_S, Fate, Rights
from shared.store.prepared import CURSOR, Prepared
from shared.store.product import Keeping, Product
from shared.store.sqlite_file import DatabaseFile

BUSY_S = 4.0
"""How long a process waits for another's transaction; they take milliseconds."""
POLL_S = 0.025
"""How often SQLite's data_version is read; each read takes 12 microseconds."""
SAFE_WAL = (3, 51, 3)
"""The first SQLite in which several writing processes cannot corrupt a WAL file (sqlite.org/wal.html)."""

_PRAGMAS = ("synchronous = FULL", "foreign_keys = ON", "secure_delete = ON")
_OPENED = "opened"
"""Key in SQLAlchemy's `info` of a connection: which files it has open."""
_BEGIN = Prepared(sa.text("BEGIN"))
_BEGIN_WRITING = Prepared(sa.text("BEGIN IMMEDIATE"))
_REASONS = {
    "SQLITE_BUSY": "another program keeps it locked",
    "SQLITE_LOCKED": "another program keeps it locked",
    "SQLITE_READONLY": "its file or folder cannot be written",
    "SQLITE_CANTOPEN": "its file or folder cannot be opened",
    "SQLITE_FULL": "the disk is full",
    "SQLITE_NOTADB": "the file is something else",
}
"""What went wrong, by the beginning of SQLite's name for it (sqlite.org/rescode.html)."""
_PASSES = ("SQLITE_BUSY", "SQLITE_LOCKED")
_LAST_EVENT = sa.select(sa.func.max(schema.event.c.id))


class SQLite:
    """Raises DatabaseUnavailable for a file on another computer."""

    def __init__(self, url: sa.URL) -> None:
        assert url.database
        self._place = DatabaseFile(Path(url.database))
        self.file: Path | None = self._place.path
        self._module = sqlite_module()
        self.connection_class: type[Any] = self._module.Connection
        """What the driver makes for each connection: a benchmark puts one here that records its statements."""
        self.journal = "WAL" if self._module.sqlite_version_info >= SAFE_WAL else "DELETE"
        self.engine = sa.create_engine(url, module=self._module, creator=self._open, hide_parameters=True)
        sa.event.listen(self.engine, "connect", self._connect)
        self.clock: Clock = SystemClock()
        self.served = False

    @contextmanager
    def transaction(self, writes: bool) -> Iterator[sa.Connection]:
        """A writer takes the lock first: one that began as a reader fails at once if another has written since."""
        with self.engine.begin() as connection:
            self._place.require_same(connection.info[_OPENED])
            (_BEGIN_WRITING if writes else _BEGIN).run(connection, {})
            yield connection

    def read_clock(self, _: sa.Connection) -> None:
        """Nothing to do: the host's clock is read each time."""

    def exists(self) -> bool:
        """Whether the file is there."""
        return self._place.exists()

    def create(self) -> None:
        """Make the file if it is missing, for its owner alone; never its folder."""
        self._place.make()

    def refuse_to_migrate(self, _: sa.Connection) -> str | None:
        """Never refused: an account that may write the file may change its tables."""

    def let_faces_work(self, _: sa.Connection, __: Rights) -> bool:
        """Nothing to do: only one account uses the file."""
        return False

    def lock_schema(self, connection: sa.Connection) -> None:
        """Nothing to do: there is one writer at a time."""

    def fate(self, error: sa.exc.DBAPIError) -> Fate:
        """A lock goes away; an error in a statement is our fault."""
        if isinstance(error, sa.exc.IntegrityError | sa.exc.ProgrammingError | sa.exc.DataError):
            return Fate.OUR_FAULT
        return Fate.AGAIN if _name(error).startswith(_PASSES) else Fate.UNAVAILABLE

    def reason(self, error: sa.exc.DBAPIError) -> str:
        """The usual causes by name, followed by SQLite's own words."""
        cause = next((words for name, words in _REASONS.items() if _name(error).startswith(name)), "the file fails")
        return f"{cause} ({self.file}: {error.orig})"

    def changes(self, stopped: threading.Event) -> Iterator[None]:
        """Poll for the commits of others: `data_version` changes with each, heartbeats too, so new events decide."""
        with self.engine.connect() as connection:  # no BEGIN: each poll sees the latest commit
            version = last = None
            quiet_s = 0.0
            while not stopped.wait(POLL_S):
                quiet_s += POLL_S
                seen = connection.exec_driver_sql("PRAGMA data_version").scalar()
                newest = last if seen == version else connection.execute(_LAST_EVENT).scalar()
                if newest != last or quiet_s >= SLOW_S:
                    self._place.require_same(connection.info[_OPENED])
                    quiet_s = 0.0
                    yield
                version, last = seen, newest

    def product(self) -> Product:
        """The version of the library in use, which may be newer than the system's."""
        keeping = Keeping.WRITE_AHEAD_LOG if self.journal == "WAL" else Keeping.ROLLBACK_JOURNAL
        return Product(f"SQLite {sqlite_module().sqlite_version}", keeping)

    def erase(self) -> bool:
        """Rewrite the file, and empty its log."""
        try:
            with self.engine.connect() as connection:
                return erasure.erase(connection)
        except sa.exc.OperationalError:
            return False

    def backup(self, file: Path) -> None:
        """Copy in one step, so that it ends even under many writes; it gets its name only when it is whole and on disk.

        Raises Malformed if the file exists already, DatabaseUnavailable if it cannot be written.
        """
        part = file.with_name(f".{file.name}.{uuid4().hex[:8]}.part")
        try:
            if file.exists():
                raise Malformed(f"{file} exists already: name a new file.")
            make_private_file(part)
            with self.engine.connect() as connection:
                connection.exec_driver_sql("VACUUM INTO ?", (str(part),))
            with part.open("rb+") as written:
                os.fsync(written.fileno())
            part.rename(file)
        except (sa.exc.OperationalError, OSError) as error:
            raise DatabaseUnavailable(f"The backup {file} cannot be written: {error.args[-1]}") from error
        finally:
            with suppress(OSError):
                part.unlink()

    def _open(self) -> Any:
        """The driver's connection; SQLite itself never makes the file."""
        self._place.require()
        connection = self._module.connect(
            f"{self._place.path.as_uri()}?mode=rw",
            uri=True,
            timeout=BUSY_S,
            check_same_thread=False,
            factory=self.connection_class,
        )
        try:
            self._place.opened()
            cursor = connection.cursor()
            self._place.require_ours(cursor)
            for pragma in (f"journal_mode = {self.journal}", *_PRAGMAS):
                cursor.execute(f"PRAGMA {pragma}")
        except BaseException:
            connection.close()
            raise
        return connection

    def _connect(self, connection: Any, record: Any) -> None:
        connection.isolation_level = None  # we send BEGIN ourselves: see `transaction`
        record.info[CURSOR] = connection.cursor()
        record.info[_OPENED] = self._place.opened()


def _name(error: sa.exc.DBAPIError) -> str:
    """SQLite's name for an error; nothing where the driver itself has raised it."""
    return getattr(error.orig, "sqlite_errorname", "")


def sqlite_module() -> ModuleType:
    """The newest SQLite available: the one in pysqlite3, else the system's."""
    try:
        return import_module("pysqlite3.dbapi2")
    except ImportError:
        return import_module("sqlite3")
