"""The kiosk keeps the hours: it closes and opens by itself and says why, in every language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot

from kiosk.app import KioskApp
from kiosk.closed import closed
from kiosk.messages import Changed
from kiosk.widgets.notices import Notices
from kiosk.widgets.phrase import Phrase
from shared.centre import Centre
from shared.config import Config, Device
from shared.language import LANGUAGES, language
from shared.model import ClosedReason, Opening, SuspendReason
from shared.store.database import Database
from shared.verbs.site import halt
from shared.verbs.site.apply import apply
from tests.conftest import HandClock
from tests.tui.conftest import until
from tests.tui.test_kiosk import code, on_step, text, tile, touch_the_way

NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)
EVENING = datetime(2026, 11, 23, 16, tzinfo=UTC)


@pytest.fixture
def real(tmp_path: Path, leipzig: Config, clock: HandClock) -> Iterator[Centre]:
    """Leipzig at work, no training; time is moved by hand."""
    database = Database(f"sqlite:///{tmp_path}/real.sqlite", leipzig.plan.site.key, clock)
    database.prepare()
    database.do(apply, leipzig.plan_toml.replace("[services.konto]", "[services.konto]\nquota = 1"), False)
    centre = Centre(database, Device())
    yield centre
    centre.close()


def said(pilot: Pilot[None]) -> str:
    shown = [phrase.text for phrase in pilot.app.screen.query_one(Notices).query(Phrase) if phrase.display]
    return "\n".join(shown)


def look(pilot: Pilot[None]) -> Callable[[], None]:
    return lambda: pilot.app.screen.post_message(Changed()) and None


async def test_the_kiosk_closes_and_opens_again_by_itself(real: Centre, clock: HandClock) -> None:
    clock.moment = EVENING
    async with KioskApp(real, None, "none").run_test(size=(100, 70)) as pilot:
        await until(on_step(pilot, "closed"))
        await pilot.pause()
        assert "Heute gibt es keine Nummern mehr." in said(pilot)
        assert "Morgen ab 08:00 Uhr ist wieder offen." in said(pilot)
        assert len(said(pilot).splitlines()) == len(LANGUAGES)
        clock.forward(hours=15)
        look(pilot)()
        await until(on_step(pilot, "language"))
        clock.forward(hours=10)
        look(pilot)()
        await until(on_step(pilot, "closed"))


@pytest.mark.parametrize("size", [(60, 18), (100, 30)])
async def test_what_has_no_room_comes_in_turns(real: Centre, clock: HandClock, size: tuple[int, int]) -> None:
    clock.moment = EVENING
    async with KioskApp(real, None, "none").run_test(size=size) as pilot:
        await until(on_step(pilot, "closed"))
        await until(lambda: said(pilot))
        await pilot.pause()
        notices = pilot.app.screen.query_one(Notices)
        for phrase in notices.query(Phrase):
            assert not phrase.display or notices.region.contains_region(phrase.region), phrase.text


async def test_who_comes_too_late_for_a_number_is_told_so(real: Centre, clock: HandClock) -> None:
    clock.moment = NOON
    async with KioskApp(real, None, "none").run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await pilot.click(tile(pilot, "de"))
        await until(on_step(pilot, "concern"))
        clock.moment = EVENING
        look(pilot)()
        await pilot.pause()
        assert pilot.app.screen.has_class("-concern"), "nobody's tiles are taken away"
        await pilot.click(tile(pilot, "neu"))
        await until(on_step(pilot, "notice"))
        assert text(pilot, "word").startswith("Heute gibt es keine Nummern mehr.")
        await pilot.click("#back")
        await until(on_step(pilot, "closed"))


async def test_a_service_that_had_all_its_visits_is_told_so(real: Centre, clock: HandClock) -> None:
    clock.moment = NOON
    async with KioskApp(real, None, "none").run_test(size=(100, 30)) as pilot:
        for step in ("ticket", "notice"):
            await until(on_step(pilot, "language"))
            await pilot.pause()
            await pilot.click(tile(pilot, "de"))
            await until(on_step(pilot, "concern"))
            await pilot.click(tile(pilot, "konto"))
            await until(on_step(pilot, step))
            if step == "ticket":
                pilot.app.screen._begin()  # type: ignore[attr-defined]
        await until(lambda: text(pilot, "word") == "Heute gibt es keine Nummern mehr. Bitte fragen Sie am Empfang.")


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_reason_has_its_words(tag: str) -> None:
    say, again = language(tag), datetime(2026, 11, 24, 7, tzinfo=UTC)
    sentences = {
        closed(say, Opening(False, reason, again=again), now, "Europe/Berlin")
        for reason in ClosedReason
        for now in (again.replace(hour=5), NOON, NOON.replace(day=20))
    }
    assert len(sentences) == 12
    assert all("08:00" in sentence for sentence in sentences)


async def test_a_suspended_centre_is_told_at_once_and_the_kiosk_goes_on_with_it(real: Centre, clock: HandClock) -> None:
    clock.moment = NOON
    async with KioskApp(real, None, "none").run_test(size=(100, 70)) as pilot:
        await until(on_step(pilot, "language"))
        real.do(halt.suspend, SuspendReason.FIRE).result()
        await until(on_step(pilot, "closed"))
        await until(lambda: len(said(pilot).splitlines()) == len(LANGUAGES))
        assert "Im Moment gibt es keine Nummern" in said(pilot)
        assert "Please follow the instructions of the staff." in said(pilot)
        real.do(halt.resume).result()
        await until(on_step(pilot, "language"))


async def test_who_is_choosing_reads_it_first_in_their_own_language(real: Centre, clock: HandClock) -> None:
    clock.moment = NOON
    async with KioskApp(real, None, "none").run_test(size=(100, 30)) as pilot:
        await until(on_step(pilot, "language"))
        await pilot.pause()
        await pilot.click(tile(pilot, "vi"))
        await until(on_step(pilot, "concern"))
        real.do(halt.suspend, SuspendReason.SECURITY).result()
        await until(on_step(pilot, "closed"))
        await until(lambda: said(pilot).startswith("Hiện tại không phát số"))


async def test_a_number_that_is_shown_stays_until_it_is_read(real: Centre, clock: HandClock) -> None:
    clock.moment = NOON
    async with KioskApp(real, None, "none").run_test(size=(100, 30)) as pilot:
        await until(on_step(pilot, "language"))
        await touch_the_way(pilot, "uk", "neu")
        await until(lambda: code(pilot) == "A001")
        real.do(halt.suspend, SuspendReason.POWER).result()
        look(pilot)()
        await pilot.pause(0.3)
        assert pilot.app.screen.has_class("-ticket")
        pilot.app.screen._begin()  # type: ignore[attr-defined]
        await until(on_step(pilot, "closed"))
