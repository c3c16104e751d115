"""Case 14: purged data is nowhere in the files of the database, even if other processes have it open."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Event
from uuid import uuid4

import pytest
import sqlalchemy as sa

from shared.centre import Centre
from shared.config import Device
from shared.model import Arrival
from shared.store import schema
from shared.store.database import Database, Transaction
from shared.store.types import Moment
from shared.verbs.desks.calls import call_next, finish, start
from shared.verbs.desks.opening import open_desk
from shared.verbs.site.due import tidy
from shared.verbs.site.erasing import erase_in_sleep, erasure_is_owed
from shared.verbs.visits.issue import issue
from shared.views.site import read_hall
from tests.support.clock import HandClock

VISITS = 100
SQLITE = pytest.mark.engine("sqlite")
_ANOTHER_PROCESS = """
import sys, time
from shared.store.database import Database
from shared.store.feed import Feed
from shared.views.site import read_hall
database = Database(sys.argv[1], "leipzig")
Feed(database, lambda: database.read(read_hall)).start()
print("open", flush=True)
time.sleep(600)
"""


@pytest.fixture
def folder(database: Database) -> Path:
    """The folder with the test's SQLite file and nothing else."""
    assert database.file
    return database.file.parent


@contextmanager
def a_display(url: str) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the database open and reads it after every change."""
    command = [sys.executable, "-c", _ANOTHER_PROCESS, url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            assert process.stdout.readline() == "open\n"
            yield process
        finally:
            process.kill()


def a_day(database: Database, clock: HandClock) -> set[bytes]:
    """A hundred visits, some of them served; returns every token, number and moment as bytes in a file."""
    database.do(open_desk, "1")
    tickets = []
    for _ in range(VISITS):
        clock.forward(seconds=7, microseconds=1234)
        tickets.append(database.do(issue, Arrival(packages=("neu",), language="uk"), "empfang"))
    for _ in range(VISITS // 4):
        for verb in (call_next, start, finish):
            clock.forward(seconds=11, microseconds=4321)
            database.do(verb, "1")
    return {*(t.token.encode() for t in tickets), *(f'"{t.code}"'.encode() for t in tickets), *moments(database)}


def moments(database: Database) -> set[bytes]:
    """Every moment in all tables about visits, as SQLite stores it: eight bytes, the highest first."""
    found: set[int] = set()
    with database.engine.connect() as connection:
        for table in (schema.visit, schema.stop, schema.call, schema.step, schema.event, schema.request):
            for column in (column for column in table.c if isinstance(column.type, Moment)):
                raw = sa.select(sa.type_coerce(column, sa.Integer)).where(column.is_not(None))
                found.update(connection.execute(raw).scalars())
    applied = sa.select(sa.type_coerce(schema.event.c.at, sa.Integer)).where(schema.event.c.kind == "apply")
    with database.engine.connect() as connection:
        found -= set(connection.execute(applied).scalars())
    return {moment.to_bytes(8, "big") for moment in found}


def traces(folder: Path, secrets: set[bytes]) -> dict[str, int]:
    """How many of the secrets each file has, for files with any."""
    found = {file.name: sum(secret in data for secret in secrets) for file in folder.iterdir() if (data := read(file))}
    return {name: count for name, count in found.items() if count}


def read(file: Path) -> bytes:
    """Read in a separate process, because closing a file releases SQLite's locks on it in this process."""
    return subprocess.run(["cat", file], capture_output=True, check=False).stdout


@SQLITE
def test_case_14_no_file_has_a_purged_token_number_or_moment_with_a_display_open_and_after_it(
    database: Database, database_url: str, clock: HandClock, folder: Path
) -> None:
    with a_display(database_url) as display:
        secrets = a_day(database, clock)
        assert len(secrets) > 3 * VISITS
        found = traces(folder, secrets)
        assert sum(found.values()) >= len(secrets), "what is looked for is found before the purge"
        clock.forward(days=2)
        database.do(tidy)
        assert erase_in_sleep(database)
        assert traces(folder, secrets) == {}
        database.backup(folder / "copy.sqlite")
        assert traces(folder, secrets) == {}
        display.terminate()
        display.wait()
        assert traces(folder, secrets) == {}
    database.close()
    assert traces(folder, secrets) == {}


