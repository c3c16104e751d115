"""How many numbers a kiosk gives in a minute: somebody who takes many of them sells them, or plays. Pure."""

from __future__ import annotations

from dataclasses import dataclass

MINUTE_S = 60.0


@dataclass(frozen=True, slots=True)
class Pace:
    """When it gave its last numbers. Moments are in seconds of a clock that never jumps."""

    given: tuple[float, ...] = ()
    rests_until: float = float("-inf")
    """Until when it gives none and sends everybody to reception."""

    def gave(self, at: float) -> Pace:
        """After one more number."""
        return Pace((*(moment for moment in self.given if at - moment < MINUTE_S), at), self.rests_until)

    def rests(self, at: float) -> Pace:
        """One more would be too many: it rests for a minute, and then begins anew. A rest is not made longer."""
        return self if at < self.rests_until else Pace((), at + MINUTE_S)

    def is_full(self, at: float, most: int) -> bool:
        """Whether one more number would be more than `most` in a minute."""
        return at < self.rests_until or sum(at - moment < MINUTE_S for moment in self.given) >= most
