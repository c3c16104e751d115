"""When a centre is open: whether it is at a moment, why not, until when, and when it opens again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

from shared.model import ClosedReason, Opening

DAY_MIN = 24 * 60
_HORIZON_DAYS = 400
"""How far ahead to look for the next opening: a year, and some days more that a centre may be closed around it."""
_MINUTE = timedelta(minutes=1)

Minutes = tuple[int, int]
"""Begin and end in minutes after the beginning of the centre's day, 0 to 1440, as the clock on the wall counts."""


@dataclass(frozen=True, slots=True)
class Span:
    """From a moment until just before another, both in UTC."""

    begin: datetime
    end: datetime

    def __contains__(self, moment: datetime) -> bool:
        return self.begin <= moment < self.end


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours of a centre or of one service."""

    timezone: ZoneInfo
    day_starts: time
    """Local time at which a new day begins; hours after midnight belong to the day before."""
    week: Sequence[Sequence[Minutes]]
    """The ranges of each weekday in order, Monday first."""
    special: Mapping[date, Sequence[Minutes]] = field(default_factory=dict)
    """Days with their own ranges, or with none; they also hold on a public holiday."""
    is_holiday: Callable[[date], bool] = lambda _: False
    house: Hours | None = None
    """For a service: the hours of the centre; the service is never open outside them."""

    def spans(self, day: date) -> list[Span]:
        """The open spans of a day, in order; ranges that touch are joined. Empty if the day is closed."""
        joined: list[Span] = []
        for begin, end in self._ranges(day):
            span = Span(self.moment(day, begin), self.moment(day, end))
            if joined and joined[-1].end == span.begin:
                joined[-1] = replace(joined[-1], end=span.end)
            elif span.begin < span.end:  # not a range that the clocks skip
                joined.append(span)
        return joined

    def moment(self, day: date, minutes: int) -> datetime:
        """The first moment at which the clocks show this many minutes after the day's beginning, or more."""
        shown = datetime.combine(day, self.day_starts) + timedelta(minutes=minutes)
        moment = shown.replace(tzinfo=self.timezone).astimezone(UTC)
        while self._shown(moment - _MINUTE) >= shown:  # the clocks skip this time: go back to the skip
            moment -= _MINUTE
        return moment

    def day(self, moment: datetime) -> date:
        """The day that a moment belongs to."""
        return (self._shown(moment) - timedelta(hours=self.day_starts.hour, minutes=self.day_starts.minute)).date()

    def closed_reason(self, day: date) -> ClosedReason:
        """Why nothing is open on a day."""
        if self.house is not None:
            return self.house.closed_reason(day)
        if day not in self.special and self.is_holiday(day):
            return ClosedReason.HOLIDAY
        return ClosedReason.CLOSED

    def _ranges(self, day: date) -> Sequence[Minutes]:
        if day in self.special:
            return self.special[day]
        ranges = () if self.is_holiday(day) else self.week[day.weekday()]
        return ranges if self.house is None else _common(ranges, self.house._ranges(day))

    def _shown(self, moment: datetime) -> datetime:
        return moment.astimezone(self.timezone).replace(tzinfo=None)


def _common(some: Sequence[Minutes], others: Sequence[Minutes]) -> list[Minutes]:
    both = [(max(a, c), min(b, d)) for a, b in some for c, d in others]
    return sorted((begin, end) for begin, end in both if begin < end)


def open_until(hours: Hours, moment: datetime) -> Hours:
    """The same hours, but on the day of `moment` open from the day's beginning until then, at most to the day's end."""
    day = hours.day(moment - timedelta.resolution)
    shown = moment.astimezone(hours.timezone).replace(tzinfo=None)
    minutes = (shown - datetime.combine(day, hours.day_starts)) // _MINUTE
    return replace(hours, special={**hours.special, day: [(0, minutes)] if minutes else []})


def opening(hours: Hours, moment: datetime, tickets_from: int | None = None) -> Opening:
    """Whether numbers are given at a moment, and if not, why and when the doors open again.

    Args:
        tickets_from: When numbers begin, in minutes after the day's beginning, if that is before the first range;
            None for the beginning of the first range.
    """
    day = hours.day(moment)
    today = hours.spans(day)
    for span in _with_tickets(hours, day, today, tickets_from):
        if moment in span:
            return Opening(True, until=span.end)
    return Opening(False, _reason(hours, day, today, moment), again=_next_opening(hours, day, today, moment))


def _with_tickets(hours: Hours, day: date, spans: Sequence[Span], tickets_from: int | None) -> Iterable[Span]:
    """The spans; the first one begins when numbers begin."""
    if not spans or tickets_from is None:
        return spans
    begin = min(spans[0].begin, hours.moment(day, tickets_from))
    return [replace(spans[0], begin=begin), *spans[1:]]


def _reason(hours: Hours, day: date, today: Sequence[Span], moment: datetime) -> ClosedReason:
    if not today:
        return hours.closed_reason(day)
    if moment < today[0].begin:
        return ClosedReason.NOT_YET
    return ClosedReason.BREAK if moment < today[-1].end else ClosedReason.ENDED


def _next_opening(hours: Hours, day: date, today: Sequence[Span], moment: datetime) -> datetime | None:
    """When the next span begins; None if there is none for more than a year."""
    later = chain.from_iterable(hours.spans(day + timedelta(days=n)) for n in range(1, _HORIZON_DAYS))
    return next((span.begin for span in chain(today, later) if span.begin > moment), None)


@dataclass(frozen=True, slots=True)
class Errand:
    """A stop that a visit still has to make, as far as hours matter."""

    service: str
    hours: Hours
    minutes: int
    """How long it takes."""
    requires: tuple[str, ...] = ()


def possible_today(errands: Sequence[Errand], moment: datetime) -> list[bool]:
    """Which stops of a journey are possible on the day of `moment`, one after the other and without waiting.

    A stop is possible if it can begin before its service closes, and if what it requires is possible.
    """
    free_at = moment
    possible: dict[str, bool] = {}
    for errand in errands:
        begins = _begin(errand.hours, moment, free_at)
        # A requirement binds only if the visit needs it; one that comes later in the journey is not known yet.
        possible[errand.service] = begins is not None and all(possible.get(key, True) for key in errand.requires)
        if begins is not None and possible[errand.service]:
            free_at = begins + timedelta(minutes=errand.minutes)
    return list(possible.values())


def _begin(hours: Hours, moment: datetime, free_at: datetime) -> datetime | None:
    """The first moment at or after `free_at` when the service is open on the day of `moment`."""
    spans = hours.spans(hours.day(moment))
    return next((max(free_at, span.begin) for span in spans if free_at < span.end), None)
