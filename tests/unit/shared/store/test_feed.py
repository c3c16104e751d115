"""A change by one process wakes the others."""

from __future__ import annotations

import math
import subprocess
import threading
from collections.abc import Callable
from contextlib import closing

import pytest

from shared.model import Arrival
from shared.store.database import Database
from shared.store.feed import Feed
from shared.store.sqlite import sqlite_module
from shared.store.sqlite_file import APPLICATION_ID
from shared.verbs.visits import issue
from tests.support.elsewhere import elsewhere
from tests.support.waiting import PATIENCE_S


@pytest.fixture
def slow_look(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Sets how often a feed looks without being woken."""

    def set_to(seconds: float) -> None:
        for engine in ("sqlite", "postgres"):
            monkeypatch.setattr(f"shared.store.{engine}.SLOW_S", seconds)

    return set_to


def test_a_change_by_another_process_wakes(database: Database) -> None:
    woken = threading.Event()
    feed = Feed(database, woken.set)
    feed.start()
    try:
        assert woken.wait(PATIENCE_S)  # it looks once at the start
        woken.clear()
        subprocess.run(elsewhere(database, "issue", "konto"), check=True)
        assert woken.wait(PATIENCE_S)
    finally:
        feed.stop()


def test_reading_wakes_nobody(open_database: Callable[..., Database], slow_look: Callable[[float], None]) -> None:
    slow_look(math.inf)
    here, there = open_database(), open_database()
    wakes: list[int] = []
    woken = threading.Event()

    def wake() -> None:
        wakes.append(1)
        woken.set()

    feed = Feed(here, wake)
    feed.start()
    try:
        assert woken.wait(PATIENCE_S)
        woken.clear()
        there.read(lambda t: t.now)
        there.do(issue.issue, Arrival(packages=("neu",)))
        assert woken.wait(PATIENCE_S)
        assert len(wakes) == 2
    finally:
        feed.stop()


def test_the_feed_survives_a_database_that_goes_away(database: Database, slow_look: Callable[[float], None]) -> None:
    slow_look(0.1)
    woken = threading.Event()
    feed = Feed(database, woken.set)
    feed.start()
    try:
        assert woken.wait(PATIENCE_S)
        with database.engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE event RENAME TO elsewhere")
        woken.clear()
        assert woken.wait(PATIENCE_S)  # it tells its face, which reads and shows what is wrong
        with database.engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE elsewhere RENAME TO event")
        database.do(issue.issue, Arrival(packages=("neu",)))
        woken.clear()
        assert woken.wait(PATIENCE_S)
    finally:
        feed.stop()


@pytest.mark.engine("sqlite")
def test_a_file_that_is_another_program_s_for_a_while_ends_no_feed(database: Database) -> None:
    assert database.file
    with closing(sqlite_module().connect(database.file)) as other:
        other.execute("PRAGMA application_id = 1")
        database.engine.dispose()
        woken = threading.Event()
        feed = Feed(database, woken.set)
        feed.start()
        try:
            assert woken.wait(PATIENCE_S)  # the face reads, and says what is wrong
            other.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            database.do(issue.issue, Arrival(packages=("neu",)))
            woken.clear()
            assert woken.wait(PATIENCE_S)
        finally:
            feed.stop()
