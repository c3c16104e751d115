"""A day closed by mistake can be reopened: what it cancelled comes back to its place."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shared.store.types import Identity, Moment

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, and a column of its own, so that the hours set by staff stay as they are."""
    op.add_column("site", sa.Column("day_closed_at", Moment(), comment="when its day was ended before its time"))
    op.create_table(
        "ended_stop",
        sa.Column("stop_id", Identity, nullable=False, autoincrement=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("visit_id", Identity, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("due_at", Moment()),
        sa.ForeignKeyConstraint(
            ["visit_id", "stop_id"],
            ["stop.visit_id", "stop.id"],
            name="fk_ended_stop_visit_id_stop_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("stop_id", name="pk_ended_stop"),
    )
    op.create_index("ix_ended_stop_visit", "ended_stop", ["visit_id", "stop_id"])
