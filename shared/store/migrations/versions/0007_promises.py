"""What a visitor is told about the wait, what remains and is learned from it; since when a desk has its state."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shared.store.types import Identity, Moment

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_RANGE = "0 <= low AND low < high"
_MINUTES = "minutes, as all below"


def upgrade() -> None:
    """Make the tables, and an index: without it, each purged visit searches every call."""
    comment = "how long its last call kept a desk busy; none for a stop that was not settled"
    op.add_column("sample", sa.Column("desk_s", sa.Integer(), comment=comment))
    op.add_column("desk_state", sa.Column("since", Moment(), comment="when its state last changed"))
    op.create_table(
        "promise",
        sa.Column("visit_id", Identity, nullable=False, autoincrement=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False, comment="what the visit waited for then"),
        sa.Column("given_at", Moment(), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=False, comment=_MINUTES),
        sa.Column("low", sa.Integer(), nullable=False),
        sa.Column("high", sa.Integer(), nullable=False),
        sa.CheckConstraint(_RANGE, name=op.f("ck_promise_range")),
        sa.ForeignKeyConstraint(
            ["site", "visit_id"], ["visit.site", "visit.id"], name="fk_promise_site_visit_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["site", "service"], ["service.site", "service.key"], name="fk_promise_site_service"),
        sa.PrimaryKeyConstraint("visit_id", name="pk_promise"),
    )
    op.create_table(
        "promise_sample",
        sa.Column("id", Identity, nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "slot", sa.Integer(), nullable=False, comment="half an hour in which it was given: minutes after midnight"
        ),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=False, comment=_MINUTES),
        sa.Column("low", sa.Integer(), nullable=False),
        sa.Column("high", sa.Integer(), nullable=False),
        sa.Column("came", sa.Integer(), comment="when the call came; none for somebody who was never called"),
        sa.CheckConstraint("slot BETWEEN 0 AND 1410 AND slot % 30 = 0", name=op.f("ck_promise_sample_slot")),
        sa.CheckConstraint(_RANGE, name=op.f("ck_promise_sample_range")),
        sa.ForeignKeyConstraint(
            ["site", "service"], ["service.site", "service.key"], name="fk_promise_sample_site_service"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_promise_sample"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "forecast",
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("finished", sa.Integer(), nullable=False, comment="samples that it comes from"),
        sa.Column("desk_s", sa.Integer(), nullable=False, comment="the mean of theirs"),
        sa.CheckConstraint("finished > 0", name=op.f("ck_forecast_finished")),
        sa.ForeignKeyConstraint(["site", "service"], ["service.site", "service.key"], name="fk_forecast_site_service"),
        sa.PrimaryKeyConstraint("site", "service", name="pk_forecast"),
    )
    op.create_index("ix_promise_sample_day", "promise_sample", ["site", "day"])
    op.create_index("ix_call_visit", "call", ["visit_id", "stop_id"])
