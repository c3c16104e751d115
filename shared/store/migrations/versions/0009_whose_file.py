"""A SQLite file says in its header whose it is, so that no other program's file is taken for one of ours."""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_APPLICATION_ID = 0x416E6B6F


def upgrade() -> None:
    """Mark the file; a Postgres database is named by whoever made it."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
