"""What is understood without reading."""

from __future__ import annotations

from datetime import UTC, datetime

from kiosk.drawn_signs import Signs
from kiosk.poster import CLOCK, SUSPENDED, Poster, closed
from shared.language.pictograms import PICTOGRAMS
from shared.model import ClosedReason, Opening, SuspendReason

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
ZONE = "Europe/Berlin"


def poster(reason: ClosedReason, again: datetime | None = None) -> Poster:
    return closed(Opening(False, reason, again=again), NOW, ZONE)


def test_every_reason_has_signs_that_are_there_and_that_no_other_has() -> None:
    posters = [poster(reason) for reason in ClosedReason if reason is not ClosedReason.HOLIDAY]
    posters += [SUSPENDED[reason] for reason in SuspendReason]
    assert {sign for one in posters for sign in one.signs} <= {*PICTOGRAMS, CLOCK}
    assert len({one.signs for one in posters}) == len(posters)


def test_only_a_fire_sends_everybody_out() -> None:
    assert [reason for reason in SuspendReason if SUSPENDED[reason].alarm] == [SuspendReason.FIRE]


def test_an_hour_of_another_day_has_its_date() -> None:
    today, later = NOW.replace(hour=12), NOW.replace(day=25, hour=6, minute=30)
    assert [(one.hour, one.day) for one in (poster(ClosedReason.BREAK, today), poster(ClosedReason.CLOSED, later))] == [
        ("13:00", ""),
        ("07:30", "25.11."),
    ]


def test_the_clock_shows_the_hour() -> None:
    three, nine, unknown = (Signs((CLOCK,), hour).mask(100) for hour in ("15:00", "09:00", ""))
    right, left = (58, 48, 70, 52), (30, 48, 42, 52)
    assert (bool(three.crop(right).getbbox()), bool(three.crop(left).getbbox())) == (True, False)
    assert (bool(nine.crop(right).getbbox()), bool(nine.crop(left).getbbox())) == (False, True)
    assert not unknown.crop((30, 30, 70, 70)).getbbox(), "nobody knows what time it is"
