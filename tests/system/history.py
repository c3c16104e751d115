"""Compares what workers were told with what the database holds: a checker like Jepsen.

Every worker writes down each request before it asks, and the answer when it comes. Everything acknowledged must be in
the database, once; a request without an answer may be there or not.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from shared.model import OwnReason, code_of
from shared.store import schema
from shared.store.database import Database, Transaction

WAITED = timedelta(seconds=10)
"""On Postgres a moment is the beginning of a transaction, which may then have waited for another."""


class History:
    """One worker's file of lines, each on disk before the worker goes on."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def write(self, **line: Any) -> None:
        with self._path.open("ab") as file:
            file.write(json.dumps(line).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())

    def lines(self) -> list[dict[str, Any]]:
        """All whole lines; a killed worker may leave half a line."""
        if not self._path.exists():
            return []
        return [json.loads(line) for line in self._path.read_bytes().split(b"\n")[:-1] if line.endswith(b"}")]

    def mend(self) -> None:
        """Cut off half a line, so that a new worker can go on after the killed one."""
        if self._path.exists():
            whole = self._path.read_bytes()
            self._path.write_bytes(whole[: whole.rfind(b"\n") + 1])

    def unanswered(self) -> dict[str, Any] | None:
        """The last request, if no answer came."""
        lines = self.lines()
        return lines[-1] if lines and "answer" not in lines[-1] else None


@dataclass(frozen=True, slots=True)
class Findings:
    """Differences between the database and what it acknowledged; all lists are empty if it is right."""

    acknowledged: int
    lost: list[str] = field(default_factory=list)
    double_numbers: list[str] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)
    double_calls: list[str] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    """What the end of the day, the purge or a lease that ran out has done: no day has ended."""
    disorder: list[str] = field(default_factory=list)
    """Numbers that wait before one that was drawn earlier."""


def check(histories: Iterable[History], database: Database) -> Findings:
    """Compare what was acknowledged with what is stored."""
    answers = [line for history in histories for line in history.lines() if line.get("answer") == "ok"]
    stored = database.read(_stored)
    once = {line["request"]: line for line in answers}.values()
    issued = Counter(line["code"] for line in once if line["verb"] == "issue")
    return Findings(
        lost=[str(line) for line in once if not stored.has(line)],
        double_numbers=[code for code, times in issued.items() if times > 1]
        + [str(number) for number, times in Counter(stored.numbers).items() if times > 1],
        gaps=_gaps(set(stored.numbers)),
        double_calls=stored.double_calls(),
        ended=stored.ended,
        disorder=[
            f"{later} before {earlier}" for (earlier, at), (later, then) in pairwise(stored.ranks) if then < at - WAITED
        ],
        acknowledged=len(once),
    )


def _gaps(numbers: set[int]) -> list[str]:
    """Numbers missing between 1 and the last of a series, and from 1001 on if the series was used up."""
    blocks = {1: {n for n in numbers if n <= 1000}, 1001: {n for n in numbers if n > 1000}}
    return [str(n) for first, block in blocks.items() if block for n in range(first, max(block)) if n not in block]


@dataclass(frozen=True, slots=True)
class _Stored:
    codes: set[str]
    numbers: list[int]
    calls: dict[int, Any]
    requests: set[str]
    events: list[Any]
    """The events that opened and ended calls, in order."""
    ended: list[str]
    ranks: list[tuple[int, datetime]]
    """Each number with its place in the order of waiting."""

    def has(self, line: dict[str, Any]) -> bool:
        """Whether the content of this answer has happened."""
        if line["request"] not in self.requests:
            return False
        if line["verb"] == "issue":
            return line["code"] in self.codes
        if line["verb"] == "open_desk":
            return True
        call = self.calls.get(line["call"])
        if call is None or (call.desk, code_of(call.series, call.number)) != (line["desk"], line["code"]):
            return False
        happened = {"call_next": True, "start": call.started_at is not None, "finish": call.outcome == "done"}
        return happened[line["verb"]]

    def double_calls(self) -> list[str]:
        """Stops that were called twice, and visits or desks that got a call while they had one.

        The event log shows what came first, not times: an event's id is drawn while its transaction holds the visit and
        the desk, so ids are in the order of those locks, on both engines. Its time is the beginning of the transaction,
        and on Postgres one may begin before another and get the lock after it.
        """
        stops = Counter(call.stop_id for call in self.calls.values())
        found = [f"stop {stop}" for stop, times in stops.items() if times > 1]
        for key in ("visit_id", "desk"):
            held: set[Any] = set()
            for event in self.events:
                whose = getattr(event, key)
                if (event.kind == "next") == (whose in held):
                    found.append(f"{key} {whose}: {event.kind} in event {event.id}")
                (held.add if event.kind == "next" else held.discard)(whose)
        return found


def _stored(t: Transaction) -> _Stored:
    visit = schema.visit.c
    drawn = t.execute(sa.select(visit.series, visit.number, visit.issued_at).order_by(visit.number)).all()
    codes = {code_of(row.series, row.number) for row in drawn}
    calls = t.execute(
        sa.select(schema.call, visit.series, visit.number).join_from(
            schema.call, schema.visit, schema.call.c.visit_id == visit.id
        )
    )
    requests = set(t.execute(sa.select(schema.request.c.id)).scalars())
    event = schema.event.c
    events = t.execute(sa.select(schema.event).where(event.kind.in_(("next", "finish"))).order_by(event.id)).all()
    return _Stored(
        codes,
        [row.number for row in drawn],
        {row.id: row for row in calls},
        requests,
        list(events),
        _ended(t),
        [(row.number, row.issued_at) for row in drawn],
    )


def _ended(t: Transaction) -> list[str]:
    """Whatever shows that a day ended, or that somebody was thought to be silent for minutes."""
    event, stop = schema.event.c, schema.stop.c
    happened = t.execute(sa.select(event.kind).where(event.kind.in_(("purge", "console_lost")))).scalars()
    cancelled = t.execute(sa.select(stop.id).where(stop.reason == OwnReason.DAY_END)).scalars()
    days = [*t.execute(sa.select(schema.visit.c.day).distinct()).scalars()]
    limits = t.execute(sa.select(schema.site.c.purged_before)).scalars()
    return [
        *happened,
        *(f"stop {id} cancelled" for id in cancelled),
        *(f"a number of {day}" for day in days[1:]),
        *(f"purged before {limit}" for limit in limits if limit is not None),
    ]
