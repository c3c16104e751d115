"""The face of `tests.support.probe` as a test sees it: what it is sent, and what reached its handlers."""

from __future__ import annotations

import json
from pathlib import Path

from tests.support.line import Line
from tests.support.waiting import wait_until


class Probe(Line):
    """The face of `tests.support.probe` on its line, and the events that reached its handlers."""

    told_to: Path

    def heard(self, *kinds: str) -> list[list[object]]:
        """The reports of these kinds so far."""
        lines = self.told_to.read_text().splitlines() if self.told_to.exists() else []
        told = [json.loads(line) for line in lines]
        return [what for what in told if not kinds or what[0] in kinds]

    def tells(self, *what: object) -> None:
        """Wait until it has reported this."""
        wait_until(
            lambda: list(what) in self.heard(), lambda: f"{what} never came: {self.heard()} {self.drawn[-500:]!r}"
        )

    def answers(self) -> None:
        """Check that taps are still handled, with a tap at a new place."""
        nth = len(self.heard("tap"))
        column, row = nth % 70, nth // 70
        self.tap(column + 1, row + 1)
        self.tells("tap", column, row)
