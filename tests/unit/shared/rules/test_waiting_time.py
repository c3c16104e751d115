"""The waiting times that people are told are kept, on mornings that the rule has not seen before."""

from __future__ import annotations

import heapq
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from shared.model import Wait
from shared.rules.rank import Rank
from shared.rules.waiting_time import AtWork, Work, error, expected, interval, minutes_each, minutes_left

EIGHT = datetime(2026, 11, 23, 8, tzinfo=UTC)


def at(minutes: float) -> Rank:
    return EIGHT + timedelta(minutes=minutes), 0


def desk(*services: str, free_in: float = 0.0) -> AtWork:
    return AtWork(frozenset(services), free_in)


def test_without_a_desk_nobody_knows() -> None:
    assert expected({"money": [at(0)]}, "money", [], {"money": 10}) is None
    assert expected({"money": [at(0)]}, "money", [desk("school")], {"money": 10, "school": 10}) is None


def test_who_is_first_waits_for_the_first_desk_to_be_free() -> None:
    desks = [desk("money", free_in=7), desk("money", free_in=4)]
    assert expected({"money": [at(0)]}, "money", desks, {"money": 10}) == 4


def test_desks_work_off_who_stands_ahead() -> None:
    queue = [at(n) for n in range(5)]
    assert expected({"money": queue}, "money", [desk("money")], {"money": 10}) == 40
    assert expected({"money": queue}, "money", [desk("money"), desk("money")], {"money": 10}) == 20


def test_a_desk_of_two_services_takes_who_came_first() -> None:
    queues = {"money": [at(3)], "school": [at(1), at(2), at(4)]}
    both = [desk("money", "school")]
    assert expected(queues, "money", both, {"money": 10, "school": 6}) == 12


def test_who_cannot_take_steps_waits_for_a_desk_without() -> None:
    desks = [desk("money"), AtWork(frozenset(("money",)), free_in_min=30, step_free=False), desk("money", free_in=50)]
    assert expected({"money": [at(0)]}, "money", desks, {"money": 60}, step_free=True) == 0
    assert expected({"money": [at(0)]}, "money", desks[1:], {"money": 60}) == 30
    assert expected({"money": [at(0)]}, "money", desks[1:], {"money": 60}, step_free=True) == 50
    assert expected({"money": [at(0)]}, "money", desks[1:2], {"money": 60}, step_free=True) is None
    assert expected({"money": [at(0), at(1)]}, "money", desks[1:], {"money": 60}, step_free=True) == 50


def test_a_long_service_takes_some_time_more() -> None:
    assert minutes_left(12, 2) == 10
    assert minutes_left(12, 40) == 3


def test_few_of_today_count_less_than_what_was_known() -> None:
    assert minutes_each(10, Work(0, 0)) == 10
    assert minutes_each(10, Work(1, 30)) == pytest.approx(11.8, abs=0.05)
    assert minutes_each(10, Work(190, 190 * 20)) == pytest.approx(19.5)


@pytest.mark.parametrize("minutes", [0, 3, 12, 40, 200])
def test_a_range_is_in_whole_fives_and_holds_what_is_expected(minutes: float) -> None:
    wait = interval(minutes, [])
    assert (wait.low % 5, wait.high % 5) == (0, 0)
    assert 0 <= wait.low <= minutes <= wait.high
    assert wait.low < wait.high


def test_a_range_follows_the_errors_of_late() -> None:
    assert interval(30, []) == Wait(20, 45)
    assert interval(30, [error(30, 30)] * 100) == Wait(30, 35)
    assert interval(30, [error(30, 60)] * 100) == Wait(60, 65)


@dataclass
class Morning:
    """Four hours of a centre whose services take longer or shorter than its plan says, event by event."""

    dice: random.Random
    load: float
    """The load, as a share of what the desks can do."""
    errors: dict[str, list[float]] = field(default_factory=dict)
    """Learned on earlier mornings."""

    def promises(self) -> Iterator[tuple[Wait, float]]:
        """What each visitor was told at the entrance, and when the call came."""
        services = [f"service {n}" for n in range(6)]
        planned = {service: self.dice.uniform(6, 20) for service in services}
        really = {service: planned[service] * self.dice.choice([0.8, 1, 1.25]) for service in services}
        desks = [frozenset(self.dice.sample(services, k=self.dice.choice([1, 1, 2]))) for _ in range(14)]
        queues: dict[str, list[Rank]] = {service: [] for service in services}
        busy: dict[int, tuple[str, float]] = {}
        done = {service: Work(0, 0.0) for service in services}
        told: dict[Rank, tuple[float, Wait, float]] = {}
        events = [(moment, 0, service) for service in services for moment in self._arrivals(service, desks, really)]
        heapq.heapify(events)
        while events:
            now, desk, service = heapq.heappop(events)
            if desk:
                since = busy.pop(desk)[1]
                done[service] = Work(done[service].finished + 1, done[service].busy_min + now - since)
            else:
                queues[service].append(at(now))
                open_min = {key: sum(now - since for what, since in busy.values() if what == key) for key in services}
                minutes = {
                    key: minutes_each(planned[key], Work(done[key].finished, done[key].busy_min + open_min[key]))
                    for key in services
                }
                left = {n: minutes_left(minutes[what], now - since) for n, (what, since) in busy.items()}
                wait = expected(
                    queues, service, [AtWork(serves, left.get(n, 0)) for n, serves in enumerate(desks, 1)], minutes
                )
                if wait is not None:
                    told[at(now)] = wait, interval(wait, self.errors.get(service, [])[:100]), now
            for n, serves in enumerate(desks, 1):
                heads = [(queues[key][0], key) for key in serves if queues[key]]
                if n not in busy and heads:
                    rank, key = min(heads)
                    queues[key].pop(0)
                    busy[n] = key, now
                    heapq.heappush(events, (now + self.dice.gammavariate(2, really[key] / 2), n, key))
                    if rank in told:
                        wait, promise, since = told.pop(rank)
                        self.errors.setdefault(key, []).insert(0, error(wait, now - since))
                        yield promise, now - since

    def _arrivals(self, service: str, desks: list[frozenset[str]], really: dict[str, float]) -> Iterator[float]:
        served = sum(1 / len(serves) for serves in desks if service in serves)
        now = 0.0
        while served and (now := now + self.dice.expovariate(self.load * served / really[service])) < 240:
            yield now


@pytest.mark.parametrize("load", [0.8, 0.95, 1.15])
def test_four_of_five_promises_are_kept(load: float) -> None:
    told: list[tuple[Wait, float]] = []
    for seed in range(6):
        dice, errors = random.Random(seed), {}  # type: ignore[var-annotated]
        for _ in range(2):
            told += Morning(dice, load, errors).promises()
    shares = [
        sum(kept) / len(told)
        for kept in (
            [wait.low <= came <= wait.high for wait, came in told],
            [came < wait.low for wait, came in told],
            [came > wait.high for wait, came in told],
        )
    ]
    print(f"load {load}: {len(told)} promises, kept {shares[0]:.2f}, earlier {shares[1]:.2f}, later {shares[2]:.2f}")
    assert len(told) > 1000
    assert shares[0] >= 0.8
    assert max(shares[1:]) <= 0.1
    width, wait = sum(wait.high - wait.low for wait, _ in told), sum(came for _, came in told)
    assert width <= 2.5 * wait, "a range that says everything says nothing"
