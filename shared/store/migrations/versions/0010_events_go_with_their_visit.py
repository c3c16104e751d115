"""An event may be deleted once its visit is gone, even if a wrong clock gave it another moment."""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_REFUSAL = "the event log is only added to"
_PURGED = "EXISTS (SELECT 1 FROM site WHERE key = OLD.site AND OLD.at < purged_before)"
_OF_GONE = "(OLD.visit_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM visit WHERE id = OLD.visit_id))"

_SQLITE = [
    "DROP TRIGGER event_delete",
    f"CREATE TRIGGER event_delete BEFORE DELETE ON event WHEN NOT ({_PURGED} OR {_OF_GONE})"
    f" BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END",
    # Earlier versions left traces of purged data: store/erasure.py rewrites the file while nobody is at work.
    "PRAGMA user_version = 1",
]
_POSTGRES = [
    "CREATE OR REPLACE FUNCTION event_keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    f" IF {_PURGED} OR {_OF_GONE} THEN RETURN OLD; END IF;"
    f" RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
]


def upgrade() -> None:
    """Replace the triggers that guard the log."""
    for statement in _POSTGRES if op.get_bind().dialect.name == "postgresql" else _SQLITE:
        op.execute(statement)
