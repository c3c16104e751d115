"""Issue and next, product against bare driver, in turns in one run; and how they grow with the stored data."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

import sqlalchemy as sa

from benchmarks.least import Least
from benchmarks.replay import bare
from shared.model import Arrival
from shared.store.database import Database
from shared.verbs.desks import calls, opening
from shared.verbs.visits.issue import issue as issue_visit

NEW = Arrival(packages=("neu",))
DESK = "1"
WARM = 10
"""Rounds that do not count: they fill caches and prepare statements."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one operation costs, in milliseconds: the best tenth of them, and processor time on this side."""

    p10_ms: float
    cpu_ms: float


@dataclass(frozen=True, slots=True)
class Compared:
    """A verb beside the bare driver."""

    product: Cost
    bare: Cost
    least: Cost | None
    """Three statements on Postgres, without what else the verb does."""
    round_trips: int
    statements: list[str]

    @property
    def ratio(self) -> float:
        """The product's speed as a share of the bare driver's."""
        return self.bare.p10_ms / self.product.p10_ms

    @property
    def least_ratio(self) -> float | None:
        """The product's speed as a share of that of three statements."""
        return self.least.p10_ms / self.product.p10_ms if self.least else None


def compare_issue(database: Database, times: int) -> Compared:
    """Issue a ticket of four stops with a print job."""
    return _compare(database, times, "issue", issue, _nothing)


def compare_next(database: Database, times: int) -> Compared:
    """Call the next visitor at a desk; serving is not counted."""
    database.do(opening.open_desk, DESK, take_over=True)
    for _ in range(3 * (times + WARM) + 4):
        issue(database)
    return _compare(database, times, "next", call_next, partial(serve, database))


def issue(database: Database) -> None:
    """The verb as a kiosk runs it."""
    database.do(issue_visit, NEW, "empfang")


def call_next(database: Database) -> None:
    """The verb as a console runs it."""
    database.do(calls.call_next, DESK)


def serve(database: Database) -> None:
    """Settle the stop that the desk has called."""
    database.do(calls.start, DESK)
    database.do(calls.finish, DESK)


def growth(database: Database, times: int, waiting: int, finished: int) -> float:
    """How much more issue and next together cost with this many waiting and finished than with few."""
    database.do(opening.open_desk, DESK, take_over=True)
    few = _both(database, times)
    fill(database, waiting, finished)
    return _both(database, times) / few


def _both(database: Database, times: int) -> float:
    cost_ms = 0.0
    for verb, after in ((issue, _nothing), (call_next, partial(serve, database))):
        spent = [_timed(partial(verb, database), after) for _ in range(times + WARM)]
        cost_ms += _cost(spent[WARM:]).p10_ms
    return cost_ms


def _nothing() -> None:
    pass


def _compare(
    database: Database, times: int, name: str, verb: Callable[[Database], None], after: Callable[[], None]
) -> Compared:
    with bare(database, verb, after) as yardstick, _least(database) as least:
        sides: dict[str, Callable[[], object]] = {"product": partial(verb, database), "bare": yardstick}
        if least:
            sides["least"] = least.verbs[name]
        taken: dict[str, list[tuple[float, float]]] = {side: [] for side in sides}
        for n in range(times + WARM):
            for side, run in sides.items():
                spent = _timed(run, after)
                if n >= WARM:
                    taken[side].append(spent)
        costs = {side: _cost(spent) for side, spent in taken.items()}
        return Compared(
            costs["product"], costs["bare"], costs.get("least"), yardstick.round_trips, yardstick.statements
        )


@contextmanager
def _least(database: Database) -> Iterator[Least | None]:
    """Only on Postgres: there each statement is a message, so their number counts."""
    if database.engine.dialect.name != "postgresql":
        yield None
        return
    first = database.read(lambda t: t.execute(sa.text("SELECT service FROM stop WHERE state = 'waiting'")).scalar())
    least = Least(database, str(first), DESK)
    try:
        yield least
    finally:
        least.close()


def _timed(run: Callable[[], object], after: Callable[[], object]) -> tuple[float, float]:
    began, cpu = time.perf_counter(), time.process_time()
    run()
    spent = time.perf_counter() - began, time.process_time() - cpu
    after()
    return spent


def _cost(spent: list[tuple[float, float]]) -> Cost:
    def tenth(values: list[float]) -> float:
        return sorted(values)[len(values) // 10] * 1000

    return Cost(tenth([wall for wall, _ in spent]), tenth([cpu for _, cpu in spent]))


def fill(database: Database, waiting: int, finished: int) -> None:
    """Add visits with one stop: some that wait today, and finished ones with calls, a thousand for each day before."""
    postgres = database.engine.dialect.name == "postgresql"
    with database.backend.transaction(writes=True) as connection:
        if postgres:  # a face gives up after seconds; this may take a minute
            connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        for statement in _POSTGRES_FILL if postgres else _SQLITE_FILL:
            connection.execute(
                sa.text(statement), {"waiting": waiting, "finished": finished} if ":" in statement else {}
            )
        if postgres:
            connection.exec_driver_sql("ANALYZE")  # as its autovacuum does in the course of a day
    if not postgres:
        with database.engine.connect() as connection:  # else the next hundred commits write a gigabyte of old changes
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


_SERVICE = "(SELECT service FROM stop WHERE position = 1 ORDER BY id LIMIT 1)"
_VISIT = (
    "INSERT INTO visit"
    " (site, day, series, number, token, language, adults, children, needs, origin, issued_at, closed_at)"
    " SELECT v.site, {day}, v.series, {number}, 'fill' || n, v.language, 1, 0, v.needs, v.origin, v.issued_at,"
    " CASE WHEN n > :waiting THEN v.issued_at END"
    " FROM ({series}) AS numbers, (SELECT * FROM visit ORDER BY id LIMIT 1) AS v"
)
_NUMBER = "CASE WHEN n > :waiting THEN 1 + n % 1000 ELSE 100000 + n END"
_STOPS = (
    "INSERT INTO stop (site, day, visit_id, position, service, language, state, rank_at, queued_at, closed_at)"
    f" SELECT site, day, id, 1, {_SERVICE}, language, CASE WHEN closed_at IS NULL THEN 'waiting' ELSE 'done' END,"
    " issued_at, issued_at, closed_at FROM visit WHERE token LIKE 'fill%'"
)
_CALLS = (
    "INSERT INTO call (site, visit_id, stop_id, desk, ring, called_at, rung_at, started_at, closed_at, outcome)"
    f" SELECT site, visit_id, id, '{DESK}', 1, closed_at, closed_at, closed_at, closed_at, 'done' FROM stop"
    " WHERE state = 'done' AND position = 1 AND visit_id NOT IN (SELECT visit_id FROM call)"
)
_POSTGRES_FILL = [
    _VISIT.format(
        day="CASE WHEN n > :waiting THEN v.day - 1 - n / 1000 ELSE v.day END",
        number=_NUMBER,
        series="SELECT generate_series(1, :waiting + :finished) AS n",
    ),
    _STOPS,
    _CALLS,
]
_SQLITE_FILL = [
    _VISIT.format(
        day="CASE WHEN n > :waiting THEN date(v.day, '-' || (1 + n / 1000) || ' days') ELSE v.day END",
        number=_NUMBER,
        series="WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < :waiting + :finished)"
        " SELECT n FROM s",
    ),
    _STOPS,
    _CALLS,
]
