"""One press or two: a nervous double click must not answer a question that it has not read."""

from __future__ import annotations

DOUBLE_PRESS_S = 0.4
"""Two presses of one key or on one spot within this time are meant as one."""


class Presses:
    """Remembers when each key and each spot was last pressed to some effect."""

    def __init__(self) -> None:
        self._last: dict[str, float] = {}

    def repeated(self, where: str, at_s: float) -> bool:
        """Whether this press belongs to one that counted; a key that is held down repeats for as long as it is held."""
        repeated = where in self._last and at_s - self._last[where] < DOUBLE_PRESS_S
        if repeated:
            self._last[where] = at_s
        return repeated

    def count(self, where: str, at_s: float) -> None:
        """Remember a press that has taken a step."""
        self._last[where] = at_s
