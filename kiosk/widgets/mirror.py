"""Widgets side by side in the direction of reading."""

from __future__ import annotations

from collections.abc import Sequence

from textual.widget import Widget

from faces.text import Direction


def mirror(row: Widget, widgets: Sequence[Widget], direction: Direction) -> None:
    """Let the children of a row stand in this order, from the side on which lines begin."""
    wanted = list(widgets if direction == "ltr" else reversed(widgets))
    if list(row.children) != wanted:
        row.sort_children(key=lambda child: wanted.index(child))
