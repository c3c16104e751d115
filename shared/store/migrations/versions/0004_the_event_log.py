"""The event log only grows, and on Postgres each addition wakes the listeners."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_REFUSAL = "the event log is only added to"

_SQLITE = [
    f"CREATE TRIGGER event_{verb.lower()} BEFORE {verb} ON event BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
    for verb in ("UPDATE", "DELETE")
]
_POSTGRES = [
    "CREATE FUNCTION event_refuse() RETURNS trigger LANGUAGE plpgsql AS"
    f" $$ BEGIN RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER event_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON event"
    " FOR EACH STATEMENT EXECUTE FUNCTION event_refuse()",
    # Without data: a woken process reads again, so nothing that another role sends can put a wrong word on a screen.
    "CREATE FUNCTION event_wake() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NOTIFY ankommen; RETURN NULL; END $$",
    "CREATE TRIGGER event_wake AFTER INSERT ON event FOR EACH STATEMENT EXECUTE FUNCTION event_wake()",
]


def upgrade() -> None:
    """Put the triggers in place."""
    for statement in _POSTGRES if op.get_bind().dialect.name == "postgresql" else _SQLITE:
        op.execute(statement)
