"""A database of an earlier version goes on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config as AlembicConfig

from shared.config import Config
from shared.model import Doubt
from shared.store.database import Database
from shared.store.migrations import versions
from shared.verbs.desks import calls
from shared.verbs.desks.undo import undo
from shared.views.desk import read_desk
from shared.views.paper import read_print_job
from tests.support.clock import HandClock

ROWS = """
INSERT INTO site VALUES ('leipzig', true);
INSERT INTO desk VALUES ('leipzig', '1', false), ('leipzig', '2', false);
INSERT INTO service VALUES ('leipzig', 'anmeldung', false), ('leipzig', 'geld', false);
INSERT INTO counter VALUES ('leipzig', '2026-11-23', 'A', 2);
INSERT INTO visit (id, site, day, series, number, token, language, adults, children, needs, origin, revision, issued_at)
    VALUES (1, 'leipzig', '2026-11-23', 'A', 1, 'TA', 'de', 1, 0, '[]', 'kiosk', 2, 1795420000000000),
           (2, 'leipzig', '2026-11-23', 'A', 2, 'TB', 'uk', 2, 1, '["loop"]', 'kiosk', 0, 1795420100000000);
INSERT INTO stop (id, site, day, visit_id, position, service, language, state, rank_at, queued_at, times_called)
    VALUES (1, 'leipzig', '2026-11-23', 1, 1, 'anmeldung', 'de', 'serving', 1795420000000000, 1795420000000000, 1),
           (2, 'leipzig', '2026-11-23', 1, 2, 'geld', 'de', 'planned', NULL, NULL, 0),
           (3, 'leipzig', '2026-11-23', 2, 1, 'anmeldung', 'uk', 'waiting', 1795420100000000, 1795420100000000, 0);
INSERT INTO call (id, site, visit_id, stop_id, desk, ring, called_at, rung_at, started_at)
    VALUES (1, 'leipzig', 1, 1, '1', 1, 1795420200000000, 1795420200000000, 1795420210000000);
INSERT INTO announcement VALUES (1, 1, '', 'spoken', '["de"]');
INSERT INTO desk_state VALUES ('leipzig', '1', 'open', '["anmeldung"]', '["uk"]');
"""


REVISIONS = sorted(path.name[:4] for path in Path(versions.__file__ or "").parent.glob("0*.py"))


def upgrade(database: Database, revision: str) -> None:
    """What an earlier version did when it was new."""
    config = AlembicConfig()
    config.set_main_option("script_location", "shared.store:migrations")
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")  # tables are rebuilt, and their children stay
        command.upgrade(config, revision)
    database.engine.dispose()


def fill(database: Database, plan_toml: str) -> None:
    """A desk at work, as the first version wrote it."""
    with database.engine.begin() as connection:
        postgres = connection.dialect.name == "postgresql"
        moment = r"to_timestamp(\1 / 1000000.0)" if postgres else r"\1"
        for statement in filter(str.strip, re.sub(r"(\d{16})", moment, ROWS).split(";")):
            connection.exec_driver_sql(statement)
        at = "to_timestamp(0)" if postgres else "0"
        plan = f"INSERT INTO plan (site, version, toml, digest, applied_at) VALUES ('leipzig', 1, :toml, '0001', {at})"
        connection.execute(sa.text(plan), {"toml": plan_toml})
        for table in ("visit", "stop", "call") if postgres else ():
            following = f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"
            connection.exec_driver_sql(following)


@pytest.fixture
def database_of_0001(empty_database_url: str, leipzig: Config, clock: HandClock) -> Iterator[Database]:
    """The first version's tables with a desk at work, as that version wrote them."""
    database = Database(empty_database_url, "leipzig", clock)
    upgrade(database, "0001")
    fill(database, leipzig.plan_toml)
    yield database
    database.close()


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_morning_that_began_on_any_earlier_version_goes_on(database_of_0001: Database, revision: str) -> None:
    database = database_of_0001
    upgrade(database, revision)
    database.prepare()
    assert database.revision() == REVISIONS[-1]
    call = database.read(read_desk, "1").call
    assert call
    assert (call.code, call.stop_state) == ("A001", "serving")
    standing = database.do(calls.finish_and_next, "1")
    assert standing.call
    assert (standing.call.code, standing.call.adults, standing.call.ring) == ("A002", 2, 1)
    database.do(undo, "1")
    undone = database.do(undo, "1").call
    assert undone
    assert undone.code == "A001"


def test_nothing_is_lost_and_every_key_still_leads_somewhere(database_of_0001: Database) -> None:
    tables = ("visit", "stop", "call", "announcement", "desk_state", "counter", "plan")

    def counted() -> list[int]:
        with database_of_0001.engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
                assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
            return [connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one() for table in tables]

    before = counted()
    database_of_0001.prepare()
    assert counted() == before


def test_slips_that_earlier_versions_have_doubted_in_words_are_doubted_as_before(database_of_0001: Database) -> None:
    upgrade(database_of_0001, "0010")
    told = {
        1: ("unproven", "the printer did not confirm"),
        2: ("unproven", "a file cannot confirm"),
        3: ("unproven", "the program that was printing it was lost"),
        4: ("unproven", "the printer has no paper"),
        5: ("failed", "the printer did not confirm"),
    }
    with database_of_0001.engine.begin() as connection:
        at = "to_timestamp(0)" if connection.dialect.name == "postgresql" else "0"
        columns = "id, site, visit_id, printer, state, detail, created_at, changed_at"
        slip = sa.text(
            f"INSERT INTO print_job ({columns}) VALUES (:id, 'leipzig', 1, 'p', :state, :detail, {at}, {at})"
        )
        connection.execute(slip, [{"id": id, "state": state, "detail": detail} for id, (state, detail) in told.items()])
    database_of_0001.prepare()
    doubts = [database_of_0001.read(read_print_job, id).doubt for id in told]
    assert doubts == [Doubt.SILENCE, Doubt.SILENCE, Doubt.LOST, Doubt.TROUBLE, None]
