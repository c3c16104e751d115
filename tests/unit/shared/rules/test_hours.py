"""When a centre is open."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from shared.model import ClosedReason
from shared.rules.hours import DAY_MIN, Errand, Hours, Minutes, open_until, opening, possible_today

BERLIN = ZoneInfo("Europe/Berlin")
DAY_STARTS = time(3)


def at(text: str, zone: ZoneInfo = BERLIN) -> datetime:
    """A moment by the clock on the wall in Leipzig."""
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


def ranges(*texts: str) -> list[Minutes]:
    """ "08:00-12:00" in minutes after 03:00."""

    def minutes(text: str) -> int:
        return (int(text[:2]) * 60 + int(text[3:]) - 180) % DAY_MIN

    return [(minutes(text[:5]), minutes(text[6:]) or DAY_MIN) for text in texts]


WORKDAY = ranges("08:00-12:00", "13:00-16:00")
OFFICE = Hours(BERLIN, DAY_STARTS, [WORKDAY] * 5 + [[], []], is_holiday=lambda day: day == date(2026, 12, 25))
TICKETS = ranges("07:30-08:00")[0][0]


def test_open_until_the_break_and_again_after_it() -> None:
    morning = opening(OFFICE, at("2026-11-23 09:00"), TICKETS)
    assert (morning.open, morning.until) == (True, at("2026-11-23 12:00"))
    pause = opening(OFFICE, at("2026-11-23 12:00"), TICKETS)
    assert (pause.open, pause.reason, pause.again) == (False, ClosedReason.BREAK, at("2026-11-23 13:00"))


def test_numbers_are_given_before_the_doors_open() -> None:
    early = opening(OFFICE, at("2026-11-23 07:29"), TICKETS)
    assert (early.reason, early.again) == (ClosedReason.NOT_YET, at("2026-11-23 08:00"))
    assert opening(OFFICE, at("2026-11-23 07:30"), TICKETS).open
    assert not opening(OFFICE, at("2026-11-23 07:30")).open


def test_after_the_last_hour_of_friday_the_next_is_on_monday() -> None:
    evening = opening(OFFICE, at("2026-11-27 16:00"), TICKETS)
    assert (evening.reason, evening.again) == (ClosedReason.ENDED, at("2026-11-30 08:00"))
    saturday = opening(OFFICE, at("2026-11-28 10:00"), TICKETS)
    assert (saturday.reason, saturday.again) == (ClosedReason.CLOSED, at("2026-11-30 08:00"))


def test_a_holiday_is_closed_unless_the_day_is_special() -> None:
    christmas = at("2026-12-25 10:00")
    assert opening(OFFICE, christmas).reason is ClosedReason.HOLIDAY
    special = Hours(BERLIN, DAY_STARTS, OFFICE.week, {date(2026, 12, 25): ranges("10:00-11:00")}, OFFICE.is_holiday)
    assert opening(special, christmas).until == at("2026-12-25 11:00")


def test_the_hour_after_midnight_belongs_to_the_day_before() -> None:
    night = Hours(BERLIN, DAY_STARTS, [ranges("20:00-01:00")] + [[]] * 6)
    late = opening(night, at("2026-11-24 00:59"))
    assert (late.open, late.until) == (True, at("2026-11-24 01:00"))
    assert opening(night, at("2026-11-24 01:00")).again == at("2026-11-30 20:00")


def test_what_is_never_open_again_has_no_next_opening() -> None:
    assert opening(Hours(BERLIN, DAY_STARTS, [[]] * 7), at("2026-11-23 09:00")).again is None


def test_a_day_can_be_open_for_longer_or_end_early() -> None:
    longer = open_until(OFFICE, at("2026-11-23 18:00"))
    assert opening(longer, at("2026-11-23 17:59")).until == at("2026-11-23 18:00")
    assert opening(longer, at("2026-11-23 18:00")).reason is ClosedReason.ENDED
    assert opening(longer, at("2026-11-24 17:00")).reason is ClosedReason.ENDED
    early = open_until(OFFICE, at("2026-11-23 10:00:30"))
    ended = opening(early, at("2026-11-23 10:00:30"))
    assert (ended.reason, ended.again) == (ClosedReason.ENDED, at("2026-11-24 08:00"))


def test_on_a_day_that_is_opened_by_hand_a_holiday_does_not_count() -> None:
    assert opening(open_until(OFFICE, at("2026-12-25 12:00")), at("2026-12-25 09:00")).open


# ---- journeys

BANK = Hours(BERLIN, DAY_STARTS, [ranges("09:00-14:00")] * 7, house=OFFICE)
JOURNEY = [Errand("address", OFFICE, 10), Errand("photo", OFFICE, 15), Errand("money", OFFICE, 15, ("photo",))]


def test_a_service_is_never_open_when_the_house_is_not() -> None:
    assert opening(BANK, at("2026-11-23 12:30")).reason is ClosedReason.BREAK
    assert opening(BANK, at("2026-11-28 10:00")).reason is ClosedReason.CLOSED
    assert opening(BANK, at("2026-12-25 10:00")).reason is ClosedReason.HOLIDAY
    late = Hours(BERLIN, DAY_STARTS, BANK.week, house=open_until(OFFICE, at("2026-11-23 18:00")))
    assert opening(late, at("2026-11-23 13:59")).until == at("2026-11-23 14:00")


def test_late_in_the_day_the_end_of_a_journey_is_not_for_today() -> None:
    assert possible_today(JOURNEY, at("2026-11-23 15:00")) == [True, True, True]
    assert possible_today(JOURNEY, at("2026-11-23 15:40")) == [True, True, False]
    assert possible_today(JOURNEY, at("2026-11-23 15:50")) == [True, False, False]
    assert possible_today(JOURNEY, at("2026-11-23 16:00")) == [False, False, False]


def test_each_stop_has_the_closing_of_its_own_service() -> None:
    bank = Errand("account", BANK, 20)
    assert possible_today([bank, JOURNEY[0]], at("2026-11-23 14:30")) == [False, True]
    assert possible_today([bank], at("2026-11-23 07:45")) == [True]


def test_what_requires_a_closed_service_is_closed_too_if_the_visit_needs_both() -> None:
    photo, money = Errand("photo", BANK, 15), JOURNEY[2]
    assert possible_today([photo, money], at("2026-11-23 14:30")) == [False, False]
    assert possible_today([money], at("2026-11-23 14:30")) == [True]


# ---- every day of the year, the two on which the clocks change among them

CHANGES = (date(2026, 3, 28), date(2026, 3, 29), date(2026, 10, 24), date(2026, 10, 25))
days = st.one_of(st.sampled_from(CHANGES), st.dates(date(2025, 1, 1), date(2027, 12, 31)))
day_starts = st.sampled_from([time(0), time(2, 30), time(3), time(23)])
weeks = st.lists(
    st.lists(st.integers(0, DAY_MIN), unique=True, max_size=8).map(
        lambda cuts: list(zip(*[iter(sorted(cuts))] * 2, strict=False))
    ),
    min_size=7,
    max_size=7,
)
plans = st.builds(Hours, st.sampled_from([BERLIN, ZoneInfo("America/Santiago"), ZoneInfo("UTC")]), day_starts, weeks)
moments = st.builds(
    lambda day, minute: datetime.combine(day, time(), UTC) + timedelta(minutes=minute), days, st.integers(0, DAY_MIN)
)


@given(plans, moments)
def test_open_is_what_the_clock_on_the_wall_says(hours: Hours, moment: datetime) -> None:
    shown = moment.astimezone(hours.timezone)
    other = shown.replace(fold=1 - shown.fold)
    if shown.utcoffset() != other.utcoffset():
        return  # an hour that the clocks show twice is open or closed as a whole span, not minute by minute
    begun = datetime.combine(hours.day(moment), hours.day_starts)
    minute = (shown.replace(tzinfo=None) - begun) // timedelta(minutes=1)
    on_the_wall = any(begin <= minute < end for begin, end in hours.week[begun.weekday()])
    assert opening(hours, moment).open == on_the_wall


@given(plans, moments)
def test_until_and_again_are_the_very_moments_of_change(hours: Hours, moment: datetime) -> None:
    now = opening(hours, moment)
    second = timedelta(seconds=1)
    if now.open:
        assert now.until is not None
        assert now.until > moment
        assert opening(hours, now.until - second).open
        assert opening(hours, now.until - second).until == now.until
    elif now.again is not None:
        assert now.again > moment
        assert opening(hours, now.again).open
        assert opening(hours, now.again - second).again == now.again or opening(hours, now.again - second).open
    else:
        assert not any(hours.week)


@given(plans, moments)
def test_a_day_has_its_spans_in_order_and_apart(hours: Hours, moment: datetime) -> None:
    spans = hours.spans(hours.day(moment))
    assert all(span.begin < span.end for span in spans)
    assert all(earlier.end < later.begin for earlier, later in pairwise(spans))


@given(plans, days)
def test_one_day_ends_where_the_next_begins(hours: Hours, day: date) -> None:
    assert hours.moment(day, DAY_MIN) == hours.moment(day + timedelta(days=1), 0)
    assert hours.day(hours.moment(day, 0)) >= day
