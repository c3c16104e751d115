"""Tells one press from two: a nervous double click must not answer a question that nobody has read yet."""

from __future__ import annotations

DOUBLE_PRESS_S = 0.4
"""Two presses of one key or on one spot within this time count as one."""


class Presses:
    """Remembers when each key and each spot last had a press that counted."""

    def __init__(self) -> None:
        self._last: dict[str, float] = {}

    def repeated(self, where: str, at_s: float) -> bool:
        """Whether this press only repeats one that counted; a held key goes on repeating."""
        repeated = where in self._last and at_s - self._last[where] < DOUBLE_PRESS_S
        if repeated:
            self._last[where] = at_s
        return repeated

    def count(self, where: str, at_s: float) -> None:
        """Remember a press that has taken a step."""
        self._last[where] = at_s
