"""Whether the same thing again is meant: a hand that trembles, and a key that repeats, say it only once. Pure."""

from __future__ import annotations

from collections.abc import Hashable


class Pause:
    """The same key or tile counts again only after a pause. Moments are in seconds of a clock that never jumps."""

    def __init__(self, pause_s: float, *, held: bool = False) -> None:
        """`held`: the pause begins with the last repeat, as of a key that is held down, else with what last counted."""
        self._pause_s, self._held = pause_s, held
        self._last: tuple[Hashable, float] | None = None

    def counts(self, what: Hashable, at: float) -> bool:
        """Whether this is more than a repeat."""
        again = self._last is not None and self._last[0] == what and at - self._last[1] < self._pause_s
        if self._held or not again:
            self._last = what, at
        return not again
