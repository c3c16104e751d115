"""A slip for somebody who waits for a guide, and may have no number."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shared.store.types import Identity

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_CHECKS = {
    "kind": "kind IN ('ticket', 'copy', 'leaflet', 'coming', 'test')",
    "only_a_test_is_for_nobody": "(kind = 'test') = (visit_id IS NULL AND assistance_id IS NULL)",
    "somebody_who_comes_was_asked": "(kind = 'coming') = (assistance_id IS NOT NULL)",
}


def upgrade() -> None:
    """Let a slip be for an assistance instead of a visit."""
    with op.batch_alter_table("print_job", table_kwargs={"sqlite_autoincrement": True}) as job:
        job.add_column(sa.Column("assistance_id", Identity, comment="who was asked to come"))
        job.alter_column(
            "visit_id",
            existing_type=Identity,
            existing_nullable=True,
            comment="none for a test page, and for somebody who may have no number",
        )
        for name in ("kind", "only_a_test_is_for_nobody"):
            job.drop_constraint(op.f(f"ck_print_job_{name}"), type_="check")
        for name, condition in _CHECKS.items():
            job.create_check_constraint(op.f(f"ck_print_job_{name}"), sa.text(condition))
        job.create_foreign_key(
            op.f("fk_print_job_assistance_id"), "assistance", ["assistance_id"], ["id"], ondelete="CASCADE"
        )
    op.create_index("ix_print_job_assistance", "print_job", ["assistance_id"])
