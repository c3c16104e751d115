"""The place in the order of waiting: set once, when a visit first waits, so that nobody starves."""

from __future__ import annotations

from datetime import datetime, timedelta

Rank = tuple[datetime, int]
"""A place in the queue: `stop.rank_at`, and the stop's id if two came at once. The smaller one is called first."""


def rank_at(issued_at: datetime, head_start_min: int) -> datetime:
    """The moment that decides: when the number was issued, minus the head start of its priority in minutes."""
    return issued_at - timedelta(minutes=head_start_min)
