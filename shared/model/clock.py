"""What is wrong with the time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ClockDoubt:
    """The clock cannot be believed."""

    shows: datetime
    """What the clock shows."""
    believed: datetime
    """The time by the last believed moment and the seconds since then."""
    numbers: bool
    """Whether numbers are given anyway, because both are on the same day."""
