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

from shared.clock import Clock, ServerClock
from shared.errors import Malformed
from shared.store.backend import SLOW_S, Fate
from shared.store.prepared import CURSOR

DRIVER = "postgresql+psycopg"
CHANNEL = "ankommen"
"""Where a trigger says, without any data, that an event was written: any role could send something here."""

_CONNECT = {
    "connect_timeout": 3,
    "application_name": "ankommen",
    # A server that has vanished is noticed within seconds, not after the minutes that TCP waits.
    "tcp_user_timeout": 5000,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    # The same seen from the server: a console that has vanished must not hold its visitor's row.
    "options": "-c lock_timeout=4s -c statement_timeout=8s -c idle_in_transaction_session_timeout=10s "
    "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3 -c timezone=UTC "
    # A verb sees the newest rows once it has locked them.
    "-c default_transaction_isolation=read\\ committed",
}
_LISTEN_S = 0.25
"""How long the feed waits before it looks whether it shall stop."""
_MIGRATION = 0x616E6B6F6D6D656E
"""Key of the lock that one migrating process holds: "ankommen" in ASCII."""

_PASSES = (
    errors.SerializationFailure,
    errors.DeadlockDetected,
    errors.LockNotAvailable,
    errors.TooManyConnections,
    errors.AdminShutdown,
    errors.CrashShutdown,
    errors.CannotConnectNow,
    errors.ReadOnlySqlTransaction,  # a standby that is about to take over
)
_NEVER_PASSES = ("authentication failed", "does not exist", "no pg_hba.conf entry")
"""A refused connection carries no code, only these words; a server in another language is asked in vain for longer."""
_WRONG_OPTION = re.compile("^connection is bad: invalid|invalid integer value .* for connection option")
_TIME = sa.select(sa.func.clock_timestamp())


class Postgres:
    """A pool of connections that give up within seconds when the server is gone."""

    def __init__(self, url: sa.URL) -> None:
        self.engine = sa.create_engine(url, connect_args=_CONNECT, hide_parameters=True)
        # A view of several statements is one moment.
        self._reader = self.engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        self._server_clock = ServerClock()
        self.clock: Clock = self._server_clock
        sa.event.listen(self.engine, "connect", self._connect)

    file: Path | None = None

    def exists(self) -> bool:
        """The server says so itself where it is not."""
        return True

    def create(self) -> None:
        """Nothing to do: whoever runs the server does it, and says whose it is."""

    @contextmanager
    def transaction(self, writes: bool) -> Iterator[sa.Connection]:
        """Asks the server for the time in between, at connect and each minute."""
        with (self.engine if writes else self._reader).begin() as connection:
            if self._server_clock.due:
                self._server_clock.set(lambda: connection.execute(_TIME).scalar_one())
            yield connection

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
        """Whether the server is away or says no, with its own words behind."""
        told = str(error.orig).strip().partition("\n")[0]
        if _of_the_url(error.orig):
            return f"its URL has a wrong option ({told})"
        away = self.fate(error) is Fate.AGAIN and not isinstance(error.orig, errors.LockNotAvailable)
        return f"the server does not answer ({told})" if away else f"the server refuses ({told})"

    def changes(self, stopped: threading.Event) -> Iterator[None]:
        """LISTEN on a connection of its own; what was notified while it was away is read after it connects again."""
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            driver = connection.connection.driver_connection
            assert isinstance(driver, Connection)
            connection.detach()  # a listening connection never goes back into the pool
            connection.exec_driver_sql(f"LISTEN {CHANNEL}")
            yield
            quiet_s = 0.0
            while not stopped.is_set():
                if _notified(driver):
                    quiet_s = 0.0
                    yield
                    continue
                quiet_s += _LISTEN_S
                if quiet_s >= SLOW_S:
                    connection.execute(_TIME)  # a connection that died in silence is found out
                    quiet_s = 0.0
                    yield

    def product(self) -> str:
        """The server's version, and whether a commit waits for its disk."""
        with self.engine.connect() as connection:
            settings = {name: _setting(connection, name) for name in ("server_version", "fsync", "synchronous_commit")}
        durable = settings["fsync"] == "on" and settings["synchronous_commit"] != "off"
        kept = "commits are on disk" if durable else "COMMITS MAY BE LOST: set fsync and synchronous_commit to on"
        return f"PostgreSQL {settings['server_version']}, {kept}"

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
        record.info[CURSOR] = RawCursor(connection)
        self._server_clock.forget()


def _of_the_url(cause: BaseException | None) -> bool:
    """Whether an option of the URL has a value that no connection can be made with."""
    return isinstance(cause, errors.Error) and _WRONG_OPTION.search(str(cause)) is not None


def _notified(driver: Connection[Any]) -> bool:
    """Wait a moment for a notification; many that came together count as one."""
    try:
        return any(True for _ in driver.notifies(timeout=_LISTEN_S, stop_after=1))
    except errors.Error as error:
        raise sa.exc.DBAPIError("LISTEN", None, error, connection_invalidated=True) from error


def _setting(connection: sa.Connection, name: str) -> str:
    value: str = connection.execute(sa.select(sa.func.current_setting(name))).scalar_one()
    return value
