"""A console under a fault, with foreign text, and on any size of terminal."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from caller.app import CallerApp, run
from caller.at_desk import AtDesk
from caller.refusals import refusal
from caller.steps import STEPS, Stage, Step
from caller.widgets.step_button import StepButton
from caller.words import Words
from shared.config import parse_plan
from shared.errors import DatabaseUnavailable, DeskUnknown
from shared.store.database import Transaction
from shared.verbs.desks.calls import call_next, start
from shared.verbs.desks.opening import open_desk
from tests.support.screens import until
from tests.support.waiting import PATIENCE_S
from tests.tui.caller.hall import PLAN, SMALLEST, Hall, press, said, stage


def unreadable(_: Transaction, desk: str) -> AtDesk:
    raise DatabaseUnavailable(f"desk {desk} cannot be read")


async def show_until(console: CallerApp, condition: Callable[[], object]) -> None:
    async with console.run_test():
        await until(condition)


def assert_is_seen(pilot: Pilot[None], place: str, step: Step) -> None:
    button = pilot.app.screen.query_one(f"#{place}", StepButton)
    words = button.render().plain
    assert words.startswith(f" {step.key.upper()} ")
    assert cell_len(words) <= button.region.width, words
    assert pilot.app.screen.region.contains_region(button.region), words


async def test_a_lost_database_is_said_and_work_goes_on_by_itself(hall: Hall) -> None:
    code = hall.arrive()
    async with hall.console("5").run_test() as pilot:
        await stage(pilot, "closed")
        # Not by Python's own sqlite3: a second SQLite library in one process breaks the first one's file locks.
        for table, aside in (("event", "lost"), ("desk_state", "lost_too")):
            with hall.database.engine.begin() as connection:
                connection.exec_driver_sql(f"ALTER TABLE {table} RENAME TO {aside}")
        await until(lambda: pilot.app.screen.has_class("-failed"))
        assert said(pilot, "#guidance").startswith("Die Datenbank antwortet nicht.")
        assert re.search(r"Sie sehen den Stand von \d\d:\d\d\.$", said(pilot, "#guidance"))
        assert code in said(pilot, "#queue")
        for table, aside in (("event", "lost"), ("desk_state", "lost_too")):
            with hall.database.engine.begin() as connection:
                connection.exec_driver_sql(f"ALTER TABLE {aside} RENAME TO {table}")
        await until(lambda: not pilot.app.screen.has_class("-failed"))
        await press(pilot, "o", "free")


async def test_a_database_that_does_not_answer_is_said_while_the_console_waits(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("faces.reading.PATIENCE_S", 0.1)
    centre, free = hall.centre(), threading.Event()
    async with CallerApp(centre, "5").run_test() as pilot:
        await stage(pilot, "closed")
        centre.read(lambda _: free.wait(PATIENCE_S))
        await until(lambda: said(pilot, "#guidance").startswith("Die Datenbank antwortet nicht."))
        free.set()
        await until(lambda: said(pilot, "#guidance").startswith("Ihr Platz ist geschlossen."))


async def test_after_an_answer_no_press_counts_until_the_desk_is_read_again(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until then the console shows the visitor before, and the same key would finish the next one."""
    hall.arrive()
    second = hall.arrive()
    for verb in (open_desk, call_next, start):
        hall.database.do(verb, "5")
    async with hall.console("5").run_test() as pilot:
        await stage(pilot, "serving")
        with monkeypatch.context() as away:
            away.setattr("caller.screens.desk.read_at_desk", unreadable)
            await pilot.press("x")
            await until(lambda: hall.call().code == second and pilot.app.screen.has_class("-failed"))
            assert pilot.app.screen.has_class("-busy")
            assert pilot.app.screen.query_one("#main").disabled
        await stage(pilot, "called")


async def test_a_fault_in_what_nobody_waits_for_ends_the_console(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    def fault(*_: object) -> bool:
        raise KeyError("a fault")

    monkeypatch.setattr("caller.lease.renew_lease", fault)
    console = hall.console("5")
    with pytest.raises(KeyError, match="a fault"):
        await show_until(console, lambda: console._exception)


async def test_the_smallest_screen_shows_every_step_with_its_key(hall: Hall) -> None:
    hall.arrive()
    hall.arrive()
    async with hall.console("5").run_test(size=SMALLEST) as pilot:
        await stage(pilot, "closed")
        for key, then in (("o", Stage.FREE), ("n", Stage.CALLED), ("s", Stage.SERVING)):
            await press(pilot, key, then)
            await pilot.pause()
            for place, step in STEPS[then].items():
                assert_is_seen(pilot, place, step)
        assert pilot.app.screen.query_one("#quit").region.right <= SMALLEST[0]


async def test_markup_in_a_name_is_only_text(hall: Hall) -> None:
    async with hall.console("5").run_test(size=(160, 45)) as pilot:
        await stage(pilot, "closed")
        assert said(pilot, "#services") == "[@click=app.quit]Adresse[/] anmelden"
        await pilot.click("#services")
        await press(pilot, "o", "free")


def test_control_sequences_are_gone_before_the_terminal_sees_them() -> None:
    words = Words.of(parse_plan(PLAN), "app")
    sentence = refusal(words, DatabaseUnavailable("gone \x1b]0;owned\x07\x1b[2J\u202eback"))
    assert not {"\x1b", "\x07", "\u202e"} & set("".join(words.lines(sentence, 40)))


async def test_it_lays_itself_out_anew_when_the_terminal_changes(hall: Hall) -> None:
    hall.arrive()
    async with hall.console("5").run_test(size=SMALLEST) as pilot:
        await stage(pilot, "closed")
        for width, height in ((160, 45), SMALLEST, (240, 67)):
            await pilot.resize_terminal(width, height)
            await pilot.pause()
            for part in ("#place", "#present", "#queue", "#guidance", "#main", "#keys"):
                region = pilot.app.screen.query_one(part).region
                assert region.area > 0
                assert region.right <= width
                assert region.bottom <= height


def test_an_unknown_desk_is_refused_before_the_screen_opens(hall: Hall) -> None:
    with pytest.raises(DeskUnknown):
        run(hall.centre(), "99")
