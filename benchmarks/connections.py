"""Sixty consoles on a Postgres of a hundred connections: `python -m benchmarks.connections [--json] [--seconds 20]`.

Each console is a process of its own and holds what a console holds: the feed, which reads the desk again at each change
by anybody, and the thread for its transactions. How fast they are is no figure: in real life each has a computer of its
own. Needs the test extras.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import tempfile
from collections.abc import Callable
from concurrent.futures import Future
from multiprocessing.synchronize import Barrier, Event, Lock
from pathlib import Path
from queue import Empty
from typing import Any

import sqlalchemy as sa

from benchmarks import paced
from benchmarks.core import CONFIG, filled
from caller.at_desk import read_at_desk
from shared.centre import Centre
from shared.config import Device, read_config
from shared.store.database import Database
from tests.support.postgres import server

_LOOK_S = 0.05
_PACE = 7.0
"""Verbs a second, all consoles together: the largest day, ten thousand people."""
_HELD = sa.text(
    "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
)


def main() -> None:
    """Measure and print the figures, or one JSON object."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--json", action="store_true", help="one JSON object")
    arguments.add_argument("--seconds", type=float, default=20.0, help="how long the consoles work")
    options = arguments.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        server(Path(folder), "postgres", durable=True) as postgres,
        postgres.database() as url,
        filled(url, read_config(CONFIG)) as database,
    ):
        figures = _measure(database, options.seconds)
    if options.json:
        print(json.dumps(figures))
        return
    for name, value in figures.items():
        print(f"{name:<28}{value:>12}")


def _measure(database: Database, seconds: float) -> dict[str, Any]:
    consoles = multiprocessing.get_context("forkserver")
    consoles.set_forkserver_preload(["benchmarks.paced", "caller.at_desk", "shared.centre", "shared.store.postgres"])
    where, desks = database.url.render_as_string(hide_password=False), list(read_config(CONFIG).plan.desks)
    in_turn, all_there, over = consoles.Lock(), consoles.Barrier(paced.PROCESSES), consoles.Event()
    answers: Any = consoles.Queue()
    workers = [
        consoles.Process(
            target=_work,
            args=(where, database.site, desks[n], n, seconds, in_turn, all_there, over, answers),
            daemon=True,
        )
        for n in range(paced.PROCESSES)
    ]
    for worker in workers:
        worker.start()
    most, parts = _watched(database, answers, len(workers))
    over.set()
    for worker in workers:
        worker.join()
    return {
        "processes": len(workers),
        "max_connections": int(_asked(database, sa.text("SHOW max_connections"))),
        "connections.most": most,
        "verbs": sum(verbs for verbs, _, _ in parts),
        "errors": sum(errors for _, errors, _ in parts),
        "wakes": sum(wakes for _, _, wakes in parts),
    }


def _watched(database: Database, answers: Any, count: int) -> tuple[int, list[tuple[int, int, int]]]:
    """The most connections that there were at once besides this one, and what each console saw."""
    most = 0
    parts: list[tuple[int, int, int]] = []
    while len(parts) < count:
        most = max(most, int(_asked(database, _HELD)))
        try:
            parts.append(answers.get(timeout=_LOOK_S))
        except Empty:
            continue
    return most, parts


def _asked(database: Database, statement: sa.TextClause) -> Any:
    with database.engine.connect() as connection:
        return connection.execute(statement).scalar_one()


class _Console:
    """A console's centre, asked as one asks a database: each answer is waited for."""

    def __init__(self, url: str, site: str, desk: str) -> None:
        self.centre = Centre(Database(url, site), Device())
        self.wakes = 0
        self._desk, self._seen = desk, Future[Any]()
        self._seen.set_result(None)
        self.centre.subscribe(self._woken)

    def do(self, verb: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        return self.centre.do(verb, *arguments, **named).result()

    def read(self, view: Callable[..., Any], *arguments: Any) -> Any:
        return self.centre.read(view, *arguments).result()

    def _woken(self) -> None:
        self.wakes += 1
        if self._seen.done():  # as a screen does: one read covers several changes
            self._seen = self.centre.read(read_at_desk, self._desk)


def _work(
    url: str,
    site: str,
    desk: str,
    seed: int,
    seconds: float,
    in_turn: Lock,
    all_there: Barrier,
    over: Event,
    answers: Any,
) -> None:
    with in_turn:
        console = _Console(url, site, desk)
        paced.begin(console, desk)
    all_there.wait()
    spent, errors = paced.work(console, desk, seed, seconds, _PACE)
    answers.put((len(spent), errors, console.wakes))
    over.wait()  # nobody goes before all have been counted
    console.centre.close()


if __name__ == "__main__":
    main()
