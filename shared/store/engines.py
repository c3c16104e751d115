"""Opens an engine: the one place that knows them all, each imported only where it is used."""

from __future__ import annotations

import sqlalchemy as sa

from shared.errors import Malformed
from shared.store.backend import Backend

_ALLOWED = "Allowed: sqlite:////path/to/file.sqlite or postgresql+psycopg://user@host/name"


def open_backend(url: str) -> tuple[Backend, sa.URL]:
    """The backend for a URL, and the URL as it is used; nothing is connected yet.

    Raises:
        Malformed: the URL names no engine that this program knows.
        DatabaseUnavailable: the folder of a SQLite file cannot be made, or is on another computer.
    """
    try:
        parsed = sa.make_url(url)
    except sa.exc.ArgumentError:
        raise Malformed(f"{url!r} is no database URL. {_ALLOWED}") from None
    # A console on SQLite never loads psycopg.
    match parsed.get_backend_name():
        case "sqlite" if parsed.database and parsed.database != ":memory:":
            from shared.store.sqlite import SQLite

            return SQLite(parsed), parsed
        case "postgresql":
            from shared.store.postgres import DRIVER, Postgres

            parsed = parsed.set(drivername=DRIVER)
            return Postgres(parsed), parsed
    raise Malformed(f"{parsed.render_as_string()!r} is no database this program can use. {_ALLOWED}")
