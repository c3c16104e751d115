"""A prepared statement gives what the same statement gives by SQLAlchemy: rows, values, counts and errors."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from shared.store import schema
from shared.store.database import Database, Transaction
from shared.store.prepared import Prepared, Rows, Values
from tests.support.clock import MONDAY

JOB, STATE, SITE = schema.print_job.c, schema.desk_state.c, schema.site.c
DESK = {
    "site": "leipzig",
    "desk": "1",
    "state": "open",
    "services": ["geld", "konto"],
    "languages": [],
    "since": MONDAY,
}
NEW_JOB = {"site": "leipzig", "printer": "empfang", "kind": "test", "state": "queued", "copy": 0} | dict.fromkeys(
    ("created_at", "changed_at"), MONDAY
)

_DESKS = sa.select(STATE.desk, STATE.services, STATE.since, STATE.reason).where(STATE.site == sa.bindparam("wanted"))
_NEW_DESK = Prepared(sa.insert(schema.desk_state), *DESK)
_NEW_JOB = Prepared(sa.insert(schema.print_job).returning(JOB.id), *NEW_JOB)


def running(database: Database, statement: Prepared, values: Values) -> Rows:
    return database.keep(lambda t: t.execute(statement, values))


def test_values_go_in_and_come_out_as_by_sqlalchemy(database: Database) -> None:
    running(database, _NEW_DESK, DESK)

    def both(t: Transaction) -> tuple[Any, Any]:
        return t.execute(Prepared(_DESKS), {"wanted": "leipzig"}).all(), t.execute(_DESKS, {"wanted": "leipzig"}).all()

    prepared, plain = database.read(both)
    assert [tuple(row) for row in prepared] == [tuple(row) for row in plain]
    assert prepared[0]._asdict() == plain[0]._asdict()
    assert (prepared[0].services, prepared[0].since, prepared[0].reason) == (["geld", "konto"], MONDAY, None)


def test_an_insert_gives_what_it_returns(database: Database) -> None:
    first, second = (running(database, _NEW_JOB, NEW_JOB).scalar_one() for _ in range(2))
    assert second == first + 1


def test_what_was_changed_is_counted(database: Database) -> None:
    running(database, _NEW_DESK, DESK)
    later = sa.update(schema.desk_state).where(STATE.desk == sa.bindparam("wanted"))
    statement = Prepared(later.values(since=sa.bindparam("now", type_=STATE.since.type)))
    moved = {"now": MONDAY + timedelta(minutes=1)}
    assert running(database, statement, {"wanted": "1", **moved}).rowcount == 1
    assert running(database, statement, {"wanted": "2", **moved}).rowcount == 0


def test_a_literal_of_the_statement_need_not_be_given(database: Database) -> None:
    statement = Prepared(sa.select(SITE.key).where(SITE.key == "leipzig", SITE.training == sa.bindparam("training")))
    assert running(database, statement, {"training": True}).scalar_one() == "leipzig"


def test_a_value_that_is_missing_is_named(database: Database) -> None:
    with pytest.raises(KeyError, match="wanted"):
        running(database, Prepared(_DESKS), {})


@pytest.mark.parametrize(
    ("rows", "one", "one_or_none"),
    [
        ([], sa.exc.NoResultFound, None),
        ([("a",)], ("a",), ("a",)),
        ([("a",), ("b",)], sa.exc.MultipleResultsFound, sa.exc.MultipleResultsFound),
    ],
)
def test_one_row_is_asked_for_in_sqlalchemys_words(rows: list[Any], one: Any, one_or_none: Any) -> None:
    for ask, expected in ((Rows.one, one), (Rows.one_or_none, one_or_none)):
        if isinstance(expected, type):
            with pytest.raises(expected):
                ask(Rows(rows))
        else:
            assert ask(Rows(rows)) == expected
    if isinstance(one, tuple):
        assert Rows(rows).scalar_one() == Rows(rows).scalar_one_or_none() == "a"
    assert Rows(rows).all() == rows


def test_a_key_that_is_taken_is_sqlalchemys_error(database: Database) -> None:
    running(database, _NEW_DESK, DESK)
    with pytest.raises(sa.exc.IntegrityError):
        running(database, _NEW_DESK, DESK)


def test_a_wrong_statement_is_sqlalchemys_error(database: Database) -> None:
    nowhere = Prepared(sa.select(sa.literal_column("1").label("one")).select_from(sa.table("nowhere")))
    with database.engine.connect() as connection, pytest.raises(sa.exc.DBAPIError):
        nowhere.run(connection, {})


@pytest.mark.engine("postgres")
def test_a_connection_that_died_is_not_used_again(database: Database) -> None:
    other = sa.text("SELECT pg_terminate_backend(:pid)")
    with database.engine.connect() as connection:
        pid = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
        with database.engine.connect() as killer:
            killer.execute(other, {"pid": pid})
        with pytest.raises(sa.exc.DBAPIError) as died:
            Prepared(_DESKS).run(connection, {"wanted": "leipzig"})
        assert died.value.connection_invalidated
        assert connection.invalidated
