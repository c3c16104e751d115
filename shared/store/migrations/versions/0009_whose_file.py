"""A SQLite file says in its header that it is ours, so that another program's file is never mistaken for one."""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_APPLICATION_ID = 0x416E6B6F


def upgrade() -> None:
    """Mark the file; a Postgres database needs no mark, because its administrator made and named it."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
