"""`[hours]`: when the centre is open. Times are local; hours after midnight belong to the day before."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from shared.config.section import Section
from shared.config.words import DATE, REGION, TIME_OF_DAY, TIME_RANGE

Range = Annotated[str, StringConstraints(pattern=TIME_RANGE)]
"""From a local time until another, "08:00-12:00"."""
Ranges = tuple[Range, ...]
Day = Annotated[str, StringConstraints(pattern=DATE)]
"""A date, "2026-12-24"."""
WEEKDAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
DAY_MIN = 24 * 60
MIDNIGHT = "24:00"
"""The end of a calendar day, as the end of a range may be written."""


class Week(Section):
    """When something is open on each weekday. A day that is not named is closed."""

    mo: Ranges = Field((), description='Monday, "08:00-12:00" and more such ranges; between them is a break.')
    tu: Ranges = Field((), description="Tuesday.")
    we: Ranges = Field((), description="Wednesday.")
    th: Ranges = Field((), description="Thursday.")
    fr: Ranges = Field((), description="Friday.")
    sa: Ranges = Field((), description="Saturday.")
    su: Ranges = Field((), description="Sunday.")

    @property
    def days(self) -> tuple[Ranges, ...]:
        """The ranges of each day, Monday first."""
        return (self.mo, self.tu, self.we, self.th, self.fr, self.sa, self.su)


class Hours(Week):
    """When the centre is open. Without this section it always is."""

    tickets_from: Annotated[str, StringConstraints(pattern=TIME_OF_DAY)] | None = Field(
        None, description="When numbers begin on an open day; without it, at its first opening."
    )
    special: dict[Day, Ranges] = Field(
        default_factory=dict, description="Days with their own ranges; [] is a closed day."
    )
    holidays: Annotated[str, StringConstraints(pattern=REGION)] | None = Field(
        None, description='Whose public holidays are closed: a country and its part, "DE-SN". Without it, none.'
    )


def minutes_of(time_of_day: str, day_starts: str) -> int:
    """Minutes from the beginning of the centre's day to a local time, 0 to 1439."""
    return (_minutes(time_of_day) - _minutes(day_starts)) % DAY_MIN


def range_of(text: str, day_starts: str) -> tuple[int, int]:
    """Begin and end of a range in minutes after the beginning of the centre's day; the end is 1 to 1440.

    An end that is not greater means that the range goes on into the next day, which is not allowed.
    """
    begin, end = text.split("-")
    return minutes_of(begin, day_starts), minutes_of(end, day_starts) or DAY_MIN


def _minutes(time_of_day: str) -> int:
    hours, minutes = time_of_day.split(":")
    return int(hours) * 60 + int(minutes)
