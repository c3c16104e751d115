"""The console at a desk, used as an official uses it, on a real SQLite file."""

from __future__ import annotations

from faces.messages import Scanned
from shared.model import Arrival, Need, SuspendReason
from shared.verbs.desks.calls import call_next, start
from shared.verbs.desks.opening import open_desk
from shared.verbs.site.halt import resume, suspend
from tests.support.screens import until
from tests.tui.caller.hall import SMALLEST, Hall, click, press, said, stage


async def test_a_scanned_ticket_is_named_and_steps_nobody(hall: Hall) -> None:
    code = hall.arrive()
    token = str(hall.rows("SELECT token FROM visit")[0][0])
    async with hall.console("5").run_test(size=SMALLEST) as pilot:
        await stage(pilot, "closed")
        await press(pilot, "o", "free")
        await press(pilot, "n", "called")
        before, guided = hall.rows("SELECT count(*) FROM event"), said(pilot, "#guidance")
        pilot.app.post_message(Scanned("4006381333931"))  # somebody's bottle of water
        await pilot.pause()
        assert said(pilot, "#guidance") == guided
        pilot.app.post_message(Scanned(f"https://centre.example/{token.lower()}"))
        await until(lambda: said(pilot, "#guidance") == f"Das ist {code}: [@click=app.quit]Adresse[/] anmelden.")
        assert hall.rows("SELECT count(*) FROM event") == before
        await press(pilot, "s", "serving")
        assert code not in said(pilot, "#guidance")


async def test_the_whole_way_by_key(hall: Hall) -> None:
    code = hall.arrive(
        Arrival(services=("address",), language="uk", adults=2, children=1, interpreter="uk", needs=(Need.MORE_TIME,))
    )
    async with hall.console("5").run_test(size=SMALLEST) as pilot:
        await stage(pilot, "closed")
        assert said(pilot, "#place") == "Platz 5"
        assert said(pilot, "#state") == "geschlossen"
        assert said(pilot, "#main") == "O Platz öffnen"
        await press(pilot, "o", "free")
        assert said(pilot, "#main") == "N Nächste Nummer aufrufen"
        assert said(pilot, "#waiting-heading") == "1 Nummer wartet"
        await press(pilot, "n", "called")
        assert hall.call().code == code
        assert said(pilot, "#heading") == f"{code} – aufgerufen, kommt zu Ihnen"
        assert said(pilot, "#main") == "S Ist da – beginnen"
        for fact in ("2 Erwachsene, 1 Kind", "Ukrainisch (Українська)", "mehr Zeit", "Bestätigung vom Vermieter"):
            assert fact in said(pilot, "#facts")
        await press(pilot, "s", "serving")
        assert "hier seit" in said(pilot, "#facts")
        await press(pilot, "f", "free")
        assert hall.desk().call is None
        await press(pilot, "o", "closed")


async def test_a_suspended_centre_is_a_banner_and_nobody_can_be_called(hall: Hall) -> None:
    hall.arrive()
    async with hall.console("5").run_test(size=SMALLEST) as pilot:
        await stage(pilot, "closed")
        await press(pilot, "o", "free")
        banner = pilot.app.screen.query_one("#halt")
        assert not banner.region.area
        hall.database.do(suspend, SuspendReason.FIRE)
        await until(lambda: banner.region.area > 0)
        assert said(pilot, "#halt").startswith("Feueralarm: Gerade wird niemand aufgerufen.")
        assert said(pilot, "#guidance").startswith("Ihr Platz bleibt offen.")
        assert pilot.app.screen.query_one("#main").disabled
        hall.database.do(resume)
        await until(lambda: not banner.region.area)
        await press(pilot, "n", "called")


async def test_the_whole_way_by_mouse(hall: Hall) -> None:
    first, second = hall.arrive(), hall.arrive()
    async with hall.console("5").run_test(size=SMALLEST) as pilot:
        await stage(pilot, "closed")
        await click(pilot, "#main", "free")
        await click(pilot, "#main", "called")
        assert hall.call().code == first
        await click(pilot, "#main", "serving")
        await click(pilot, "#beside", "called")
        assert hall.call().code == second
        await click(pilot, "#main", "serving")
        await click(pilot, "#main", "free")
        await click(pilot, "#turn", "closed")


async def test_a_key_works_with_caps_lock(hall: Hall) -> None:
    async with hall.console("5").run_test() as pilot:
        await stage(pilot, "closed")
        await press(pilot, "O", "free")


async def test_nobody_waits_and_the_button_wakes_when_somebody_comes(hall: Hall) -> None:
    async with hall.console("5").run_test() as pilot:
        await stage(pilot, "closed")
        await press(pilot, "o", "free")
        assert pilot.app.screen.query_one("#main").disabled
        assert said(pilot, "#guidance").startswith("Gerade wartet niemand.")
        await press(pilot, "n", "free")  # asleep: it does not call and does not count as a press
        hall.arrive()
        await until(lambda: not pilot.app.screen.query_one("#main").disabled)
        await press(pilot, "n", "called")


async def test_somebody_who_cannot_climb_steps_does_not_wake_a_desk_behind_steps(hall: Hall) -> None:
    hall.arrive(Arrival(services=("address",), language="uk", needs=(Need.STEP_FREE,)))
    async with hall.console("5").run_test() as pilot:
        await stage(pilot, "closed")
        await press(pilot, "o", "free")
        assert pilot.app.screen.query_one("#main").disabled
        assert "wird hier nicht aufgerufen" in said(pilot, "#queue")


async def test_finished_and_next_frees_the_desk_where_nobody_waits(hall: Hall) -> None:
    hall.arrive()
    for verb in (open_desk, call_next, start):
        hall.database.do(verb, "5")
    async with hall.console("5").run_test() as pilot:
        await stage(pilot, "serving")
        await press(pilot, "x", "free")
