"""One verb is one transaction, and runs once per request."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa

from shared.config import Config
from shared.errors import DatabaseMismatch, DatabaseUnavailable, Malformed, RequestReused, WrongState
from shared.model import Arrival
from shared.store import schema
from shared.store.database import Database, Transaction
from shared.store.sqlite import SQLite, sqlite_module
from shared.verbs.desks import calls, opening
from shared.verbs.site.apply import apply
from shared.verbs.visits import issue
from shared.views.room import read_calls
from tests.support.clock import HandClock

NEW = Arrival(packages=("neu",))
_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(["shared.verbs.visits.issue", "psycopg", "alembic.command"])


def numbers(database: Database) -> list[int]:
    return list(
        database.read(lambda t: t.execute(sa.select(schema.visit.c.number).order_by(schema.visit.c.number)).scalars())
    )


def test_the_same_request_gives_the_same_number_once(database: Database) -> None:
    request = uuid4()
    first = database.once(request, issue.issue, NEW)
    assert database.once(request, issue.issue, NEW) == first
    assert numbers(database) == [1]


def test_a_repeated_request_is_answered_although_the_world_has_moved_on(database: Database) -> None:
    database.do(issue.issue, NEW)
    database.do(opening.open_desk, "1")
    request = uuid4()
    called = database.once(request, calls.call_next, "1")
    database.do(calls.start, "1")
    assert database.once(request, calls.call_next, "1") == called


def test_a_request_id_with_other_arguments_is_refused(database: Database) -> None:
    request = uuid4()
    database.once(request, issue.issue, NEW)
    with pytest.raises(RequestReused):
        database.once(request, issue.issue, Arrival(packages=("adresse",)))
    assert numbers(database) == [1]


def test_a_refused_verb_leaves_no_trace(database: Database) -> None:
    def breaks(t: Transaction) -> bool:
        issue.issue(t, NEW)
        raise WrongState("after all")

    with pytest.raises(WrongState):
        database.do(breaks)
    assert numbers(database) == []
    assert database.do(issue.issue, NEW).code == "A001"


def test_eight_processes_prepare_an_empty_database_at_once(empty_database_url: str, leipzig: Config) -> None:
    with _PROCESSES.Pool(8) as pool:
        versions = pool.starmap(_prepare, [(empty_database_url, leipzig.plan_toml)] * 8)
    assert versions == [1] * 8


def _prepare(url: str, toml: str) -> int:

    with closing(Database(url, "leipzig")) as database:
        database.prepare()
        return database.do(apply, toml, True).version


@pytest.mark.usefixtures("database")
def test_many_processes_draw_every_number_once_and_without_a_gap(database_url: str) -> None:
    with _PROCESSES.Pool(4) as pool:
        drawn = pool.starmap(_draw, [(database_url, 25)] * 4)
    assert sorted(number for part in drawn for number in part) == [f"A{n:03d}" for n in range(1, 101)]


def _draw(url: str, count: int) -> list[str]:
    with closing(Database(url, "leipzig", HandClock())) as database:
        return [database.do(issue.issue, NEW).code for _ in range(count)]


def test_a_newer_database_is_refused_and_untouched(database: Database, database_url: str) -> None:
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DatabaseMismatch, match="newer"):
        _prepare(database_url, "")


def test_the_migrated_tables_are_those_of_the_program(database: Database) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), schema.metadata) == []


def test_a_locked_database_is_waited_for_and_then_named(
    database: Database, database_url: str, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.store.sqlite.BUSY_S", 0.01)
    monkeypatch.setattr("shared.store.database.PATIENCE_S", 0.1)
    other = Database(database_url, "leipzig", clock)
    with _locked(database, other), pytest.raises(DatabaseUnavailable, match="lock"):
        other.do(issue.issue, NEW)
    assert other.do(issue.issue, NEW).code == "A001"
    other.close()


@contextmanager
def _locked(database: Database, other: Database) -> Iterator[None]:
    """Hold what another process needs to write."""
    with database.backend.transaction(writes=True) as connection:
        if database.engine.dialect.name == "postgresql":
            connection.exec_driver_sql("LOCK TABLE counter")
            sa.event.listen(other.engine, "begin", lambda c: c.exec_driver_sql("SET LOCAL lock_timeout = 20"))
        yield


@pytest.mark.parametrize("url", ["nonsense", "mysql://x/y", "sqlite://", "sqlite:///:memory:"])
def test_a_url_that_is_no_database_is_named_with_what_is_allowed(url: str) -> None:
    with pytest.raises(Malformed, match="Allowed: sqlite"):
        Database(url, "leipzig")


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Sir or Madam, this is not a database at all, sorry." * 40)
    with pytest.raises(DatabaseUnavailable, match="not a database"):
        Database(f"sqlite:///{tmp_path}/letter.txt", "leipzig").prepare()


def test_what_was_committed_survives_power_loss_as_far_as_sqlite_can(tmp_path: Path) -> None:
    """FULL: the log is on disk before a number is acknowledged."""
    database = SQLite(sa.make_url(f"sqlite:///{tmp_path}/centre.sqlite"))
    database.create()
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        safe = sqlite_module().sqlite_version_info >= (3, 51, 3)
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == ("wal" if safe else "delete")


def test_two_consoles_never_get_the_same_visit(open_database: Callable[..., Database]) -> None:
    here, there = open_database(), open_database()
    for _ in range(2):
        here.do(issue.issue, NEW)
    here.do(opening.open_desk, "1")
    there.do(opening.open_desk, "2")
    first, second = here.do(calls.call_next, "1"), there.do(calls.call_next, "2")
    assert first.call
    assert second.call
    assert {first.call.code, second.call.code} == {"A001", "A002"}
    assert here.read(read_calls)[0].code == second.call.code
