"""Why a slip is unproven, as a key: what a visitor is told now depends on it, no longer on a sentence."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_CHECK = "CONSTRAINT ck_print_job_doubt CHECK (doubt IN ('silence', 'trouble', 'lost'))"
_SENTENCES = {
    "the printer did not confirm": "silence",
    "a file cannot confirm": "silence",
    "the program that was printing it was lost": "lost",
}
"""What earlier versions wrote instead."""


def upgrade() -> None:
    """In plain SQL: both engines can add a column with its check; Alembic would rewrite the whole table for it."""
    op.execute(f"ALTER TABLE print_job ADD COLUMN doubt TEXT {_CHECK}")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("COMMENT ON COLUMN print_job.doubt IS 'why it is unproven'")
    job = sa.table("print_job", sa.column("state"), sa.column("detail"), sa.column("doubt"))
    told = sa.case(_SENTENCES, value=job.c.detail, else_="trouble")
    op.execute(sa.update(job).where(job.c.state == "unproven").values(doubt=told))
