"""Processes are killed, servers crash and clocks jump at any moment: nothing acknowledged is lost, nothing happens
twice, and no day ends."""

from __future__ import annotations

import multiprocessing
import random
import time
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from shared.clock import ServerClock, monotonic
from shared.store import schema
from shared.store.database import Transaction
from shared.verbs.site.clock import confirm_clock
from tests.support.clock import ToldClock
from tests.support.databases import opened
from tests.support.postgres import Server
from tests.support.waiting import wait_until
from tests.system.history import Findings, History, check
from tests.system.jumps import JUMPS, WITHIN_THE_DAY, Clocks, OwnClocks, ServersClock
from tests.system.worker import work

_PROCESSES = multiprocessing.get_context("forkserver")
_DESKS = ("1", "1", "4", "18")
"""The workers' desks; two of them compete for one desk."""


@pytest.mark.engine("sqlite", "mortal_postgres")
@pytest.mark.parametrize("kills", [12, pytest.param(500, marks=pytest.mark.long)])
def test_what_was_acknowledged_survives_kills_and_jumping_clocks(
    kills: int,
    engine: str,
    database_url: str,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ServerClock, "EVERY_S", 0.0)
    crash: Callable[[], None] | None = None
    if engine != "sqlite":
        postgres: Server = request.getfixturevalue("mortal_server")
        crash = postgres.crash if postgres.own else None
    with closing(_Workers(database_url, tmp_path, served=engine != "sqlite")) as workers:
        histories = workers.run(kills, crash)
        found = check(histories, workers.database)
    print(f"{engine}: {kills} kills, {workers.jumps} jumps, {found.acknowledged} acknowledged")
    assert found == Findings(acknowledged=found.acknowledged)
    assert found.acknowledged >= kills


def _believed_for_long(t: Transaction) -> None:
    """The clock was confirmed just now; let that be long ago, so that nothing but doubt keeps the purge away."""
    t.execute(sa.update(schema.clock).values(purge_from=schema.clock.c.seen))


class _Workers:
    """Four processes that are killed in turn, and started again to go on with their history."""

    def __init__(self, url: str, folder: Path, *, served: bool) -> None:
        """`served`: all of them go by the clock of the server; else each has its own."""
        self._url = url
        self._logs = [folder / f"{n}.jsonl" for n in range(len(_DESKS))]
        self._errors = [] if served else [folder / f"{n}.clock" for n in range(len(_DESKS) + 1)]
        self._began = monotonic()
        self._clocks: Clocks = ServersClock(url) if served else OwnClocks(self._errors)
        self.database = opened(url, "leipzig", self._clock(len(_DESKS)))
        """As whoever starts them sees it."""
        self.database.keep(_believed_for_long)
        self._confirmed = False
        """Whether somebody has said that clocks which are wrong are right."""
        self.jumps = 0
        self._chance = random.Random(45)
        self._running: list[multiprocessing.process.BaseProcess] = []

    def close(self) -> None:
        self.database.close()

    def run(self, kills: int, crash: Callable[[], None] | None) -> list[History]:
        """Kill this often, and let the server crash at each tenth kill if it can; returns what the workers wrote."""
        self._running = [self._start(n) for n in range(len(_DESKS))]
        try:
            for n in range(kills):
                if crash and n % 10 == 5:
                    crash()
                victim = n % len(_DESKS)
                self._set_clocks(victim)
                self._await_answers(victim, self._chance.randint(1, 6))
                time.sleep(self._chance.uniform(0, 0.03))  # any moment of a verb
                self._kill(victim)
                self._running[victim] = self._start(victim)
            self._set_right()
            for victim in range(len(_DESKS)):
                self._await_answers(victim, 1)
        finally:
            for victim in range(len(_DESKS)):
                self._kill(victim)
        return [History(log) for log in self._logs]

    def _set_clocks(self, victim: int) -> None:
        """Now and then all clocks jump, or the victim's alone, or all and somebody confirms it; then they are right."""
        match self._chance.choice(("all", "one", "confirmed", "right", "right", "as it is")):
            case "all":
                self._jump(self._chance.choice(JUMPS))
            case "one":
                self._jump(self._chance.choice(JUMPS), victim)
            case "confirmed":
                self._jump(self._chance.choice(WITHIN_THE_DAY))
                self._confirm()
            case "right":
                self._set_right()

    def _jump(self, distance: timedelta, process: int | None = None) -> None:
        self._clocks.jump(distance, process)
        self.jumps += 1

    def _set_right(self) -> None:
        self._clocks.set_right()
        if self._confirmed:
            self._confirm()
        self._confirmed = False

    def _confirm(self) -> None:
        self.database.keep(confirm_clock)
        self.database.keep(_believed_for_long)
        self._confirmed = True

    def _clock(self, n: int) -> ToldClock | None:
        return ToldClock(self._began, self._errors[n]) if self._errors else None

    def _start(self, n: int) -> multiprocessing.process.BaseProcess:
        _PROCESSES.set_forkserver_preload(["tests.system.worker", "shared.store.postgres", "shared.store.sqlite"])
        process = _PROCESSES.Process(
            target=work,
            args=(self._url, _DESKS[n], self._logs[n], self._chance.randrange(10**9), self._clock(n)),
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
