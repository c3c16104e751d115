"""A yardstick: a bare Textual app with as many labels as are named, which all change at each touch.

python -m benchmarks.bare LABELS
"""

from __future__ import annotations

import sys

from textual.app import App, ComposeResult
from textual.containers import Grid
from textual.widgets import Label

FIRST, OTHER = "first", "other"
"""What each label says by turns."""


class Bare(App[None]):
    """Nothing but labels."""

    CSS = "Grid { grid-size: 3; grid-gutter: 1; } Label { height: 100%; width: 100%; background: white; color: black; }"

    def compose(self) -> ComposeResult:
        """The labels, as tiles."""
        with Grid():
            for number in range(int(sys.argv[1])):
                yield Label(f"{FIRST} {number}")

    def on_click(self) -> None:
        """Change all of them."""
        self.is_first = not getattr(self, "is_first", True)
        for number, label in enumerate(self.query(Label)):
            label.update(f"{FIRST if self.is_first else OTHER} {number}")


if __name__ == "__main__":
    Bare().run()
