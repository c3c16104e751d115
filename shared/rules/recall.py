"""How often a call is announced."""

from __future__ import annotations


def may_recall(ring: int, recalls: int) -> bool:
    """Whether a call that has rung this often may be announced again.

    Args:
        recalls: How many repeats the plan allows after the first ring.
    """
    return ring <= recalls
