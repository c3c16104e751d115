"""Opening hours by hand; samples and tallies that survive a visit; the purge, the one way out of the event log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shared.store.types import Identity, Moment

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_SLOT = "slot BETWEEN 0 AND 1410 AND slot % 30 = 0"
_REFUSAL = "the event log is only added to"

_SQLITE = [
    "DROP TRIGGER IF EXISTS event_delete",
    "CREATE TRIGGER event_delete BEFORE DELETE ON event"
    " WHEN NOT EXISTS (SELECT 1 FROM site WHERE key = OLD.site AND OLD.at < purged_before)"
    f" BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END",
    "CREATE TRIGGER site_purged BEFORE UPDATE OF purged_before ON site"
    " WHEN OLD.purged_before IS NOT NULL AND (NEW.purged_before IS NULL OR NEW.purged_before < OLD.purged_before)"
    " BEGIN SELECT RAISE(ABORT, 'what was purged stays purged'); END",
]
_POSTGRES = [
    "DROP TRIGGER IF EXISTS event_refuse ON event",
    "CREATE OR REPLACE FUNCTION event_refuse() RETURNS trigger LANGUAGE plpgsql AS"
    f" $$ BEGIN RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER event_refuse BEFORE UPDATE OR TRUNCATE ON event FOR EACH STATEMENT EXECUTE FUNCTION event_refuse()",
    "CREATE FUNCTION event_keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " IF EXISTS (SELECT 1 FROM site WHERE key = OLD.site AND OLD.at < purged_before) THEN RETURN OLD; END IF;"
    f" RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER event_keep BEFORE DELETE ON event FOR EACH ROW EXECUTE FUNCTION event_keep()",
    "CREATE FUNCTION site_purged() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " IF NEW.purged_before IS NULL OR NEW.purged_before < OLD.purged_before THEN"
    " RAISE EXCEPTION 'what was purged stays purged' USING ERRCODE = 'integrity_constraint_violation'; END IF;"
    " RETURN NEW; END $$",
    "CREATE TRIGGER site_purged BEFORE UPDATE OF purged_before ON site FOR EACH ROW"
    " WHEN (OLD.purged_before IS NOT NULL) EXECUTE FUNCTION site_purged()",
]


def upgrade() -> None:
    """Add until when the site is open and what was purged, and the tables for what survives."""
    op.add_column(
        "site", sa.Column("open_until", Moment(), comment="whatever the hours say, its day is open until then")
    )
    op.add_column(
        "site",
        sa.Column("purged_before", Moment(), comment="all that tells of a visit was deleted up to then; it only grows"),
    )
    _samples()
    op.create_table(
        "tally",
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("dimension", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.CheckConstraint("dimension IN ('language', 'need', 'origin')", name=op.f("ck_tally_dimension")),
        sa.ForeignKeyConstraint(["site"], ["site.key"], name="fk_tally_site"),
        sa.PrimaryKeyConstraint("site", "day", "dimension", "value", name="pk_tally"),
    )
    for statement in _POSTGRES if op.get_bind().dialect.name == "postgresql" else _SQLITE:
        op.execute(statement)


def _samples() -> None:
    op.create_table(
        "sample",
        sa.Column("id", Identity, nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "slot", sa.Integer(), nullable=False, comment="half an hour in which the wait began: minutes after midnight"
        ),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("wait_s", sa.Integer(), nullable=False),
        sa.Column("service_s", sa.Integer(), comment="none for a stop that was not settled"),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.CheckConstraint(_SLOT, name=op.f("ck_sample_slot")),
        sa.CheckConstraint("outcome IN ('done', 'forwarded', 'cancelled', 'gone')", name=op.f("ck_sample_outcome")),
        sa.ForeignKeyConstraint(["site", "service"], ["service.site", "service.key"], name="fk_sample_site_service"),
        sa.PrimaryKeyConstraint("id", name="pk_sample"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_sample_day", "sample", ["site", "day"])
    op.create_table(
        "journey_sample",
        sa.Column("id", Identity, nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "slot",
            sa.Integer(),
            nullable=False,
            comment="half an hour in which the visit began: minutes after midnight",
        ),
        sa.Column("stops", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.CheckConstraint(_SLOT, name=op.f("ck_journey_sample_slot")),
        sa.ForeignKeyConstraint(["site"], ["site.key"], name="fk_journey_sample_site"),
        sa.PrimaryKeyConstraint("id", name="pk_journey_sample"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_journey_sample_day", "journey_sample", ["site", "day"])