@SQLITE
def test_case_14_what_an_earlier_version_left_in_the_gaps_is_erased(
    database: Database, clock: HandClock, folder: Path
) -> None:
    secrets = a_day(database, clock)
    clock.forward(days=2)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA secure_delete = OFF")
    database.do(tidy)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    assert traces(folder, secrets), "unlinked, and still there"
    assert erase_in_sleep(database)
    assert traces(folder, secrets) == {}


@SQLITE
def test_case_14_a_face_erases_by_itself(
    database: Database, database_url: str, clock: HandClock, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.store.sqlite.SLOW_S", 0.1)
    secrets = a_day(database, clock)
    clock.forward(days=2)
    asleep = Waiting(lambda: traces(folder, secrets) == {})
    centre = Centre(Database(database_url, "leipzig", clock), Device(audio="none"))
    try:
        centre.subscribe(asleep.look)
        asleep.until()
    finally:
        centre.close()


@SQLITE
def test_case_14_who_reads_is_waited_for_and_then_nothing_is_left(
    database: Database, open_database: Callable[..., Database], clock: HandClock, folder: Path
) -> None:
    reader = open_database(clock)
    secrets = a_day(database, clock)
    clock.forward(days=2)
    with reader.backend.transaction(writes=False) as reading:
        reading.exec_driver_sql("SELECT count(*) FROM visit")
        if database.engine.connect().exec_driver_sql("PRAGMA journal_mode").scalar() != "wal":
            pytest.skip("without a write-ahead log, nobody writes while somebody reads")
        database.do(tidy)
        assert not erase_in_sleep(database)
        assert traces(folder, secrets)
    assert erase_in_sleep(database)
    assert traces(folder, secrets) == {}


@SQLITE
def test_case_14_nothing_is_erased_while_somebody_is_at_work(database: Database, clock: HandClock) -> None:
    a_day(database, clock)
    clock.forward(days=2)
    database.do(issue, Arrival(services=("konto",)))
    database.do(tidy)
    assert not erase_in_sleep(database)
    clock.forward(minutes=6)
    assert erase_in_sleep(database)
    assert not database.read(erasure_is_owed)


@SQLITE
def test_case_14_whoever_is_kept_waiting_by_it_works_on(
    database: Database, open_database: Callable[..., Database], clock: HandClock
) -> None:
    a_day(database, clock)
    clock.forward(days=2)
    database.do(tidy)
    other = open_database(clock)
    with other.backend.transaction(writes=True):
        assert not erase_in_sleep(database)  # it gives up soon, and takes nothing with it
    assert other.do(issue, Arrival(services=("konto",))).code == "L500"
    assert database.read(read_hall).queues


def test_case_14_what_a_wrong_clock_has_written_goes_with_its_visit(database: Database, clock: HandClock) -> None:
    ticket = database.do(issue, Arrival(services=("anmeldung",)))

    def write_ahead_of_time(t: Transaction) -> None:
        """What remains of a verb that ran with a clock a year ahead."""
        at = t.now + timedelta(days=400)
        t.execute(sa.insert(schema.event), {"site": t.site, "at": at, "kind": "recall", "visit_id": ticket.visit_id})
        row = {"id": str(uuid4()), "verb": "recall", "args_hash": "", "result": json.dumps(ticket.token), "at": at}
        t.execute(sa.insert(schema.request), {"site": t.site, **row})

    database.do(write_ahead_of_time)
    clock.forward(days=2)
    database.do(tidy)
    with database.engine.connect() as connection:
        visits = connection.execute(sa.select(schema.event.c.visit_id)).scalars().all()
        answers = connection.execute(sa.select(schema.request.c.result)).scalars().all()
    assert ticket.visit_id not in visits
    assert all(ticket.token not in answer for answer in answers)


class Waiting:
    """Waits for something that any wake-up may have caused."""

    def __init__(self, wanted: Callable[[], bool]) -> None:
        self._wanted = wanted
        self._came = Event()

    def look(self) -> None:
        if self._wanted():
            self._came.set()

    def until(self) -> None:
        assert self._came.wait(30)
