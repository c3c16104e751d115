"""Who is next at a desk."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from shared.model import Need
from shared.rules.dispatch import Head, Profile, choose

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def head(stop_id: int, minutes: float, language: str = "uk", step_free: bool = False) -> Head:
    return Head(stop_id, "address", language, NOON + timedelta(minutes=minutes), (Need.STEP_FREE,) if step_free else ())


def desk(*languages: str, step_free: bool = False, window: float = 5) -> Profile:
    return Profile(frozenset(languages), step_free, timedelta(minutes=window))


def test_the_earliest_rank_is_next() -> None:
    assert choose([head(1, 3), head(2, 1), head(3, 2)], desk()) == head(2, 1)


def test_of_two_with_the_same_rank_the_first_issued_is_next() -> None:
    assert choose([head(9, 0), head(4, 0)], desk()) == head(4, 0)


def test_nobody_is_next_in_an_empty_hall() -> None:
    assert choose([], desk()) is None


def test_a_spoken_language_passes_within_the_window_only() -> None:
    early, spoken = head(1, 0, "uk"), head(2, 5, "ar")
    assert choose([early, spoken], desk("ar")) == spoken
    assert choose([early, head(2, 5.1, "ar")], desk("ar")) == early


def test_who_needs_a_step_free_way_comes_to_a_step_free_desk_only() -> None:
    wheelchair, later = head(1, 0, step_free=True), head(2, 9)
    assert choose([wheelchair, later], desk()) == later
    assert choose([wheelchair, later], desk(step_free=True)) == wheelchair
    assert choose([wheelchair], desk()) is None
