"""Deadlines for every wait on a device or a network: made where the work begins, then handed down."""

from __future__ import annotations

import select
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event

from shared.clock import monotonic


@dataclass(frozen=True, slots=True)
class Deadline:
    """The moment at which a wait ends, whatever a device does until then."""

    at: float
    """A reading of `now`, in seconds."""
    now: Callable[[], float] = field(default=monotonic, repr=False, compare=False)
    """A clock that never jumps."""

    @classmethod
    def after(cls, seconds: float, now: Callable[[], float] = monotonic) -> Deadline:
        """The deadline `seconds` from now."""
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
        """The deadline `seconds` from now, but never later than this one."""
        return Deadline(min(self.at, self.now() + seconds), self.now)

    def later(self, seconds: float) -> Deadline:
        """The deadline `seconds` after this one."""
        return Deadline(self.at + seconds, self.now)

    def ready(self, handle: int, *, write: bool = False) -> bool:
        """Wait until a handle can be read or written; False if that is not possible in time.

        After the deadline nothing is ready: a loop that reads then ends, even if there is more to read.
        """
        if self.over:
            return False
        readable, writable, _ = select.select([] if write else [handle], [handle] if write else [], [], self.left)
        return bool(readable or writable)

    def pause(self, seconds: float) -> None:
        """Wait for a moment, but not beyond the end."""
        Event().wait(min(seconds, self.left))  # time.sleep fails where faketime plays with the host's clock


PASSED = Deadline(float("-inf"))
"""A deadline that has always passed."""
