"""Sixty consoles and kiosks, each a process, at ten times the pace of the largest day."""

from __future__ import annotations

import multiprocessing
import random
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.synchronize import Barrier, Lock
from typing import Any, Protocol

from shared.errors import Refused
from shared.model import Arrival, StopState
from shared.store.database import Database
from shared.verbs.desks import calls, opening
from shared.verbs.visits import issue
from shared.views.desk import read_desk
from shared.views.in_force import plan_in_force

PROCESSES = 60
PACE = 70.0
"""Verbs a second, all processes together."""


class Asked(Protocol):
    """A database, or a console's centre: asked for verbs and views."""

    def do(self, verb: Callable[..., Any], /, *arguments: Any, **named: Any) -> Any: ...

    def read(self, view: Callable[..., Any], /, *arguments: Any) -> Any: ...


@dataclass(frozen=True, slots=True)
class Paced:
    """What the processes saw."""

    verbs: int
    errors: int
    p50_ms: float
    p99_ms: float


def run(url: str, site: str, desk_keys: Sequence[str], seconds: float) -> Paced:
    """Let every process work at its own desk for this long."""
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["benchmarks.paced", "shared.store.postgres", "shared.store.sqlite"])
    in_turn, all_there, answers = processes.Lock(), processes.Barrier(PROCESSES), processes.Queue()
    workers = [
        processes.Process(
            target=_work,
            args=(url, site, desk_keys[n % len(desk_keys)], n, seconds, in_turn, all_there, answers),
            daemon=True,
        )
        for n in range(PROCESSES)
    ]
    for worker in workers:
        worker.start()
    parts = [answers.get(timeout=120 + seconds) for _ in workers]
    for worker in workers:
        worker.join()
    spent = sorted(ms for part, _ in parts for ms in part)
    return Paced(len(spent), sum(errors for _, errors in parts), spent[len(spent) // 2], spent[len(spent) * 99 // 100])


def _work(
    url: str, site: str, desk: str, seed: int, seconds: float, in_turn: Lock, all_there: Barrier, answers: Any
) -> None:
    database = Database(url, site)
    with in_turn:
        begin(database, desk)
    all_there.wait()
    spent = work(database, desk, seed, seconds, PACE)
    database.close()
    answers.put(spent)


def begin(database: Asked, desk: str) -> None:
    """Everything once: a console works for a day, so its first call and sixty starts at once are not measured."""
    database.read(plan_in_force)
    database.do(opening.open_desk, desk, take_over=True)
    database.do(issue.issue, Arrival(packages=("neu",)), "empfang")
    for verb in (calls.call_next, calls.start, calls.finish):
        with suppress(Refused):
            database.do(verb, desk)


def work(database: Asked, desk: str, seed: int, seconds: float, pace: float) -> tuple[list[float], int]:
    """Work at one of sixty desks, which together do `pace` verbs a second.

    Returns how long each verb took, in ms, and how many failed.
    """
    chance, began_at = random.Random(seed), time.time()
    spent: list[float] = []
    errors = 0
    due = began_at + chance.random() * PROCESSES / pace
    while due < began_at + seconds:
        time.sleep(max(0.0, due - time.time()))
        began = time.perf_counter()
        try:
            _one(database, desk, chance)
        except Refused:
            pass  # nobody waits: an answer like any other
        except Exception:  # any other error is what this benchmark looks for
            errors += 1
        spent.append((time.perf_counter() - began) * 1000)
        due += PROCESSES / pace
    return spent, errors


def _one(database: Asked, desk: str, chance: random.Random) -> None:
    """One verb: what the desk's visitor needs, or a new visitor."""
    call = database.read(read_desk, desk).call
    if call is not None:
        database.do(calls.start if call.stop_state is StopState.CALLED else calls.finish, desk)
    elif chance.random() < 0.4:
        database.do(issue.issue, Arrival(packages=("neu",)), "empfang")
    else:
        database.do(calls.call_next, desk)
