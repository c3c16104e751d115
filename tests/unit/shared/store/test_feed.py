"""A change by one process wakes the others."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable

from shared.model import Arrival
from shared.store.database import Database
from shared.store.feed import Feed
from shared.verbs.visits import issue

_ISSUE = """
from shared.model import Arrival
from shared.store.database import Database
from shared.verbs.visits.issue import issue
import sys
Database(sys.argv[1], "leipzig").do(issue, Arrival(packages=("neu",)))
"""


def test_a_change_by_another_process_wakes(database: Database, database_url: str) -> None:
    woken = threading.Event()
    feed = Feed(database, woken.set)
    feed.start()
    try:
        assert woken.wait(10)  # it looks once at the start
        woken.clear()
        subprocess.run([sys.executable, "-c", _ISSUE, database_url], check=True)
        assert woken.wait(10)
    finally:
        feed.stop()


def test_reading_wakes_nobody(open_database: Callable[..., Database]) -> None:
    here, there = open_database(), open_database()
    wakes: list[int] = []
    woken = threading.Event()

    def wake() -> None:
        wakes.append(1)
        woken.set()

    feed = Feed(here, wake)
    feed.start()
    try:
        assert woken.wait(10)
        woken.clear()
        there.read(lambda t: t.now)
        there.do(issue.issue, Arrival(packages=("neu",)))
        assert woken.wait(10)
        assert len(wakes) == 2
    finally:
        feed.stop()


def test_the_feed_survives_a_database_that_goes_away(database: Database) -> None:
    woken = threading.Event()
    feed = Feed(database, woken.set)
    feed.start()
    try:
        assert woken.wait(10)
        with database.engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE event RENAME TO elsewhere")
        woken.clear()
        assert woken.wait(10)  # it tells its face, which reads and shows what is wrong
        with database.engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE elsewhere RENAME TO event")
        database.do(issue.issue, Arrival(packages=("neu",)))
        woken.clear()
        assert woken.wait(10)
    finally:
        feed.stop()
