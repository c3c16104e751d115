"""The only reader of time."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from typing import Protocol
from zoneinfo import ZoneInfo


class Clock(Protocol):
    """What tells the time: the host's clock, or one that a test or a simulation moves by hand."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...


class SystemClock:
    """The clock of this computer."""

    def now(self) -> datetime:
        """The present moment in UTC."""
        return datetime.now(UTC)


def monotonic() -> float:
    """Seconds that never jump, for measuring durations."""
    return time.monotonic()


def local_day(moment: datetime, timezone: str, day_starts: str) -> date:
    """The day a centre counts `moment` to: its calendar day, begun at `day_starts` ("HH:MM", local time)."""
    hours, minutes = map(int, day_starts.split(":"))
    return (moment.astimezone(ZoneInfo(timezone)) - timedelta(hours=hours, minutes=minutes)).date()


def day_begins(day: date, timezone: str, day_starts: str) -> datetime:
    """When a centre's day begins, in UTC: the other way round than `local_day`."""
    shown = datetime.combine(day, clock_time.fromisoformat(day_starts))
    return shown.replace(tzinfo=ZoneInfo(timezone)).astimezone(UTC)
