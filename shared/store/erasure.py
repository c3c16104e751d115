"""What was deleted is erased from the files of a SQLite database, too, when the house sleeps.

Deleted rows are overwritten at once (`secure_delete`). But the write-ahead log still has pages as they were before,
and a page that was rebuilt may have copies of rows in its gaps. On Postgres this is up to whoever runs the server.
"""

from __future__ import annotations

import sqlalchemy as sa

_BUSY_MS = 500
"""So long it waits for others before it leaves it for another time."""


def owe(connection: sa.Connection) -> None:
    """Note in the file, as part of the transaction that deletes, that it is to be erased."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA user_version = 1")


def owes(connection: sa.Connection) -> bool:
    """Whether something was deleted and not erased."""
    return connection.dialect.name == "sqlite" and bool(connection.exec_driver_sql("PRAGMA user_version").scalar())


def erase(connection: sa.Connection) -> bool:
    """Write the file anew and empty its log; False where others kept it from that, for another time.

    Not inside a transaction. Who wants to write waits for it: the whole file is written.
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
