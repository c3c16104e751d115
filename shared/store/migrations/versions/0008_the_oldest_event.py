"""The oldest event is found by its moment: ids follow the order of writing, but a wrong clock's moments do not."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add an index on the moment: every face asks for the oldest event after each change."""
    op.create_index("ix_event_at", "event", ["site", "at"])
