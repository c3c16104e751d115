"""The place in the order of waiting."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from shared.rules.rank import rank_at

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_without_a_head_start_the_number_decides() -> None:
    assert rank_at(NOON, 0) == NOON


def test_a_head_start_counts_as_having_come_earlier() -> None:
    late_with_head_start = rank_at(NOON + timedelta(minutes=29), 30)
    assert late_with_head_start < rank_at(NOON, 0) < rank_at(NOON + timedelta(minutes=31), 30)
