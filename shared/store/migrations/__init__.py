"""The schema's history. A database is brought to the newest revision when it is opened."""

from __future__ import annotations

import re

import sqlalchemy as sa

from shared.errors import DatabaseMismatch
from shared.store import schema

_KNOWN = {f"{number:04}" for number in range(1, int(schema.REVISION) + 1)}


def revision_of(connection: sa.Connection) -> str | None:
    """The revision of a database; None if it is empty."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(
        sa.select(sa.literal_column("version_num")).select_from(sa.table("alembic_version"))
    ).scalar()


def is_older(revision: str) -> bool:
    """Whether a database is older than this program. Raises DatabaseMismatch if it is newer, or another program's."""
    if revision in _KNOWN:
        return revision != schema.REVISION
    if re.fullmatch("[0-9]{4}", revision) and revision > schema.REVISION:
        raise DatabaseMismatch(
            f"The database is newer (revision {revision}) than this program ({schema.REVISION}): update the program."
        )
    raise DatabaseMismatch(f"The database has the revision {revision[:40]!r}, which is none of this program.")


def migrate(connection: sa.Connection) -> None:
    """Bring a database to the newest revision, inside the caller's writing transaction.

    Raises DatabaseMismatch if a newer version or another program wrote the database.
    """
    revision = revision_of(connection)
    if revision is not None and not is_older(revision):
        return
    there = schema.metadata.tables.keys() & set(sa.inspect(connection).get_table_names())
    if bool(there) != (revision is not None):
        raise DatabaseMismatch("The database has tables of another program: name another database.")
    if connection.dialect.name == "sqlite":
        _let_tables_be_rebuilt(connection)
        if revision_of(connection) == schema.REVISION:
            return  # another process was faster
    # Alembic takes 90 ms to import: only if there is something to do.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "shared.store:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _let_tables_be_rebuilt(connection: sa.Connection) -> None:
    """Begin again without foreign keys: SQLite replaces a table to change it; dropping the old one deletes children.

    Foreign keys can only be switched outside a transaction. The connection is used for nothing else afterwards.
    """
    connection.detach()
    for statement in ("COMMIT", "PRAGMA foreign_keys = OFF", "BEGIN IMMEDIATE"):
        connection.exec_driver_sql(statement)
