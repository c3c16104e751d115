"""The only reader of time."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from typing import Protocol
from zoneinfo import ZoneInfo

from shared import kernel_clock

_VOUCHED_S = 2.0
"""A clock this close to one that is synchronised counts as synchronised, too."""


@dataclass(frozen=True, slots=True)
class Host:
    """What this computer knows about the clock."""

    boot: str
    """A different one after each start of the computer."""
    synchronised: bool | None
    """True: it vouches for what the clock shows. False: it vouches for something else. None: it does not know."""
    ran_on: bool
    """Whether its own clock runs while it is off."""


class Clock(Protocol):
    """Shows the time: the host's clock, or one that a test or a simulation moves by hand.

    What it shows may be wrong, and may jump. `Database` says what is believed of it (rules/belief.py).
    """

    def now(self) -> datetime:
        """What the clock shows: aware, in UTC."""
        ...

    def steady(self) -> float:
        """Seconds since the computer was started, asleep or awake; they never jump."""
        ...

    def host(self) -> Host:
        """What this computer knows of the clock."""
        ...


class SystemClock:
    """The clock of this computer."""

    def now(self) -> datetime:
        """What it shows, in UTC."""
        return datetime.now(UTC)

    def steady(self) -> float:
        """The kernel's seconds since the start."""
        return kernel_clock.steady()

    def host(self) -> Host:
        """What the kernel says. A program that is shown another time than the kernel's is not vouched for."""
        known, shown = kernel_clock.synchronised_time(), time.time()
        synchronised = None if known is None else abs(known - shown) <= _VOUCHED_S
        return Host(kernel_clock.boot(), synchronised, kernel_clock.ran_on())


class ServerClock:
    """The clock of a server that many computers use; between two readings, this process counts its own seconds."""

    EVERY_S = 30.0
    QUESTIONS = 3
    """Several, because the first on a connection is the slowest, and a slow answer tells the time less exactly."""

    def __init__(self) -> None:
        self._known: tuple[datetime, float] | None = None
        self._forgotten = False
        self._own = SystemClock()

    @property
    def due(self) -> bool:
        """Whether it is time to read the server's clock again."""
        return self._known is None or self._forgotten or self.steady() - self._known[1] >= self.EVERY_S

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

    def _ask(self, ask: Callable[[], datetime]) -> tuple[float, datetime, float]:
        asked = self.steady()
        told = ask()
        answered = self.steady()
        return answered - asked, told, answered

    def now(self) -> datetime:
        """What the server's clock shows, in UTC."""
        if self._known is None:
            raise LookupError("the server's clock was not read yet")
        moment, at = self._known
        return moment + timedelta(seconds=self.steady() - at)

    def steady(self) -> float:
        """The seconds of this computer."""
        return self._own.steady()

    def host(self) -> Host:
        """What this computer's kernel says of the server's clock."""
        own = self._own.host()
        agree = abs((self.now() - self._own.now()).total_seconds()) <= _VOUCHED_S
        return replace(own, synchronised=agree if own.synchronised else None)


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
