"""How the kiosk speaks to the visitor who is here. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace

LEVELS_DB = (-36.0, -32.0, -28.0, -24.0, -20.0)
"""The volumes, in dB below full scale. The second is the normal one: with it a kiosk is set up, to
65 dB(A) at the ear."""
SPEEDS = (100, 130, 170)
"""Words a minute."""
_NORMAL_VOLUME, _NORMAL_SPEED = 2, 2
PATIENCE = 2
"""Who listens has so many times the time of who reads."""


@dataclass(frozen=True, slots=True)
class Aloud:
    """What holds for one visit; the next begins with nothing of it."""

    on: bool = False
    free: bool = False
    """Whether concern and number may be spoken: others cannot hear it, or the visitor does not mind."""
    corners: bool = False
    """Whether the corners of the screen stand for keys."""
    volume: int = _NORMAL_VOLUME
    speed: int = _NORMAL_SPEED

    @property
    def asks(self) -> bool:
        """Whether the visitor has still to say so."""
        return self.on and not self.free

    @property
    def level_db(self) -> float:
        """How loud it is."""
        return LEVELS_DB[self.volume - 1]

    @property
    def rate(self) -> int:
        """How fast it is, in words a minute."""
        return SPEEDS[self.speed - 1]

    def next_volume(self) -> Aloud:
        """Louder; after the loudest, the quietest."""
        return replace(self, volume=self.volume % len(LEVELS_DB) + 1)

    def next_speed(self) -> Aloud:
        """Faster; after the fastest, the slowest."""
        return replace(self, speed=self.speed % len(SPEEDS) + 1)


SILENT = Aloud()
"""Nothing is spoken."""
