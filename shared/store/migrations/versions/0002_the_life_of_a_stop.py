"""Missed, parked, forwarded, cancelled, gone; breaks and lost consoles; undo; a centre that is suspended."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from shared.store.types import Identity, Moment

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_Json = sa.JSON().with_variant(JSONB(), "postgresql")
_STATES = (
    "state IN ('planned', 'waiting', 'called', 'serving', 'missed', 'parked', 'done', 'forwarded', 'cancelled', 'gone')"
)
_OPEN = sa.text("closed_at IS NULL")
_AWAY = sa.text("state IN ('missed', 'parked')")
_ACTIVE = sa.text("state IN ('waiting', 'called', 'serving', 'missed')")


def upgrade() -> None:
    """Widen what stops, desks and the site can be; every row keeps its meaning."""
    _sites_and_visits()
    _stops()
    _desks()
    _steps()


def _sites_and_visits() -> None:
    # In plain SQL: both engines know it, and SQLite need not rebuild the table that all others point to.
    op.execute(
        "ALTER TABLE site ADD COLUMN state TEXT DEFAULT 'open' NOT NULL"
        " CONSTRAINT ck_site_state CHECK (state IN ('open', 'suspended'))"
    )
    op.add_column("site", sa.Column("reason", sa.Text(), comment="why it is suspended"))
    op.add_column(
        "visit",
        sa.Column(
            "times_paused",
            sa.Integer(),
            nullable=False,
            server_default="0",
            comment="breaks that the visitor has taken",
        ),
    )
    op.create_index("ix_visit_open", "visit", ["site", "day"], sqlite_where=_OPEN, postgresql_where=_OPEN)


def _stops() -> None:
    op.drop_index("uq_stop_active", "stop")
    with op.batch_alter_table("stop", table_kwargs={"sqlite_autoincrement": True}) as stop:
        stop.add_column(
            sa.Column("reason", sa.Text(), comment="key of the plan's reasons, or one of the program's own")
        )
        stop.add_column(sa.Column("due_at", Moment(), comment="when a missed or parked stop waits again"))
        stop.add_column(sa.Column("times_missed", sa.Integer(), nullable=False, server_default="0"))
        for check in ("state", "closed"):
            stop.drop_constraint(op.f(f"ck_stop_ck_stop_{check}"), type_="check")  # 0001 doubled their prefix
        stop.create_check_constraint(op.f("ck_stop_state"), sa.text(_STATES))
        stop.create_check_constraint(
            op.f("ck_stop_closed"),
            sa.text("(state IN ('done', 'forwarded', 'cancelled', 'gone')) = (closed_at IS NOT NULL)"),
        )
        stop.create_check_constraint(
            op.f("ck_stop_away_is_due"), sa.text("state NOT IN ('missed', 'parked') OR due_at IS NOT NULL")
        )
    op.create_index("uq_stop_active", "stop", ["visit_id"], unique=True, sqlite_where=_ACTIVE, postgresql_where=_ACTIVE)
    op.create_index("ix_stop_due", "stop", ["site", "due_at"], sqlite_where=_AWAY, postgresql_where=_AWAY)


def _desks() -> None:
    with op.batch_alter_table("desk_state") as desk:
        desk.add_column(sa.Column("reason", sa.Text(), comment="key of the plan's reasons, while it pauses"))
        desk.add_column(
            sa.Column("holder", sa.Text(), comment="the console that works here; none for a desk run by commands")
        )
        desk.add_column(
            sa.Column("lease_until", Moment(), comment="when the console counts as lost unless it speaks up before")
        )
        desk.drop_constraint(op.f("ck_desk_state_ck_desk_state_state"), type_="check")
        desk.create_check_constraint(
            op.f("ck_desk_state_state"), sa.text("state IN ('open', 'draining', 'paused', 'closed')")
        )
        desk.create_check_constraint(
            op.f("ck_desk_state_holder_has_lease"), sa.text("(holder IS NULL) = (lease_until IS NULL)")
        )


def _steps() -> None:
    op.create_table(
        "step",
        sa.Column("id", Identity, nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("desk", sa.Text(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("visit_id", Identity, nullable=False),
        sa.Column("visit_revision", sa.Integer(), nullable=False, comment="of the visit after this step"),
        sa.Column("before", _Json, nullable=False, comment="the visit's stops and the call as they were before it"),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["site", "desk"], ["desk.site", "desk.key"], name="fk_step_site_desk"),
        sa.ForeignKeyConstraint(
            ["site", "visit_id"], ["visit.site", "visit.id"], name="fk_step_site_visit_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_step"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_step_desk", "step", ["site", "desk", "id"])
    op.create_index("ix_step_visit", "step", ["visit_id"])
