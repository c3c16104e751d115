"""Processes are killed and servers crash at any moment: nothing acknowledged is lost, nothing happens twice."""

from __future__ import annotations

import multiprocessing
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from shared.store.database import Database
from tests.support.clock import RunningClock
from tests.support.postgres import Server
from tests.support.waiting import wait_until
from tests.system.history import Findings, History, check
from tests.system.worker import work

_PROCESSES = multiprocessing.get_context("forkserver")
_DESKS = ("1", "1", "4", "18")
"""The workers' desks; two of them compete for one desk."""


@pytest.mark.engine("sqlite", "mortal_postgres")
@pytest.mark.parametrize("kills", [20, pytest.param(500, marks=pytest.mark.long)])
def test_what_was_acknowledged_survives_kills(
    kills: int,
    engine: str,
    open_database: Callable[..., Database],
    database_url: str,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    record_property: Callable[[str, object], None],
) -> None:
    clock = RunningClock()
    database = open_database(clock)
    crash: Callable[[], None] | None = None
    if engine != "sqlite":
        postgres: Server = request.getfixturevalue("mortal_server")
        crash = postgres.crash if postgres.own else None
    histories = _Workers(database_url, tmp_path, clock).run(kills, crash)
    found = check(histories, database)
    record_property("acknowledged", found.acknowledged)
    print(f"{database.engine.dialect.name}: {kills} kills, {found.acknowledged} acknowledged")
    assert found == Findings([], [], [], [], found.acknowledged)
    assert found.acknowledged >= kills


class _Workers:
    """Four processes that are killed in turn, and started again to go on with their history."""

    def __init__(self, url: str, folder: Path, clock: RunningClock) -> None:
        self._url, self._clock = url, clock
        self._logs = [folder / f"{n}.jsonl" for n in range(len(_DESKS))]
        self._chance = random.Random(45)
        self._running = [self._start(n) for n in range(len(_DESKS))]

    def run(self, kills: int, crash: Callable[[], None] | None) -> list[History]:
        """Kill this often, and let the server crash at each tenth kill if it can; returns what the workers wrote."""
        try:
            for n in range(kills):
                if crash and n % 10 == 5:
                    crash()
                victim = n % len(_DESKS)
                self._await_answers(victim, self._chance.randint(1, 6))
                time.sleep(self._chance.uniform(0, 0.03))  # any moment of a verb
                self._kill(victim)
                self._running[victim] = self._start(victim)
            for victim in range(len(_DESKS)):
                self._await_answers(victim, 1)
        finally:
            for victim in range(len(_DESKS)):
                self._kill(victim)
        return [History(log) for log in self._logs]

    def _start(self, n: int) -> multiprocessing.process.BaseProcess:
        _PROCESSES.set_forkserver_preload(["tests.system.worker", "shared.store.postgres", "shared.store.sqlite"])
        process = _PROCESSES.Process(
            target=work,
            args=(self._url, _DESKS[n], self._logs[n], self._chance.randrange(10**9), self._clock.began),
            daemon=True,
        )
        process.start()
        return process

    def _kill(self, n: int) -> None:
        self._running[n].kill()
        self._running[n].join()

    def _await_answers(self, n: int, more: int) -> None:
        """Wait until the worker has had this many more answers."""
        wanted, worker = self._answers(n) + more, self._running[n]
        wait_until(lambda: self._answers(n) >= wanted or not worker.is_alive(), lambda: f"worker {n} does nothing")
        assert worker.is_alive(), f"worker {n} ended with {worker.exitcode}"

    def _answers(self, n: int) -> int:
        return self._logs[n].read_bytes().count(b'"answer"') if self._logs[n].exists() else 0
