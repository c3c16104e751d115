"""How often a stop gave way to another stop of its visit because nobody served it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the counter; until now no stop gave way."""
    comment = "how often it gave way to another stop"
    op.add_column("stop", sa.Column("times_moved", sa.Integer(), nullable=False, server_default="0", comment=comment))
