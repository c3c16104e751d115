"""How often a call is announced."""

from __future__ import annotations

from shared.rules.recall import may_recall


def test_a_call_is_repeated_as_often_as_the_plan_allows() -> None:
    assert [may_recall(ring, recalls=2) for ring in (1, 2, 3)] == [True, True, False]


def test_a_plan_without_repeats_lets_it_ring_once() -> None:
    assert not may_recall(1, recalls=0)
