"""What is wrong with the time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ClockDoubt:
    """The clock cannot be believed."""

    shows: datetime
    """What it shows."""
    believed: datetime
    """What time it is by the last believed moment and the seconds since."""
    numbers: bool
    """Whether numbers are given all the same: both are of the same day."""
