"""Whether the screen's content has been there long enough that a touch is meant for it. Pure."""

from __future__ import annotations

STEADY_S = 0.7
"""How long touches are ignored after each change of content. The second tap of a double tap comes within half a second,
and so does one from impatience; nobody has read anything new by then."""
BEAT_S = 0.1
"""How often a running program beats."""
_SILENCE_S = 2 * BEAT_S
"""A longer gap between beats counts as only this long: taps made while the program stood still arrive late, all at
once, and it cannot know when they were made."""


class Steady:
    """How long the same content has been on the screen while the program was running. Moments are in seconds of a clock
    that never jumps."""

    def __init__(self) -> None:
        self._shown_s: float | None = None
        self._beaten = 0.0

    def changed(self) -> None:
        """The content has changed, but is not painted yet."""
        self._shown_s = None

    def painted(self, at: float) -> None:
        """The new content is on the screen."""
        if self._shown_s is None:
            self._shown_s, self._beaten = 0.0, at

    @property
    def is_painted(self) -> bool:
        """Whether the newest content is on the screen."""
        return self._shown_s is not None

    def beat(self, at: float) -> None:
        """The program is running."""
        if self._shown_s is not None:
            self._shown_s, self._beaten = self._until(at, self._shown_s), at

    def counts(self, at: float) -> bool:
        """Whether a touch at that moment is meant for what is on the screen."""
        return self._shown_s is not None and self._until(at, self._shown_s) >= STEADY_S

    def _until(self, at: float, shown_s: float) -> float:
        return shown_s + min(at - self._beaten, _SILENCE_S)
