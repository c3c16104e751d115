"""Postgres: one server for consoles on many computers."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from psycopg import Connection, RawCursor, errors

from shared.clock import Clock, ServerClock, monotonic
from shared.deadline import Deadline
from shared.errors import DatabaseUnavailable, Malformed
from shared.store.backend import SLOW_S, Fate, Rights
from shared.store.ears import Ears
from shared.store.prepared import CURSOR
from shared.store.product import Keeping, Product
from shared.store.server_address import add_addresses

DRIVER = "postgresql+psycopg"
CHANNEL = "ankommen"
"""A trigger notifies here that an event was written, without any data, because any role could send here too."""

_CONNECT_S = 3
_CONNECT = {
    "connect_timeout": _CONNECT_S,
    "application_name": "ankommen",
    # Notice a vanished server within seconds, not after TCP's minutes.
    "tcp_user_timeout": 5000,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "client_encoding": "UTF8",
}
_SETTINGS = {
    # A vanished console must not keep its visitor's row locked.
    "lock_timeout": "4s",
    "statement_timeout": "8s",
    "idle_in_transaction_session_timeout": "10s",
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
    "timezone": "UTC",
    # After locking, a verb sees the newest rows; and what it acknowledges is on disk.
    "default_transaction_isolation": "read committed",
    "default_transaction_read_only": "off",
}
"""Set by statement on each new connection, because a pooler in between does not pass on connection options."""
_AT_CONNECT = "".join(f"SET {name} = '{value}'; " for name, value in _SETTINGS.items()) + f"LISTEN {CHANNEL}"
_MIGRATION = 0x616E6B6F6D6D656E
"""Key of the lock that the migrating process holds: "ankommen" in ASCII."""

FACES = "ankommen_faces"
"""The group of accounts that faces use: they own nothing and cannot change the tables."""
_FACES_EXIST = sa.select(sa.exists(sa.select(1).select_from(sa.table("pg_roles")).where(sa.column("rolname") == FACES)))
_GRANTS = (
    "GRANT USAGE ON SCHEMA {schema} TO {faces}",
    "GRANT USAGE ON ALL SEQUENCES IN SCHEMA {schema} TO {faces}",
    "REVOKE INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} FROM {faces}",
    "GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {faces}",
)
_PRIVILEGES = {"i": "INSERT", "u": "UPDATE", "d": "DELETE", "l": "UPDATE"}
"""What Postgres calls a right, and wants for a lock."""
_OWNER = sa.select(
    sa.func.current_schema(),
    sa.select(sa.column("tableowner"))
    .select_from(sa.table("pg_tables"))
    .where(sa.column("schemaname") == sa.func.current_schema(), sa.column("tablename") == "alembic_version")
    .scalar_subquery(),
)
"""The schema where tables are made, and the owner of our tables; None if there are none yet."""

_PASSES = (
    errors.SerializationFailure,
    errors.DeadlockDetected,
    errors.LockNotAvailable,
    errors.TooManyConnections,
    errors.AdminShutdown,
    errors.CrashShutdown,
    errors.CannotConnectNow,
    errors.ReadOnlySqlTransaction,  # a standby that will soon take over
)
_NEVER_PASSES = ("authentication failed", "does not exist", "no pg_hba.conf entry")
"""A refused connection has no code, only these words; a server in another language is retried longer, in vain."""
_WRONG_OPTION = re.compile("^connection is bad: invalid|invalid integer value .* for connection option")
_TIME = sa.select(sa.func.clock_timestamp())


class Postgres:
    """A pool of connections that give up within seconds when the server is gone."""

    def __init__(self, url: sa.URL) -> None:
        self.engine = sa.create_engine(url, connect_args=_CONNECT, hide_parameters=True)
        # A view with several statements sees one moment.
        self._reader = self.engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        self._server_clock = ServerClock()
        self.clock: Clock = self._server_clock
        self.served = True
        self._ears = Ears()
        sa.event.listen(self.engine, "do_connect", lambda _, __, ___, to: add_addresses(to, Deadline.after(_CONNECT_S)))
        sa.event.listen(self.engine, "connect", self._connect)
        sa.event.listen(self.engine, "close", self._close)

    file: Path | None = None

    def exists(self) -> bool:
        """Always true: if the database is missing, the server says so itself."""
        return True

    def create(self) -> None:
        """Nothing to do: the administrator of the server makes the database and names its owner."""

    @contextmanager
    def transaction(self, writes: bool) -> Iterator[sa.Connection]:
        """Also asks the server for its time where that is due."""
        with (self.engine if writes else self._reader).begin() as connection:
            if self._server_clock.due:
                self.read_clock(connection)
            yield connection

    def read_clock(self, connection: sa.Connection) -> None:
        """Ask the server."""
        self._server_clock.set(lambda: connection.execute(_TIME).scalar_one())

    def refuse_to_migrate(self, connection: sa.Connection) -> str | None:
        """Only the owner may change the tables."""
        schema, owner = connection.execute(_OWNER).one()
        if schema is None:
            return "Its search_path names no schema that exists: ALTER DATABASE … SET search_path = public"
        if owner is not None and not connection.execute(sa.select(sa.func.pg_has_role(owner, "USAGE"))).scalar_one():
            return f"Its owner does that ({owner}): ankommen apply"
        may = connection.execute(sa.select(sa.func.has_schema_privilege(schema, "CREATE"))).scalar_one()
        return None if may else f"Whoever may create tables in the schema {schema!r} does that: ankommen apply"

    def let_faces_work(self, connection: sa.Connection, rights: Rights) -> bool:
        """Grant the group `ankommen_faces` these rights and reading, and no others, if the group exists."""
        if not connection.execute(_FACES_EXIST).scalar_one():
            return False
        schema, _ = connection.execute(_OWNER).one()
        where = connection.dialect.identifier_preparer.quote(schema)
        for statement in _GRANTS:
            connection.exec_driver_sql(statement.format(schema=where, faces=FACES))
        for table, right in sorted(rights):
            if right in _PRIVILEGES:
                connection.exec_driver_sql(f"GRANT {_PRIVILEGES[right]} ON {where}.{table} TO {FACES}")
        return True

    def lock_schema(self, connection: sa.Connection) -> None:
        """Wait for other processes that migrate, and let the migration take its time."""
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0")
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_MIGRATION)))

    def fate(self, error: sa.exc.DBAPIError) -> Fate:
        """What the SQLSTATE says; an error without one is a connection that failed."""
        cause = error.orig
        if error.connection_invalidated or isinstance(cause, _PASSES):
            return Fate.AGAIN
        code = getattr(cause, "sqlstate", None)
        if code is None and _of_the_url(cause):
            return Fate.UNAVAILABLE
        if code is None and isinstance(cause, errors.OperationalError):
            return Fate.UNAVAILABLE if any(word in str(cause) for word in _NEVER_PASSES) else Fate.AGAIN
        if code is not None and code[:2] == "08":
            return Fate.AGAIN
        ours = isinstance(error, sa.exc.IntegrityError | sa.exc.ProgrammingError | sa.exc.DataError)
        return Fate.OUR_FAULT if ours and not isinstance(cause, errors.InsufficientPrivilege) else Fate.UNAVAILABLE

    def reason(self, error: sa.exc.DBAPIError) -> str:
        """Whether the server is away or refuses, followed by its own words."""
        told = str(error.orig).strip().partition("\n")[0]
        if _of_the_url(error.orig):
            return f"its URL has a wrong option ({told})"
        away = self.fate(error) is Fate.AGAIN and not isinstance(error.orig, errors.LockNotAvailable)
        return f"the server does not answer ({told})" if away else f"the server refuses ({told})"

    def changes(self, stopped: threading.Event) -> Iterator[None]:
        """Listen on the existing connections; the reads that follow find out whether one has died silently."""
        since = float("-inf")  # the first item comes at once: earlier notifications may have been missed
        while not stopped.is_set():
            if self._ears.deaf:
                with self.engine.connect() as connection:  # back in the pool it goes on listening
                    connection.execute(_TIME)  # a connection of the pool may be dead
            if self._hear() or monotonic() - since >= SLOW_S:
                since = monotonic()
                yield

    def _hear(self) -> bool:
        try:
            return self._ears.hear()
        except errors.Error as error:
            raise sa.exc.DBAPIError("LISTEN", None, error, connection_invalidated=True) from error

    def product(self) -> Product:
        """The server's version, and whether a commit waits for the disk."""
        with self.engine.connect() as connection:
            settings = {name: _setting(connection, name) for name in ("server_version", "fsync", "synchronous_commit")}
        kept = keeping(settings["fsync"], settings["synchronous_commit"])
        return Product(f"PostgreSQL {settings['server_version']}", kept)

    def erase(self) -> bool:
        """Nothing to do: the files are the server's."""
        return True

    def backup(self, file: Path) -> None:
        """Postgres copies itself better than we could."""
        url = self.engine.url
        where = " ".join(
            f"--{option} {value}"
            for option, value in (
                ("host", url.host or url.query.get("host")),
                ("port", url.port),
                ("username", url.username),
                ("dbname", url.database),
            )
            if value
        )
        raise Malformed(f"Postgres makes its backup itself: pg_dump --format custom --file {file} {where}")

    def _connect(self, connection: Connection[Any], record: Any) -> None:
        encoding = connection.info.parameter_status("server_encoding")
        if encoding != "UTF8":
            raise DatabaseUnavailable(
                f"The database is in {encoding}, where letters are lost. Make one in UTF8: "
                "createdb --encoding UTF8 --template template0 NAME"
            )
        connection.autocommit = True
        connection.execute(_AT_CONNECT)
        connection.autocommit = False
        record.info[CURSOR] = RawCursor(connection)
        self._ears.add(connection)
        self._server_clock.forget()

    def _close(self, connection: Connection[Any], _: Any) -> None:
        self._ears.drop(connection)


def _of_the_url(cause: BaseException | None) -> bool:
    """Whether an option of the URL has a value that makes any connection impossible."""
    return isinstance(cause, errors.Error) and _WRONG_OPTION.search(str(cause)) is not None


def keeping(fsync: str, synchronous_commit: str) -> Keeping:
    """What a server's settings mean for what was committed."""
    return Keeping.ON_DISK if fsync == "on" and synchronous_commit != "off" else Keeping.MAY_BE_LOST


def _setting(connection: sa.Connection, name: str) -> str:
    value: str = connection.execute(sa.select(sa.func.current_setting(name))).scalar_one()
    return value
