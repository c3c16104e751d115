"""Erases deleted data also from the files of a SQLite database, while nobody is at work.

Deleted rows are overwritten at once (`secure_delete`). But the write-ahead log still has the old pages, and a rebuilt
page may have copies of rows in its gaps. On Postgres this is up to the server's administrator.
"""

from __future__ import annotations

import sqlalchemy as sa

_BUSY_MS = 500
"""How long to wait for others before leaving it for another time."""


def owe(connection: sa.Connection) -> None:
    """Note in the file that it must be erased, in the same transaction as the deletion."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA user_version = 1")


def owes(connection: sa.Connection) -> bool:
    """Whether something was deleted but not yet erased."""
    return connection.dialect.name == "sqlite" and bool(connection.exec_driver_sql("PRAGMA user_version").scalar())


def erase(connection: sa.Connection) -> bool:
    """Rewrite the file and empty its log; False if others prevent it: then try again later.

    Not inside a transaction. Writers wait for it, because the whole file is rewritten.
    """
    before = connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one()
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {_BUSY_MS}")
    try:
        if not _log_is_emptied(connection):  # somebody still reads: all the work would be in vain
            return False
        connection.exec_driver_sql("VACUUM")
        if not _log_is_emptied(connection):
            return False
        connection.exec_driver_sql("PRAGMA user_version = 0")
        return True
    except sa.exc.OperationalError:  # locked, or the disk is too full for a second copy
        return False
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {before}")


def _log_is_emptied(connection: sa.Connection) -> bool:
    return not connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0]
