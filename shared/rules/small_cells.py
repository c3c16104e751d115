"""Counts that could point to somebody are not told."""

from __future__ import annotations

from collections.abc import Mapping

LEAST = 5
"""A count below this is hidden."""


def hide(cells: Mapping[str, int]) -> dict[str, int | None]:
    """The cells of one dimension, small ones hidden as None.

    Whoever knows the sum could work a single hidden cell out: so the next smallest are hidden with it until all the
    hidden ones together are not small.
    """
    told: dict[str, int | None] = dict(cells)
    hidden = 0
    for key in sorted(cells, key=lambda key: (cells[key], key)):
        if cells[key] >= LEAST and (hidden == 0 or hidden >= LEAST):
            break
        hidden += cells[key]
        told[key] = None
    return told
