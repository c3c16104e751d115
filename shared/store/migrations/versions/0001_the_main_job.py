"""Numbers, journeys, calls, desks, paper and speech: the main job."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from shared.store.types import Identity, Moment

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_Json = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    """Create every table of the first version."""
    op.create_table(
        "event",
        sa.Column("id", Identity, nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("visit_id", Identity, nullable=True),
        sa.Column("stop_id", Identity, nullable=True),
        sa.Column("service", sa.Text(), nullable=True),
        sa.Column("desk", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_event"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "request",
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("args_hash", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False, comment="the answer, as JSON"),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("site", "id", name="pk_request"),
    )
    op.create_table(
        "site",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("training", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_site"),
    )
    op.create_table(
        "counter",
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["site"], ["site.key"], name="fk_counter_site"),
        sa.PrimaryKeyConstraint("site", "day", "series", name="pk_counter"),
    )
    op.create_table(
        "desk",
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["site"], ["site.key"], name="fk_desk_site"),
        sa.PrimaryKeyConstraint("site", "key", name="pk_desk"),
    )
    op.create_table(
        "plan",
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("toml", sa.Text(), nullable=False, comment="config.toml without [device]"),
        sa.Column(
            "digest", sa.Text(), nullable=False, comment="of the toml, so that nobody parses the same plan twice"
        ),
        sa.Column("applied_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["site"], ["site.key"], name="fk_plan_site"),
        sa.PrimaryKeyConstraint("site", "version", name="pk_plan"),
    )
    op.create_table(
        "service",
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["site"], ["site.key"], name="fk_service_site"),
        sa.PrimaryKeyConstraint("site", "key", name="pk_service"),
    )
    op.create_table(
        "visit",
        sa.Column("id", Identity, nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False, comment="the centre's own day, stored and never derived"),
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column(
            "speaks",
            sa.Text(),
            nullable=True,
            comment="the language to interpret from, where an interpreter is wished for",
        ),
        sa.Column("adults", sa.Integer(), nullable=False),
        sa.Column("children", sa.Integer(), nullable=False),
        sa.Column("needs", _Json, nullable=False),
        sa.Column("priority", sa.Text(), nullable=True),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), server_default="0", nullable=False),
        sa.Column("issued_at", Moment(), nullable=False),
        sa.Column("closed_at", Moment(), nullable=True),
        sa.CheckConstraint("origin IN ('kiosk', 'reception')", name="ck_visit_origin"),
        sa.CheckConstraint(
            "adults >= 0 AND children >= 0 AND adults + children BETWEEN 1 AND 99", name="ck_visit_persons"
        ),
        sa.CheckConstraint("closed_at >= issued_at", name="ck_visit_closes_after_issue"),
        sa.ForeignKeyConstraint(["site"], ["site.key"], name="fk_visit_site"),
        sa.PrimaryKeyConstraint("id", name="pk_visit"),
        sa.UniqueConstraint("site", "day", "number", name="uq_visit_site_day_number"),
        sa.UniqueConstraint("site", "id", name="uq_visit_site_id"),
        sa.UniqueConstraint("token", name="uq_visit_token"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "desk_state",
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("desk", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("services", _Json, nullable=False),
        sa.Column("languages", _Json, nullable=False),
        sa.CheckConstraint("state IN ('open', 'closed')", name="ck_desk_state_state"),
        sa.ForeignKeyConstraint(["site", "desk"], ["desk.site", "desk.key"], name="fk_desk_state_site_desk"),
        sa.PrimaryKeyConstraint("site", "desk", name="pk_desk_state"),
    )
    op.create_table(
        "print_job",
        sa.Column("id", Identity, nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("visit_id", Identity, nullable=False),
        sa.Column("printer", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.CheckConstraint(
            "state IN ('queued', 'sending', 'printed', 'unproven', 'failed')", name="ck_print_job_state"
        ),
        sa.ForeignKeyConstraint(
            ["site", "visit_id"], ["visit.site", "visit.id"], name="fk_print_job_site_visit_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_print_job"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_print_job_visit", "print_job", ["site", "visit_id"], unique=False)
    op.create_table(
        "stop",
        sa.Column("id", Identity, nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("visit_id", Identity, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column(
            "language", sa.Text(), nullable=False, comment="copy of the visit's, for the queues by spoken language"
        ),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("rank_at", Moment(), nullable=True, comment="order of waiting: issue less the head start; set once"),
        sa.Column("queued_at", Moment(), nullable=True),
        sa.Column("times_called", sa.Integer(), server_default="0", nullable=False),
        sa.Column("closed_at", Moment(), nullable=True),
        sa.CheckConstraint("(state = 'done') = (closed_at IS NOT NULL)", name="ck_stop_closed"),
        sa.CheckConstraint(
            "state <> 'waiting' OR (rank_at IS NOT NULL AND queued_at IS NOT NULL)", name="ck_stop_waiting_is_ranked"
        ),
        sa.CheckConstraint("state IN ('planned', 'waiting', 'called', 'serving', 'done')", name="ck_stop_state"),
        sa.ForeignKeyConstraint(["site", "service"], ["service.site", "service.key"], name="fk_stop_site_service"),
        sa.ForeignKeyConstraint(
            ["site", "visit_id"], ["visit.site", "visit.id"], name="fk_stop_site_visit_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_stop"),
        sa.UniqueConstraint("visit_id", "id", name="uq_stop_visit_id_id"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_stop_heads",
        "stop",
        ["site", "day", "service", "rank_at", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_index(
        "ix_stop_heads_by_language",
        "stop",
        ["site", "day", "service", "language", "rank_at", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_index(
        "uq_stop_active",
        "stop",
        ["visit_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('waiting', 'called', 'serving')"),
        postgresql_where=sa.text("state IN ('waiting', 'called', 'serving')"),
    )
    op.create_table(
        "call",
        sa.Column("id", Identity, nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("visit_id", Identity, nullable=False),
        sa.Column("stop_id", Identity, nullable=False),
        sa.Column("desk", sa.Text(), nullable=False),
        sa.Column("ring", sa.Integer(), nullable=False),
        sa.Column("called_at", Moment(), nullable=False),
        sa.Column("rung_at", Moment(), nullable=False),
        sa.Column("started_at", Moment(), nullable=True),
        sa.Column("closed_at", Moment(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.CheckConstraint("(closed_at IS NULL) = (outcome IS NULL)", name="ck_call_outcome"),
        sa.CheckConstraint("closed_at >= called_at", name="ck_call_closes_after_call"),
        sa.ForeignKeyConstraint(["site", "desk"], ["desk.site", "desk.key"], name="fk_call_site_desk"),
        sa.ForeignKeyConstraint(
            ["visit_id", "stop_id"], ["stop.visit_id", "stop.id"], name="fk_call_visit_id_stop_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_call"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_call_desk_open",
        "call",
        ["site", "desk"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(
        "uq_call_visit_open",
        "call",
        ["visit_id"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "announcement",
        sa.Column("call_id", Identity, nullable=False),
        sa.Column("ring", sa.Integer(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False, comment="'' for a screen that shows every area"),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("languages", _Json, nullable=False),
        sa.CheckConstraint("state IN ('claimed', 'spoken', 'failed', 'dropped')", name="ck_announcement_state"),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name="fk_announcement_call_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("call_id", "ring", "area", name="pk_announcement"),
    )
