"""The oldest event is found by its moment: ids follow the order of writing, which a clock that was wrong does not."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Every face asks for it after each change."""
    op.create_index("ix_event_at", "event", ["site", "at"])
