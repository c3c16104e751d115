"""From a commit until another process knows: the feed beside a bare LISTEN or poll of data_version."""

from __future__ import annotations

import multiprocessing
import statistics
import threading
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

import psycopg
import sqlalchemy as sa

from benchmarks.verbs import issue
from shared.store.database import Database
from shared.store.feed import Feed
from shared.store.postgres import CHANNEL
from shared.store.sqlite import POLL_S


@dataclass(frozen=True, slots=True)
class Latency:
    """Medians, in milliseconds."""

    feed_ms: float
    bare_ms: float

    @property
    def ratio(self) -> float:
        """The feed's delay as a multiple of the bare one."""
        return self.feed_ms / self.bare_ms


def compare(url: str, site: str, times: int) -> Latency:
    """Commit in this process, and listen in another one in both ways at once."""
    processes = multiprocessing.get_context("forkserver")
    here, there = processes.Pipe()
    listener = processes.Process(target=_listen, args=(url, site, there), daemon=True)
    listener.start()
    database = Database(url, site)
    committed: list[float] = []
    sa.event.listen(database.engine, "commit", lambda _: committed.append(time.monotonic()))
    issue(database)
    here.recv()  # both listen
    late: dict[str, list[float]] = {"feed": [], "bare": []}
    for n in range(times):
        time.sleep(0.03 + 0.001 * (n % 25))  # so that the polls meet the commits at every phase
        committed.clear()
        issue(database)
        here.send(committed[0])
        for name, at in here.recv().items():
            late[name].append((at - committed[0]) * 1000)
    here.send(None)
    listener.join()
    database.close()
    return Latency(statistics.median(late["feed"]), statistics.median(late["bare"]))


def _listen(url: str, site: str, pipe: Connection) -> None:
    database = Database(url, site)
    woken: dict[str, list[float]] = {"feed": [], "bare": []}
    ended = threading.Event()
    feed = Feed(database, lambda: woken["feed"].append(time.monotonic()))
    feed.start()
    wait = _bare_listen if database.engine.dialect.name == "postgresql" else _bare_poll
    bare = threading.Thread(target=wait, args=(database, woken["bare"], ended))
    bare.start()
    time.sleep(1.0)
    pipe.send("ready")
    while (since := pipe.recv()) is not None:
        found: dict[str, float] = {}
        while len(found) < len(woken):
            found = {name: min(later) for name, all_ in woken.items() if (later := [at for at in all_ if at > since])}
            time.sleep(0.001)
        pipe.send(found)
    ended.set()
    bare.join()
    feed.stop()
    database.close()


def _bare_poll(database: Database, woken: list[float], ended: threading.Event) -> None:
    connection: Any = database.engine.raw_connection()
    driver = connection.driver_connection
    version = None
    while not ended.wait(POLL_S):
        (seen,) = driver.execute("PRAGMA data_version").fetchone()
        if seen != version:
            woken.append(time.monotonic())
        version = seen
    connection.close()


def _bare_listen(database: Database, woken: list[float], ended: threading.Event) -> None:
    connection: Any = database.engine.raw_connection()
    driver: psycopg.Connection[Any] = connection.driver_connection
    connection.detach()
    driver.autocommit = True
    driver.execute(f"LISTEN {CHANNEL}")
    while not ended.is_set():
        for _ in driver.notifies(timeout=0.25, stop_after=1):
            woken.append(time.monotonic())
    driver.close()
