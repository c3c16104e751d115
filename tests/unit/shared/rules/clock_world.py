"""A centre in a world of wrong clocks: its true time, its computers, its processes, and what they have stored.

No database and no program, but the same steps as theirs: what counts is the effect on visitors.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from shared.clock import local_day
from shared.rules import belief as rule
from shared.rules.belief import Belief, Look, Memory, Now, Reading

HOUR, DAY = 3600.0, 86400.0
NINE = datetime(2026, 11, 26, 8, 0, tzinfo=UTC).timestamp()
"""09:00 in the centre, on a day with room to both sides of it."""
SHORT_LIVED = 10
"""Processes from this one on are commands: each transaction is a process of its own."""


def moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def day_of(when: datetime | float) -> date:
    return local_day(when if isinstance(when, datetime) else moment(when), "Europe/Berlin", "03:00")


@dataclass
class Visit:
    """A visit, and when it was really drawn."""

    true_at: float
    day: date
    number: int
    rank: datetime
    open: bool = True
    called: datetime | None = None
    closed: datetime | None = None


@dataclass
class World:
    """One computer, or several at one server."""

    true: float = NINE
    boot: str = "boot-0"
    started: float = NINE - 5 * HOUR
    """The true moment of the start, plus the time that the kernel does not count."""
    error: float = 0.0
    """How far the clock is from the truth."""
    synchronised: bool | None = None
    ran_on: bool = True
    served: bool = False
    skew: dict[int, float] = field(default_factory=dict)
    """For each process: how far its clock is from the computer's."""
    hosts: dict[int, tuple[str, float]] = field(default_factory=dict)
    """For each process: the computer that it runs on, and its start."""
    belief: Belief | None = None
    memories: dict[int, Memory] = field(default_factory=dict)
    visits: list[Visit] = field(default_factory=list)
    counter: dict[date, int] = field(default_factory=dict)
    last_stamp: datetime | None = None
    refused: int = 0
    ended: int = 0
    purged: int = 0
    starts: int = 0

    def transaction(self, process: int = 0, confirmed: bool = False) -> Now:
        """What every transaction does: find out what time it is, end the day, purge."""
        now = self._now(process, confirmed)
        today = day_of(now.moment)
        for visit in self.visits:
            if visit.open and visit.day < today:
                visit.open, visit.closed, self.ended = False, now.moment, self.ended + 1
        if now.settled:
            old = today - timedelta(days=2)
            kept = [visit for visit in self.visits if visit.day > old]
            self.purged += len(self.visits) - len(kept)
            self.visits, self.counter = kept, {day: last for day, last in self.counter.items() if day > old}
        return now

    def reading(self, process: int = 0) -> Reading:
        boot, started = self.hosts.get(process, (self.boot, self.started))
        wall = moment(self.true + self.error + self.skew.get(process, 0.0))
        return Reading(
            boot=boot, wall=wall, steady=self.true - started, synchronised=self.synchronised, ran_on=self.ran_on
        )

    def _now(self, process: int, confirmed: bool) -> Now:
        """As `shared/store` does it: what is new is written down by a look, and a transaction looks without writing."""
        memory, reading = self.memories.get(process), self.reading(process)
        if memory is None or confirmed or rule.glance(memory, reading.wall, reading.steady) is None:
            told = self._look(memory, reading, confirmed)
            self.belief, memory = told.belief, told.memory
        if process < SHORT_LIVED:
            self.memories[process] = memory
        now = rule.glance(memory, reading.wall, reading.steady)
        return now or self._look(memory, reading).meanwhile

    def _look(self, memory: Memory | None, reading: Reading, confirmed: bool = False) -> Look:
        return rule.look(self.belief, memory, reading, self.last_stamp, served=self.served, confirmed=confirmed)

    # What people do

    def issue(self, process: int = 0) -> Visit | None:
        now = self.transaction(process)
        day = day_of(now.moment)
        if now.doubt and not (now.plausible and day_of(now.wall) == day):
            self.refused += 1
            return None
        self.counter[day] = self.counter.get(day, 0) + 1
        self.visits.append(Visit(self.true, day, self.counter[day], self._stamp(now)))
        return self.visits[-1]

    def call(self, process: int = 0) -> None:
        now = self.transaction(process)
        today = day_of(now.moment)
        waiting = [visit for visit in self.visits if visit.open and visit.called is None and visit.day == today]
        if waiting:
            min(waiting, key=lambda visit: visit.rank).called = self._stamp(now)

    def close(self, process: int = 0) -> None:
        now = self.transaction(process)
        here = [visit for visit in self.visits if visit.open and visit.called is not None]
        if here:
            here[0].open, here[0].closed = False, self._stamp(now)

    def view(self, process: int = 0) -> None:
        """Somebody only reads: nothing is stored."""
        now = self._look(self.memories.get(process), self.reading(process)).meanwhile
        assert not (now.settled and now.doubt)

    def _stamp(self, now: Now) -> datetime:
        self.last_stamp = now.moment
        return now.moment

    # What happens to computers

    def run(self, seconds: float, process: int = 0, pace: float = 5.0) -> Now:
        """A face is there and looks every few seconds."""
        until = self.true + seconds
        now = self.transaction(process)
        while self.true < until:
            self.true += min(pace, until - self.true)
            now = self.transaction(process)
        return now

    def start_again(self, off: float, error: float | None, synchronised: bool | None) -> None:
        """`error` None: the clock does not run while the computer is off; it goes on from where it stopped."""
        wall = self.true + self.error
        self.true += off
        self.starts += 1
        self.boot, self.started = f"boot-{self.starts}", self.true - 20
        self.error = wall - self.true if error is None else error
        self.ran_on, self.synchronised = error is not None, synchronised
        self.memories.clear()

    def stand_still(self, seconds: float) -> None:
        """A virtual machine is paused: all of its clocks stop."""
        self.true += seconds
        self.started += seconds
        self.error -= seconds

    # What must hold

    def undamaged(self, day: date) -> None:
        assert not self.ended, "visits were cancelled"
        assert not self.purged, "visits were purged"
        assert all(visit.day == day for visit in self.visits), "a number of another day"
        assert [visit.number for visit in self.visits] == list(range(1, len(self.visits) + 1)), "twice or left out"
        self.in_order()

    def in_order(self, slack_s: float = 0.0) -> None:
        slack = timedelta(seconds=slack_s)
        for before, after in pairwise(self.visits):
            assert after.rank >= before.rank - slack, "a newcomer overtakes"
        for visit in self.visits:
            if visit.closed is not None and visit.called is not None:
                assert visit.closed >= visit.called - slack, "ended before it was called"
                assert visit.called >= visit.rank - slack, "called before it was drawn"
