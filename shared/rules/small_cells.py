"""Hides counts so small that they could point to somebody."""

from __future__ import annotations

from collections.abc import Mapping

LEAST = 5
"""A count below this is hidden."""


def hide(cells: Mapping[str, int]) -> dict[str, int | None]:
    """The cells of one dimension, with small ones hidden as None.

    A single hidden cell could be computed from the sum. So the next smallest are hidden too, until the hidden ones
    together are no longer small.
    """
    told: dict[str, int | None] = dict(cells)
    hidden = 0
    for key in sorted(cells, key=lambda key: (cells[key], key)):
        if cells[key] >= LEAST and (hidden == 0 or hidden >= LEAST):
            break
        hidden += cells[key]
        told[key] = None
    return told
