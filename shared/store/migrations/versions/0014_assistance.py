"""Help that desks and kiosks ask for: an interpreter, a guide, an emergency."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shared.store.types import Identity, Moment

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_WANTED = sa.text("state IN ('open', 'accepted', 'underway', 'there')")
_CHECKS = {
    "kind": "kind IN ('interpreter', 'guide', 'emergency')",
    "state": "state IN ('open', 'accepted', 'underway', 'there', 'done', 'cancelled')",
    "reason": "reason IN ('unsure', 'minor', 'language', 'need', 'crowd')",
    "one_asks": "desk IS NULL OR kiosk IS NULL",
    "a_kiosk_has_a_reason": "(desk IS NULL) = (reason IS NOT NULL)",
    "an_interpreter_has_a_language": "kind <> 'interpreter' OR language IS NOT NULL",
    "somebody_has_accepted_it": "state NOT IN ('accepted', 'underway', 'there') OR face IS NOT NULL",
}


def upgrade() -> None:
    """Make the table, with an index of what somebody still has to bring."""
    op.create_table(
        "assistance",
        sa.Column("id", Identity, nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), comment="to speak with the visitor; none for the visit's own"),
        sa.Column("visit_id", Identity, comment="none for somebody without a number"),
        sa.Column("desk", sa.Text(), comment="that asks"),
        sa.Column("kiosk", sa.Text(), comment="that asks, where no desk does"),
        sa.Column("area", sa.Text(), comment="where help is wanted; none at a kiosk that the plan does not have"),
        sa.Column("reason", sa.Text(), comment="why a kiosk asks"),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("face", sa.Text(), comment="who has accepted it"),
        sa.Column("opened_at", Moment(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False, comment="when its state last changed"),
        *(sa.CheckConstraint(check, name=op.f(f"ck_assistance_{name}")) for name, check in _CHECKS.items()),
        sa.ForeignKeyConstraint(["site"], ["site.key"], name="fk_assistance_site"),
        sa.ForeignKeyConstraint(
            ["site", "visit_id"],
            ["visit.site", "visit.id"],
            name="fk_assistance_site_visit_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["site", "desk"], ["desk.site", "desk.key"], name="fk_assistance_site_desk"),
        sa.PrimaryKeyConstraint("id", name="pk_assistance"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_assistance_wanted", "assistance", ["site", "state"], sqlite_where=_WANTED, postgresql_where=_WANTED
    )
    op.create_index("ix_assistance_visit", "assistance", ["site", "visit_id"])
