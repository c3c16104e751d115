"""One press or two: a nervous double click must not answer a question that it has not read."""

from __future__ import annotations

DOUBLE_PRESS_S = 0.4
"""Two presses of one key or on one spot within this time are meant as one."""


class Presses:
    """Remembers when each key and each spot was last pressed."""

    def __init__(self) -> None:
        self._last: dict[str, float] = {}

    def repeated(self, where: str, at_s: float) -> bool:
        """Whether this press belongs to the one before; a key that is held down repeats for as long as it is held."""
        last_s = self._last.get(where)
        self._last[where] = at_s
        return last_s is not None and at_s - last_s < DOUBLE_PRESS_S
