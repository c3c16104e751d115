"""The waiting-room screen on a real database that other processes change."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from threading import Event

import pytest
import sqlalchemy as sa

from display.widgets.calm import Calm
from display.widgets.sign import Sign
from display.widgets.trouble import Trouble
from shared.centre import Centre
from shared.config import read_config
from shared.model import Arrival, SuspendReason
from shared.store.database import Database
from shared.verbs.desks.calls import call_next, start
from shared.verbs.desks.opening import open_desk
from shared.verbs.site.apply import apply
from shared.verbs.site.halt import resume, suspend
from shared.verbs.visits.issue import issue
from tests.support.clock import HandClock
from tests.support.elsewhere import elsewhere
from tests.support.screens import until, written
from tests.support.waiting import PATIENCE_S
from tests.tui.display.room import app_of, shown

CONFIG = read_config(Path(__file__).parents[3] / "config.toml")


async def test_an_empty_hall_reads_a_calm_sentence(centre: Centre) -> None:
    async with app_of(centre).run_test(size=(80, 24)) as pilot:
        await until(lambda: "Wir rufen Ihre Nummer." in written(pilot))
        assert "We will call your number." in written(pilot)
        assert "Ankommenszentrum Leipzig" in written(pilot)


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (160, 45), (240, 67)])
async def test_a_suspended_centre_is_said_at_once_in_the_languages_of_those_who_wait(
    centre: Centre, database: Database, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("display.sentences.TURN_S", 0.1)
    database.do(issue, Arrival(services=("anmeldung",), language="ar"))
    database.do(call_next, "1")
    database.do(call_next, "2")
    database.do(start, "2")
    async with app_of(centre).run_test(size=size) as pilot:
        calm = pilot.app.screen.query_one(Calm)
        signs = [*calm.query(Sign).results(Sign)]
        await until(lambda: shown(pilot, "#now") == ["L 500 → 1"])
        database.do(suspend, SuspendReason.FIRE)
        await until(lambda: calm.display and signs[0].text == "Wir rufen im Moment keine Nummer.")
        seen: set[str] = set()

        def both() -> bool:
            seen.update(sign.text for sign in signs)
            return {"Зараз номери не викликають.", "لا ننادي أرقامًا الآن."} <= seen

        await until(both)
        assert all(pilot.app.screen.region.contains_region(sign.region) for sign in signs)
        assert shown(pilot, "#now") == []
        database.do(resume)
        await until(lambda: signs[0].text == "Bitte warten Sie.")


async def test_training_is_marked_and_real_work_is_not(centre: Centre) -> None:
    async with app_of(centre).run_test(size=(80, 24)) as pilot:
        await until(lambda: "PROBE" in written(pilot))
        centre.training = False
        await until(lambda: "PROBE" not in written(pilot))


async def test_a_call_of_another_process_shows_by_itself(centre: Centre, database: Database) -> None:
    async with app_of(centre).run_test(size=(80, 24)) as pilot:
        await until(lambda: pilot.app.screen.query_one(Calm).display)
        caller = subprocess.Popen(elsewhere(database, "call_next", "2"))
        await until(lambda: shown(pilot, "#now") == ["L 500 → 2"])
        await until(lambda: caller.poll() is not None)
        assert caller.returncode == 0
        assert "Nummer · Number" in written(pilot)


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (160, 45), (240, 67)])
async def test_two_calls_at_once_are_both_large(centre: Centre, database: Database, size: tuple[int, int]) -> None:
    async with app_of(centre).run_test(size=size) as pilot:
        database.do(call_next, "1")
        database.do(call_next, "3")
        await until(lambda: shown(pilot, "#now") == ["L 501 → 3", "L 500 → 1"])
        assert all(row.size.height >= 5 for row in pilot.app.screen.query("#now CallRow") if row.display)


async def test_calls_that_take_the_place_of_others_are_those_shown(centre: Centre, database: Database) -> None:
    desks = ("1", "2", "3", "18", "19", "20")
    for desk in desks[3:]:
        database.do(open_desk, desk)
        database.do(issue, Arrival(services=("anmeldung",)))
    async with app_of(centre).run_test(size=(120, 36)) as pilot:
        for n, desk in enumerate(desks):
            database.do(call_next, desk)
            newest = [f"L {500 + i} → {desks[i]}" for i in range(n, max(-1, n - 3), -1)]
            await until(lambda newest=newest: shown(pilot, "#now") == newest)


async def test_who_has_come_is_listed_quietly(centre: Centre, database: Database) -> None:
    async with app_of(centre).run_test(size=(80, 24)) as pilot:
        database.do(call_next, "1")
        database.do(call_next, "2")
        database.do(start, "1")
        await until(lambda: shown(pilot, "#at-desk") == ["L 500 → 1"])
        assert shown(pilot, "#now") == ["L 501 → 2"]


async def test_a_new_call_flashes_by_more_than_colour_and_comes_to_rest(centre: Centre, database: Database) -> None:
    async with app_of(centre).run_test(size=(80, 24)) as pilot:
        database.do(call_next, "1")
        await until(lambda: pilot.app.screen.query("#now CallRow.-alert.-airy"))
        bright = written(pilot)
        await until(lambda: not pilot.app.screen.query("#now CallRow.-alert"))
        assert written(pilot) != bright  # frame and arrow differ, the numbers are the same cells


async def test_everything_is_laid_out_again_for_another_size(centre: Centre, database: Database) -> None:
    for desk in ("1", "2", "3"):
        database.do(call_next, desk)
    async with app_of(centre).run_test(size=(160, 45)) as pilot:
        await until(lambda: len(shown(pilot, "#now")) == 3)
        await pilot.resize_terminal(60, 18)
        await until(lambda: (len(shown(pilot, "#now")), len(shown(pilot, "#expected"))) == (2, 1))
        await pilot.resize_terminal(160, 45)
        await until(lambda: len(shown(pilot, "#now")) == 3)


async def test_an_area_shows_its_own_calls(centre: Centre, database: Database) -> None:
    database.do(open_desk, "8")
    database.do(issue, Arrival(services=("geld",)))
    async with app_of(centre, area="wartebereich_2").run_test(size=(80, 24)) as pilot:
        database.do(call_next, "1")
        database.do(call_next, "8")
        await until(lambda: shown(pilot, "#now") == ["L 503 → 8"])
        assert shown(pilot, "#expected") == []
        assert "Wartebereich 2" in written(pilot)


async def test_a_failing_database_is_explained_while_the_numbers_stay(centre: Centre, database: Database) -> None:
    database.do(call_next, "1")
    async with app_of(centre).run_test(size=(80, 24)) as pilot:
        await until(lambda: shown(pilot, "#now") == ["L 500 → 1"])
        rename(database, call="call_away", event="event_away")
        await until(lambda: "Es gibt eine Störung." in written(pilot))
        assert "The database does not work" in written(pilot)
        assert re.search(r"Sie sehen den Stand von \d\d:\d\d\.", " ".join(written(pilot).split()))
        assert shown(pilot, "#now") == ["L 500 → 1"]
        rename(database, call_away="call", event_away="event")
        await until(lambda: not pilot.app.screen.query_one(Trouble).display)
        database.do(call_next, "2")
        await until(lambda: "L 501 → 2" in shown(pilot, "#now"))


async def test_a_clock_that_is_not_believed_is_said_while_calls_go_on(
    centre: Centre, database: Database, clock: HandClock
) -> None:
    database.do(call_next, "1")
    async with app_of(centre).run_test(size=(80, 24)) as pilot:
        await until(lambda: shown(pilot, "#now") == ["L 500 → 1"])
        clock.jump(hours=5)
        await until(lambda: "nicht sicher, wie spät es ist. (ankommen doctor)" in " ".join(written(pilot).split()))
        database.do(call_next, "2")
        await until(lambda: shown(pilot, "#now") == ["L 501 → 2", "L 500 → 1"])
        clock.set_right()
        await until(lambda: not pilot.app.screen.query_one(Trouble).display)


async def test_a_database_that_does_not_answer_is_said_while_the_screen_waits(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("faces.reading.PATIENCE_S", 0.1)
    free = Event()
    async with app_of(centre).run_test(size=(80, 24)) as pilot:
        await until(lambda: pilot.app.screen.query_one(Calm).display)
        centre.read(lambda _: free.wait(PATIENCE_S))
        await until(lambda: "The database has not answered for a while." in written(pilot))
        free.set()
        await until(lambda: not pilot.app.screen.query_one(Trouble).display)


def rename(database: Database, **tables: str) -> None:
    """Let tables vanish for every reader, or come back."""
    with database.engine.begin() as connection:
        for old, new in tables.items():
            connection.execute(sa.DDL(f'ALTER TABLE "{old}" RENAME TO "{new}"'))


async def test_names_from_the_plan_cannot_steer_the_terminal(centre: Centre, database: Database) -> None:
    name = "Leipzig [@click=app.quit]x[/]"
    async with app_of(centre).run_test(size=(80, 24)) as pilot:
        database.do(apply, CONFIG.plan_toml.replace(CONFIG.plan.site.name, name), True)
        await until(lambda: "Leipzig [@click=app.quit]x[/]" in written(pilot))
        assert pilot.app.is_running


async def test_only_control_c_ends_the_screen(centre: Centre) -> None:
    app = app_of(centre)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("q", "escape", "ctrl+q", "ctrl+p", "ctrl+z", "ctrl+backslash", "f1", "enter", "tab")
        assert app.is_running
        assert len(app.screen_stack) == 1
        await pilot.press("ctrl+c")
        await until(lambda: app._exit)
