"""A database that is deleted or replaced while programs use it."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from shared.errors import DatabaseUnavailable
from shared.model import Arrival
from shared.store.database import Database
from shared.store.feed import Feed
from shared.verbs.visits.issue import issue
from shared.views.site import read_hall

pytestmark = pytest.mark.engine("sqlite")
NEW = Arrival(packages=("neu",))


@pytest.fixture
def file(database_url: str) -> Path:
    """The test's SQLite file."""
    return Path(sa.make_url(database_url).database or "")


def deleted(file: Path) -> Callable[[], None]:
    """Take the database away; returns a function that brings it back."""
    away = file.parent / "away"
    away.mkdir()
    for one in file.parent.glob(f"{file.name}*"):
        one.rename(away / one.name)

    def back() -> None:
        for one in away.iterdir():
            one.rename(file.parent / one.name)

    return back


def replaced(file: Path) -> Callable[[], None]:
    """Replace it by a copy, like a backup restored while programs run; returns a function that undoes this."""
    # In a separate process: closing a file releases SQLite's locks on it in the same process.
    subprocess.run(["cp", file, file.parent / "copy"], check=True)
    back = deleted(file)
    (file.parent / "copy").rename(file)

    def both_back() -> None:
        file.unlink()
        back()

    return both_back


def without_log(file: Path) -> Callable[[], None]:
    """Take away the write-ahead log with the newest commits; returns a function that brings it back."""
    log = file.with_name(f"{file.name}-wal")
    away = log.rename(log.with_name("away"))
    return lambda: away.replace(log) and None


@pytest.mark.parametrize("taken", [deleted, replaced, without_log])
def test_case_15_a_database_that_was_deleted_or_replaced_takes_no_numbers_until_it_is_back(
    database: Database, file: Path, taken: Callable[[Path], Callable[[], None]]
) -> None:
    assert database.do(issue, NEW).code == "A001"
    if taken is without_log and not file.with_name(f"{file.name}-wal").exists():
        pytest.skip("this SQLite keeps no write-ahead log")
    back = taken(file)
    for use in (lambda: database.do(issue, NEW), lambda: database.read(read_hall)):
        with pytest.raises(DatabaseUnavailable, match=r"was deleted or replaced .* start the program again"):
            use()
    back()
    assert database.do(issue, NEW).code == "A002"


@pytest.mark.parametrize("taken", [deleted, replaced])
def test_case_15_a_new_connection_does_not_go_over_to_another_file(
    database: Database, file: Path, taken: Callable[[Path], Callable[[], None]]
) -> None:
    database.do(issue, NEW)
    back = taken(file)
    database.engine.dispose()
    with pytest.raises(DatabaseUnavailable, match="was deleted or replaced"):
        database.do(issue, NEW)
    back()
    assert database.do(issue, NEW).code == "A002"


def test_case_15_a_program_that_starts_again_takes_the_file_that_is_there(
    database: Database, file: Path, database_url: str
) -> None:
    database.do(issue, NEW)
    database.close()
    replaced(file)
    with closing(Database(database_url, "leipzig", database.clock)) as again:
        assert again.do(issue, NEW).code == "A002"


def test_case_15_an_idle_face_is_told(database: Database, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.store.sqlite.SLOW_S", 0.1)
    gone = threading.Event()

    def look() -> None:
        try:
            database.read(read_hall)
        except DatabaseUnavailable:
            gone.set()

    feed = Feed(database, look)
    feed.start()
    try:
        deleted(file)
        assert gone.wait(10)
    finally:
        feed.stop()
