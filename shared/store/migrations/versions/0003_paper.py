"""Copies, leaflets and test pages; a queue for each printer, printed by one lease holder; each printer's state."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shared.store.types import Identity, Moment

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_QUEUED = sa.text("state = 'queued'")
_CHECKS = {
    "state": "state IN ('queued', 'sending', 'printed', 'unproven', 'failed', 'cancelled')",
    "kind": "kind IN ('ticket', 'copy', 'leaflet', 'test')",
    "only_a_test_is_for_nobody": "(kind = 'test') = (visit_id IS NULL)",
    "a_leaflet_has_a_service": "(kind = 'leaflet') = (service IS NOT NULL)",
    "a_copy_is_counted": "(kind = 'copy') = (copy > 0)",
}


def upgrade() -> None:
    """Widen what print jobs can be, and let printers have a state."""
    with op.batch_alter_table("print_job", table_kwargs={"sqlite_autoincrement": True}) as job:
        job.add_column(sa.Column("kind", sa.Text(), nullable=False, server_default="ticket"))
        job.add_column(sa.Column("service", sa.Text(), comment="what a leaflet is about"))
        job.add_column(sa.Column("copy", sa.Integer(), nullable=False, server_default="0"))
        job.alter_column("visit_id", existing_type=Identity, nullable=True, comment="none for a test page")
        job.drop_constraint(op.f("ck_print_job_ck_print_job_state"), type_="check")  # 0001 doubled its prefix
        for name, condition in _CHECKS.items():
            job.create_check_constraint(op.f(f"ck_print_job_{name}"), sa.text(condition))
    op.create_index(
        "ix_print_job_queued",
        "print_job",
        ["site", "printer", "id"],
        sqlite_where=_QUEUED,
        postgresql_where=_QUEUED,
    )
    op.create_table(
        "printer_state",
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("printer", sa.Text(), nullable=False, comment="key of the plan, or a URL"),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text()),
        sa.Column("seen_at", Moment(), nullable=False),
        sa.Column("holder", sa.Text(), comment="the one worker that prints on it"),
        sa.Column("lease_until", Moment()),
        sa.CheckConstraint("(holder IS NULL) = (lease_until IS NULL)", name=op.f("ck_printer_state_lease")),
        sa.ForeignKeyConstraint(["site"], ["site.key"], name="fk_printer_state_site"),
        sa.PrimaryKeyConstraint("site", "printer", name="pk_printer_state"),
    )
