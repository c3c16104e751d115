"""Whether what is on the screen has lain there for long enough that a touch is meant for it. Pure."""

from __future__ import annotations

STEADY_S = 0.7
"""Touches are ignored for so long after each change of content. The second tap of a double tap comes within half a
second, and so does one from impatience; nobody has read anything new by then."""
BEAT_S = 0.1
"""How often a program that is awake beats."""
_SILENCE_S = 2 * BEAT_S
"""A longer silence counts as no longer than this: what was tapped while the program stood still it hears late, all at
once, and cannot know when it was."""


class Steady:
    """How long the same content has been on the screen of a program that was awake. Moments are in seconds of a clock
    that never jumps."""

    def __init__(self) -> None:
        self._lain_s: float | None = None
        self._beaten = 0.0

    def changed(self) -> None:
        """Something else is to be shown, but it is not painted yet."""
        self._lain_s = None

    def painted(self, at: float) -> None:
        """What was changed is on the screen."""
        if self._lain_s is None:
            self._lain_s, self._beaten = 0.0, at

    def beat(self, at: float) -> None:
        """The program is awake."""
        if self._lain_s is not None:
            self._lain_s, self._beaten = self._until(at, self._lain_s), at

    def counts(self, at: float) -> bool:
        """Whether a finger that came down at that moment meant what is on the screen."""
        return self._lain_s is not None and self._until(at, self._lain_s) >= STEADY_S

    def _until(self, at: float, lain_s: float) -> float:
        return lain_s + min(at - self._beaten, _SILENCE_S)
