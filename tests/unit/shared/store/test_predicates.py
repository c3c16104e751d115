"""A statement that asks by a predicate uses the partial index that was made with it."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from shared.store import predicates, schema
from shared.store.database import Database, Transaction

STOP, CALL, JOB = schema.stop.c, schema.call.c, schema.print_job.c


def plan_of(t: Transaction, statement: sa.Select[tuple[int]]) -> str:
    """The engine's plan for a statement; Postgres is told not to read even an empty table whole."""
    sql = str(statement.compile(dialect=t.connection.dialect, compile_kwargs={"literal_binds": True}))
    if t.connection.dialect.name == "sqlite":
        return "\n".join(str(row.detail) for row in t.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}"))
    t.connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
    return "\n".join(row[0] for row in t.connection.exec_driver_sql(f"EXPLAIN {sql}"))


@pytest.mark.parametrize(
    ("index", "asked"),
    [
        ("ix_stop_heads", sa.and_(STOP.site == "x", STOP.service == "geld", predicates.waiting(STOP.state))),
        ("ix_stop_due", sa.and_(STOP.site == "x", predicates.away(STOP.state))),
        ("uq_stop_active", sa.and_(STOP.visit_id == 1, predicates.active(STOP.state))),
        ("uq_call_desk_open", sa.and_(CALL.site == "x", CALL.desk == "1", predicates.not_closed(CALL.closed_at))),
        ("ix_print_job_queued", sa.and_(JOB.site == "x", JOB.printer == "p", predicates.queued(JOB.state))),
    ],
)
def test_the_index_is_used(database: Database, index: str, asked: sa.ColumnElement[bool]) -> None:
    table = next(
        table for table in schema.metadata.sorted_tables if index.startswith(("ix_" + table.name, "uq_" + table.name))
    )
    assert index in database.read(plan_of, sa.select(table.c.id).where(asked))


@pytest.mark.engine("sqlite")
def test_a_bound_value_would_not_use_it(database: Database) -> None:
    with database.engine.connect() as connection:
        bound = "EXPLAIN QUERY PLAN SELECT id FROM stop WHERE site = ? AND state IN (?, ?)"
        plan = connection.exec_driver_sql(bound, ("x", "missed", "parked")).all()
    assert not any("ix_stop_due" in row.detail for row in plan)
