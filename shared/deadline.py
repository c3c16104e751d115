"""The end of every wait for a device or a network: made where the work begins, handed down, asked for what is left."""

from __future__ import annotations

import select
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from shared.clock import monotonic


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment by which something is over, whatever a device does until then."""

    at: float
    """A reading of `now`, in seconds."""
    now: Callable[[], float] = field(default=monotonic, repr=False, compare=False)
    """A clock that never jumps."""

    @classmethod
    def after(cls, seconds: float, now: Callable[[], float] = monotonic) -> Deadline:
        """The moment in so many seconds."""
        return cls(now() + seconds, now)

    @property
    def left(self) -> float:
        """Seconds until then; 0 once it has passed."""
        return max(0.0, self.at - self.now())

    @property
    def over(self) -> bool:
        """Whether it has passed."""
        return self.now() >= self.at

    def within(self, seconds: float) -> Deadline:
        """The moment in so many seconds, but never later than this one."""
        return Deadline(min(self.at, self.now() + seconds), self.now)

    def later(self, seconds: float) -> Deadline:
        """The moment so many seconds after this one."""
        return Deadline(self.at + seconds, self.now)

    def ready(self, handle: int, *, write: bool = False) -> bool:
        """Wait until a handle can be read or written; False where it cannot in time. Once it is over nothing is ready:
        whoever reads until then ends, however much there is to read.
        """
        if self.over:
            return False
        readable, writable, _ = select.select([] if write else [handle], [handle] if write else [], [], self.left)
        return bool(readable or writable)

    def pause(self, seconds: float) -> None:
        """Wait for a moment, but not beyond the end."""
        time.sleep(min(seconds, self.left))


PASSED = Deadline(float("-inf"))
"""What is over in any case."""
