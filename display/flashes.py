"""Which calls flash. Pure: moments are passed in."""

from __future__ import annotations

from collections.abc import Iterable

from display.board import Ring

HALF_S = 0.5
FOR_S = 6.0
"""How long a new call flashes: once a second, far below the three a second that can be harmful."""


class Flashes:
    """The calls that flash, all in the same phase."""

    def __init__(self) -> None:
        self._until_s: dict[Ring, float] = {}
        self._bright = False

    def begin(self, rings: Iterable[Ring], at_s: float) -> None:
        """Let these flash, too."""
        self._until_s |= dict.fromkeys(rings, at_s + FOR_S)
        self._bright = False

    def next_half(self, at_s: float) -> None:
        """Switch from the dark half to the bright one, or back."""
        self._until_s = {ring: until_s for ring, until_s in self._until_s.items() if until_s > at_s}
        self._bright = not self._bright

    @property
    def any(self) -> bool:
        """Whether anything still flashes."""
        return bool(self._until_s)

    @property
    def bright(self) -> frozenset[Ring]:
        """The announcements that are bright now."""
        return frozenset(self._until_s) if self._bright else frozenset()
