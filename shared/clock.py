"""The only reader of time."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from typing import Protocol
from zoneinfo import ZoneInfo


class Clock(Protocol):
    """Tells the time: the host's clock, or one that a test or a simulation moves by hand."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...


class SystemClock:
    """The clock of this computer."""

    def now(self) -> datetime:
        """The present moment in UTC."""
        return datetime.now(UTC)


class ServerClock:
    """The clock of a server that many computers use; between two readings, this process counts its own seconds."""

    EVERY_S = 60.0
    QUESTIONS = 3
    """Several, because the first on a connection is the slowest, and a slow answer tells the time less exactly."""

    def __init__(self) -> None:
        self._known: tuple[datetime, float] | None = None
        self._forgotten = False

    @property
    def due(self) -> bool:
        """Whether it is time to read the server's clock again."""
        return self._known is None or self._forgotten or time.monotonic() - self._known[1] >= self.EVERY_S

    def forget(self) -> None:
        """Read the server's clock again before the next use: it may be another server now."""
        self._forgotten = True

    def set(self, ask: Callable[[], datetime]) -> None:
        """Read the server's clock: `ask` gives its time at some moment between question and answer.

        The quickest of several questions counts, as in NTP (RFC 5905, the clock filter): the error is at most half
        the time that it took.
        """
        took, told, answered = min(self._ask(ask) for _ in range(self.QUESTIONS))
        self._known = told.astimezone(UTC) + timedelta(seconds=took / 2), answered
        self._forgotten = False

    @staticmethod
    def _ask(ask: Callable[[], datetime]) -> tuple[float, datetime, float]:
        asked = time.monotonic()
        told = ask()
        answered = time.monotonic()
        return answered - asked, told, answered

    def now(self) -> datetime:
        """The present moment in UTC by the server's clock."""
        if self._known is None:
            raise LookupError("the server's clock was not read yet")
        moment, at = self._known
        return moment + timedelta(seconds=time.monotonic() - at)


def monotonic() -> float:
    """Seconds that never jump, for measuring durations."""
    return time.monotonic()


def local_day(moment: datetime, timezone: str, day_starts: str) -> date:
    """The centre's day at `moment`: like a calendar day, but it begins at `day_starts` ("HH:MM", local time)."""
    hours, minutes = map(int, day_starts.split(":"))
    return (moment.astimezone(ZoneInfo(timezone)) - timedelta(hours=hours, minutes=minutes)).date()


def day_begins(day: date, timezone: str, day_starts: str) -> datetime:
    """When a centre's day begins, in UTC: the reverse of `local_day`."""
    shown = datetime.combine(day, clock_time.fromisoformat(day_starts))
    return shown.replace(tzinfo=ZoneInfo(timezone)).astimezone(UTC)
