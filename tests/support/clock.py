"""The clocks of the tests: they stand still until a test moves them, and can show a wrong time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from shared.clock import Host, monotonic

MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
"""The day of the tests, whatever day it is: no test may depend on the date on which it runs."""
_STARTED = MONDAY - timedelta(days=1)


class HandClock:
    """A clock of a computer that is the same for all of them."""

    def __init__(self, moment: datetime = MONDAY) -> None:
        self._true, self._error = moment, timedelta()
        self._boot, self._ran_on = "hand", True
        self.synchronised: bool | None = None
        """What the computer says of it."""

    @property
    def moment(self) -> datetime:
        """What it shows. Set it, and time passes until it shows that."""
        return self._true + self._error

    @moment.setter
    def moment(self, moment: datetime) -> None:
        self._true = moment - self._error

    def now(self) -> datetime:
        return self.moment

    def steady(self) -> float:
        return (self._true - _STARTED).total_seconds()

    def host(self) -> Host:
        return Host(self._boot, self.synchronised, self._ran_on)

    def forward(self, **duration: float) -> None:
        """Time passes."""
        self._true += timedelta(**duration)

    def jump(self, **distance: float) -> None:
        """It is set to another time; none passes."""
        self._error += timedelta(**distance)

    def set_right(self) -> None:
        """It shows again what time it is."""
        self._error = timedelta()

    def start_again(self, *, ran_on: bool = True, **off: float) -> None:
        """The computer is off for so long; its clock goes on meanwhile, or begins again where it ended."""
        showed = self.moment
        self.forward(**off)
        self._boot, self._ran_on = f"{self._boot}+", ran_on
        if not ran_on:
            self._error = showed - self._true


class RunningClock(HandClock):
    """Time that runs as it does on this computer, from the morning of the tests on.

    It is for what waits for leases to end. A process that is told when it `began` has the same time.
    """

    def __init__(self, began: float | None = None) -> None:
        super().__init__()
        self.began = monotonic() if began is None else began

    def now(self) -> datetime:
        return self._passed() + self._wrong()

    def steady(self) -> float:
        return (self._passed() - _STARTED).total_seconds()

    def _passed(self) -> datetime:
        return MONDAY + timedelta(seconds=monotonic() - self.began)

    def _wrong(self) -> timedelta:
        return self._error


class ToldClock(RunningClock):
    """A running clock that other processes set: a file says how many seconds it is wrong."""

    def __init__(self, began: float, wrong: Path) -> None:
        super().__init__(began)
        self._file = wrong

    def _wrong(self) -> timedelta:
        return timedelta(seconds=float(self._file.read_text(encoding="ascii")))


class HandSeconds:
    """Replaces a face's `monotonic`: no second passes until a test says so."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at
