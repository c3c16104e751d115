"""The place in the order of waiting: set once, when a visit first waits, so that nobody starves."""

from __future__ import annotations

from datetime import datetime, timedelta

Rank = tuple[datetime, int]
"""Where somebody stands: `stop.rank_at`, and the stop's id where two came at once. The smaller one is called first."""


def rank_at(issued_at: datetime, head_start_min: int) -> datetime:
    """The moment that decides: when the number was issued, less the head start of the visit's priority in minutes."""
    return issued_at - timedelta(minutes=head_start_min)
