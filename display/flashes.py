"""Which calls flash. Pure: moments are handed in."""

from __future__ import annotations

from collections.abc import Iterable

from display.board import Ring

HALF_S = 0.5
FOR_S = 6.0
"""How long a new call flashes: once a second, far below the three a second that can harm."""


class Flashes:
    """The calls that are pointed out, all in the same half of a flash."""

    def __init__(self) -> None:
        self._until_s: dict[Ring, float] = {}
        self._bright = False

    def begin(self, rings: Iterable[Ring], at_s: float) -> None:
        """Point these out, too."""
        self._until_s |= dict.fromkeys(rings, at_s + FOR_S)
        self._bright = False

    def next_half(self, at_s: float) -> None:
        """The bright half after the dark one, and the other way round."""
        self._until_s = {ring: until_s for ring, until_s in self._until_s.items() if until_s > at_s}
        self._bright = not self._bright

    @property
    def any(self) -> bool:
        """Whether anything flashes still."""
        return bool(self._until_s)

    @property
    def bright(self) -> frozenset[Ring]:
        """What is in the bright half now."""
        return frozenset(self._until_s) if self._bright else frozenset()
