"""The kiosk keeps the hours: it closes and opens by itself and says why, in every language."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime

import pytest

from faces.messages import Changed
from faces.text import Phrase
from kiosk.look import TODAY_S
from kiosk.moves import Step
from kiosk.steps.closed import closed
from kiosk.widgets.notices import Notices
from shared.centre import Centre
from shared.config import Config, Device
from shared.language import LANGUAGES, language
from shared.model import ClosedReason, GuideReason, Opening, SuspendReason
from shared.verbs.site import halt
from tests.support.clock import HandClock
from tests.support.databases import Databases, opened
from tests.support.plans import with_line
from tests.support.screens import until
from tests.tui.visitor import PHOTO_S, PRINTING_S, Visitor, guides, tickets, visitor

NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)
EVENING = datetime(2026, 11, 23, 16, tzinfo=UTC)
HIGH = (100, 70)
"""Every language has room."""


@pytest.fixture
def real(sqlite: Databases, leipzig: Config, clock: HandClock) -> Iterator[Centre]:
    """Leipzig at real work, not training; time is moved by hand."""
    toml = leipzig.plan_toml.replace("[services.konto]", "[services.konto]\nquota = 1")
    with (
        sqlite.with_plan(toml, training=False) as url,
        closing(Centre(opened(url, leipzig.plan.site.key, clock), Device())) as centre,
    ):
        yield centre


def look(one: Visitor) -> None:
    one.screen.post_message(Changed())


async def test_the_kiosk_closes_and_opens_again_by_itself(real: Centre, clock: HandClock) -> None:
    clock.moment = EVENING
    async with visitor(real, size=HIGH) as one:
        await one.comes_to(Step.CLOSED)
        await one.pilot.pause()
        assert "Heute gibt es keine Nummern mehr." in one.notices()[0]
        assert "Wir öffnen morgen um 08:00 Uhr." in one.notices()[0]
        clock.forward(hours=15)
        look(one)
        await one.comes_to(Step.LANGUAGE)
        clock.forward(hours=10)
        look(one)
        await one.comes_to(Step.CLOSED)


@pytest.mark.parametrize("size", [(60, 18), (100, 30)])
async def test_what_has_no_room_comes_in_turns(real: Centre, clock: HandClock, size: tuple[int, int]) -> None:
    clock.moment = EVENING
    async with visitor(real, size=size) as one:
        await one.comes_to(Step.CLOSED)
        await until(one.notices)
        await one.pilot.pause()
        notices = one.screen.query_one(Notices)
        for phrase in notices.query(Phrase):
            assert not phrase.display or notices.region.contains_region(phrase.region), phrase.text


async def test_who_comes_too_late_for_a_number_is_told_so(real: Centre, clock: HandClock) -> None:
    clock.moment = NOON
    async with visitor(real) as one:
        await one.touches("de")
        await one.comes_to(Step.CONCERN)
        clock.moment = EVENING
        look(one)
        await until(lambda: not one.screen.way.door.opening.open)
        assert one.step is Step.CONCERN, "nobody's tiles are taken away"
        await one.touches("neu")
        await one.comes_to(Step.SUMMARY)
        await one.touches("#forward")
        await one.comes_to(Step.NOTICE)
        assert one.text("word").startswith("Heute gibt es keine Nummern mehr.")
        await one.touches("#back")
        await one.comes_to(Step.CLOSED)


async def test_a_concern_that_had_all_its_visits_stays_and_says_so(real: Centre, clock: HandClock) -> None:
    clock.moment = NOON
    async with visitor(real) as one:
        await one.goes("de", "konto")
        await until(lambda: one.code)
        one.passes(TODAY_S + PRINTING_S + PHOTO_S)
        await until(lambda: one.screen.way.today.full)
        await one.comes_to(Step.LANGUAGE)
        await one.touches("de")
        await one.comes_to(Step.CONCERN)
        assert one.tile("konto").has_class("-pale")
        await one.touches("konto")
        await one.comes_to(Step.SHUT)
        told = "Ich brauche ein Konto: Heute gibt es keine Nummern mehr. Bitte fragen Sie am Empfang."
        assert one.text("word") == told
        await one.touches("#back")
        await one.comes_to(Step.CONCERN)


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_reason_has_its_words(tag: str) -> None:
    say, again = language(tag), datetime(2026, 11, 24, 7, tzinfo=UTC)
    sentences = {
        closed(say, Opening(False, reason, again=again), now, "Europe/Berlin")
        for reason in ClosedReason
        for now in (again.replace(hour=5), NOON, NOON.replace(day=20))
    }
    assert len(sentences) == 18
    assert all("08:00" in sentence for sentence in sentences)


async def test_a_suspended_centre_is_told_at_once_and_the_kiosk_goes_on_with_it(real: Centre, clock: HandClock) -> None:
    clock.moment = NOON
    async with visitor(real, size=HIGH) as one:
        await one.comes_to(Step.LANGUAGE)
        real.do(halt.suspend, SuspendReason.FIRE).result()
        await one.comes_to(Step.CLOSED)
        await until(one.notices)
        assert one.notices()[0].startswith("Bitte verlassen Sie jetzt ruhig das Haus. Ihre Nummer gilt weiter.")
        await until(lambda: "Please do what the staff tell you." in "\n".join(one.notices()))
        real.do(halt.resume).result()
        await one.comes_to(Step.LANGUAGE)


async def test_it_is_told_in_the_languages_of_the_centre_alone(sqlite: Databases, leipzig: Config) -> None:
    toml = with_line(leipzig.plan_toml, "site", 'languages = ["uk", "de"]')
    with (
        sqlite.with_plan(toml, training=True) as url,
        closing(Centre(opened(url, leipzig.plan.site.key, HandClock(NOON)), Device())) as centre,
    ):
        async with visitor(centre, size=HIGH) as one:
            await one.comes_to(Step.LANGUAGE)
            centre.do(halt.suspend, SuspendReason.TECHNICAL).result()
            await until(lambda: len(one.notices()) == 2)
            assert one.notices()[0].startswith("Im Moment gibt es keine neuen Nummern")


async def test_who_is_choosing_reads_it_first_in_their_own_language(real: Centre, clock: HandClock) -> None:
    clock.moment = NOON
    async with visitor(real) as one:
        await one.touches("vi")
        await one.comes_to(Step.CONCERN)
        real.do(halt.suspend, SuspendReason.SECURITY).result()
        await one.comes_to(Step.CLOSED)
        await until(lambda: one.notices()[0].startswith("Hiện tại không phát số"))


async def test_a_number_that_is_shown_stays_until_it_is_read(real: Centre, clock: HandClock) -> None:
    clock.moment = NOON
    async with visitor(real) as one:
        await one.goes("uk", "neu")
        await until(lambda: one.code == "A001")
        real.do(halt.suspend, SuspendReason.POWER).result()
        await until(lambda: one.screen.way.door.suspended)
        assert one.step is Step.TICKET
        one.passes(PRINTING_S + PHOTO_S + 2)
        await one.comes_to(Step.CLOSED)


async def test_reception_is_told_of_a_kiosk_that_is_asked_for_many_numbers(real: Centre, clock: HandClock) -> None:
    clock.moment = NOON
    async with visitor(real) as one:
        for _ in range(real.plan.rules.tickets_a_minute):
            one.screen.way = one.screen.way.gave(one.now)
        await one.touches("de")
        await one.touches("neu")
        await one.comes_to(Step.SUMMARY)
        await one.touches("#forward")
        await one.comes_to(Step.NOTICE)
        await until(lambda: guides(real))
    assert [asked.reason for asked in guides(real)] == [GuideReason.CROWD]
    assert tickets(real) == []
