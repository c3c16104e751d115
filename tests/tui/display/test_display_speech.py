"""What a waiting room hears: which screen speaks a call, and what becomes of that."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from display.app import DisplayApp
from display.speech import Announcement, loudspeaker
from shared.centre import Centre
from shared.config import Device
from shared.store import schema
from shared.store.database import Database, Transaction
from shared.verbs.desks.calls import call_next
from tests.support.screens import until
from tests.tui.display.room import app_of, shown
from voice.player import Heard, Player


def announcements(database: Database) -> dict[tuple[int, str], str]:
    """State of each claimed announcement by call and area."""

    def read(t: Transaction) -> dict[tuple[int, str], str]:
        return {(row.call_id, row.area): row.state for row in t.execute(sa.select(schema.announcement))}

    return database.read(read)


async def test_one_of_two_screens_speaks_and_old_calls_stay_silent(
    centre: Centre, database: Database, need: Callable[[str], None]
) -> None:
    need("espeak-ng")
    heard: list[tuple[Announcement, Heard]] = []

    def note(announcement: Announcement, outcome: Heard) -> None:
        heard.append((announcement, outcome))

    players = [Player("test", note, command=(sys.executable, "-c", "")) for _ in ("one", "two")]
    first, second = (app_of(centre, player) for player in players)
    try:
        async with first.run_test(size=(80, 24)) as one, second.run_test(size=(80, 24)) as two:
            database.do(call_next, "1")
            database.do(call_next, "2")
            await until(lambda: len(shown(one, "#now")) == 2 and len(shown(two, "#now")) == 2)
            await until(lambda: len(heard) == 2)
            await until(lambda: len(announcements(database)) == 2)
    finally:
        for player in players:
            player.stop()
    assert [announcement.call for announcement, _ in heard] == [1, 2]
    assert {outcome.languages for _, outcome in heard} == {("uk", "de")}


async def test_what_became_of_an_announcement_is_written_down(database: Database) -> None:
    centre = Centre(Database(str(database.url), database.site, database.clock), Device(audio="no such device"))
    player = loudspeaker(centre)
    assert player
    try:
        async with app_of(centre, player).run_test(size=(80, 24)):
            database.do(call_next, "1")
            await until(lambda: announcements(database) == {(1, ""): "failed"})
    finally:
        player.stop()
        centre.close()


@pytest.mark.parametrize("verb", ["claim_announcement", "settle_announcement"])
async def test_a_fault_in_what_nobody_waits_for_ends_the_screen(
    verb: str, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(*_: object) -> bool:
        raise KeyError("a fault")

    monkeypatch.setattr(f"display.speech.{verb}", fault)
    centre = Centre(Database(str(database.url), database.site, database.clock), Device(audio="no such device"))
    player = loudspeaker(centre)
    database.do(call_next, "1")
    app = app_of(centre, player)
    try:
        with pytest.raises(KeyError, match="a fault"):
            await show_until(app, lambda: app._exception)
    finally:
        assert player
        player.stop()
        centre.close()


async def show_until(app: DisplayApp, condition: Callable[[], object]) -> None:
    async with app.run_test(size=(80, 24)):
        await until(condition)


async def test_a_silent_screen_leaves_announcements_to_others(centre: Centre, database: Database) -> None:
    assert loudspeaker(centre) is None
    async with app_of(centre).run_test(size=(80, 24)) as pilot:
        database.do(call_next, "1")
        await until(lambda: shown(pilot, "#now") == ["L 500 → 1"])
    assert announcements(database) == {}
