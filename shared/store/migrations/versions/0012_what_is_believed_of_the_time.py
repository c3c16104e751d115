"""What is believed about a site's time, so that one wrong reading of a clock does no harm."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shared.store.types import Moment

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; a site at work begins with the last moment that it has stored."""
    op.create_table(
        "clock",
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False, comment="how often a clock was believed anew"),
        sa.Column("boot", sa.Text(), nullable=False, comment="the start of the computer that looked last"),
        sa.Column("zero", Moment(), nullable=False, comment="the believed moment at which its steady seconds began"),
        sa.Column("seen", Moment(), nullable=False, comment="the believed moment of the last look"),
        sa.Column("purge_from", Moment(), nullable=False, comment="before it nothing is purged"),
        sa.Column("proven", sa.Boolean(), nullable=False, comment="whether a clock that agrees is believed at once"),
        sa.Column("lead_moment", Moment(), comment="a moment that was shown before the clock went back"),
        sa.Column("lead_believed", Moment(), comment="the believed one beside it"),
        sa.Column("doubt_moment", Moment(), comment="what a clock showed that is not believed"),
        sa.Column("doubt_believed", Moment(), comment="the believed moment beside it"),
        sa.CheckConstraint("(lead_moment IS NULL) = (lead_believed IS NULL)", name=op.f("ck_clock_lead")),
        sa.CheckConstraint("(doubt_moment IS NULL) = (doubt_believed IS NULL)", name=op.f("ck_clock_doubt")),
        sa.ForeignKeyConstraint(["site"], ["site.key"], name="fk_clock_site"),
        sa.PrimaryKeyConstraint("site", name="pk_clock"),
    )
