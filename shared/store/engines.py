"""Opens an engine. The one place that knows all engines; each is imported only when it is used."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from shared.store.backend import Backend
from shared.store.url import read_url


def open_backend(url: str, password_file: Path | None = None) -> tuple[Backend, sa.URL]:
    """The backend for a URL, and the URL that it uses; nothing is connected yet.

    Raises:
        Malformed: the URL is wrong, or others may read the password's file.
        DatabaseUnavailable: the folder of a SQLite file cannot be made, or is on another computer.
    """
    parsed = read_url(url, password_file)
    if parsed.get_backend_name() == "sqlite":
        from shared.store.sqlite import SQLite

        return SQLite(parsed), parsed
    # A console on SQLite never loads psycopg.
    from shared.store.postgres import DRIVER, Postgres

    parsed = parsed.set(drivername=DRIVER)
    return Postgres(parsed), parsed
