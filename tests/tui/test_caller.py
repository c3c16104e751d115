"""The console at a desk, used as an official uses it, on a real SQLite file."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import timedelta

import pytest
import sqlalchemy as sa
from rich.cells import cell_len
from textual.pilot import Pilot

from caller.app import CallerApp, run
from caller.at_desk import AtDesk
from caller.lease import Lease
from caller.presses import DOUBLE_PRESS_S, Presses
from caller.refusals import refusal
from caller.steps import STEPS, Stage, Step
from caller.widgets.step_button import StepButton
from caller.words import Words
from faces.messages import Scanned
from faces.text import Lines
from shared.centre import Centre
from shared.config import Device, parse_plan
from shared.errors import DatabaseUnavailable, DeskUnknown
from shared.model import Arrival, Call, Desk, Need, SuspendReason
from shared.store.database import Database, Transaction
from shared.verbs.desks.calls import call_next, finish, start
from shared.verbs.desks.opening import LEASE, open_desk, renew_lease
from shared.verbs.site.due import tidy
from shared.verbs.site.halt import resume, suspend
from shared.verbs.visits.issue import issue
from shared.views.desk import read_desk
from tests.support.clock import HandClock, HandSeconds
from tests.support.databases import Databases
from tests.support.elsewhere import elsewhere
from tests.support.plans import small_plan
from tests.support.screens import settled, touch, until
from tests.support.waiting import PATIENCE_S

PLAN = small_plan(
    site={"key": "hall", "name": "Halle", "language": "de"},
    services={
        "address": {
            "name": {"de": "[@click=app.quit]Adresse[/] anmelden"},
            "documents": {"de": ["Pass", "Bestätigung vom Vermieter"]},
        },
        "advice": {"name": {"de": "Fragen und Rat"}, "minutes": {"base": 5}},
    },
    desks={"5": ["address"], "6": ["address"], "7": ["advice"]},
    rules={"recalls": 1, "return_after_min": 1},
    reasons={
        "paper": {"name": {"de": "Ein Papier fehlt noch"}, "for": "park"},
        "interpreter": {"name": {"de": "Wartet auf Übersetzung"}, "for": "park"},
        "short": {"name": {"de": "Kurze Pause"}, "for": "pause"},
    },
)

SMALLEST = (80, 24)


class Hall:
    """A centre on a file, with as many consoles as a test wants; its time stands still until a test moves it."""

    def __init__(self, url: str, stack: ExitStack) -> None:
        self.url = url
        self.clock = HandClock()
        self._stack = stack
        self.database = self._connect()

    def _connect(self) -> Database:
        return self._stack.enter_context(closing(Database(self.url, "hall", self.clock)))

    def console(self, desk: str) -> CallerApp:
        return CallerApp(self.centre(), desk)

    def centre(self) -> Centre:
        centre = Centre(self._connect(), Device())
        self._stack.callback(centre.close)
        return centre

    def arrive(self, arrival: Arrival | None = None) -> str:
        return self.database.do(issue, arrival or Arrival(services=("address",), language="uk")).code

    def desk(self, key: str = "5") -> Desk:
        return self.database.read(read_desk, key)

    def tidy_after(self, time: timedelta) -> None:
        """Let this time pass, and do what is due."""
        self.clock.moment += time
        self.database.do(tidy)

    def rows(self, query: str) -> list[tuple[object, ...]]:
        return self.database.read(lambda t: [tuple(row) for row in t.execute(sa.text(query))])

    def call(self, key: str = "5") -> Call:
        call = self.desk(key).call
        assert call is not None
        return call


@pytest.fixture
def hall(sqlite: Databases) -> Iterator[Hall]:
    with ExitStack() as stack:
        yield Hall(stack.enter_context(sqlite.with_plan(PLAN)), stack)


SECONDS = HandSeconds()
"""The console's seconds."""


@pytest.fixture(autouse=True)
def seconds(monkeypatch: pytest.MonkeyPatch) -> HandSeconds:
    monkeypatch.setattr("caller.screens.desk.monotonic", SECONDS)
    return SECONDS


async def stage(pilot: Pilot[None], name: str) -> None:
    """Wait until the console shows this stage, laid out for it, and takes the next press."""
    await until(lambda: pilot.app.screen.has_class(f"-{name}") and not pilot.app.screen.has_class("-busy"))
    await settled(pilot)


async def press(pilot: Pilot[None], key: str, then: str) -> None:
    """Press a key like somebody who reads first: late enough not to count as a double press."""
    SECONDS.at += 2 * DOUBLE_PRESS_S
    await pilot.press(key)
    await stage(pilot, then)


async def click(pilot: Pilot[None], button: str, then: str) -> None:
    """Click like somebody who reads first: later than the second click of a double click."""
    SECONDS.at += 2 * DOUBLE_PRESS_S
    await touch(pilot, button)
    await stage(pilot, then)


def said(pilot: Pilot[None], selector: str) -> str:
    """What a part of the screen says."""
    widget = pilot.app.screen.query_one(selector)
    assert isinstance(widget, Lines | StepButton)
    return " ".join(widget.render().plain.split())


def answers(pilot: Pilot[None]) -> list[str]:
    """What can be chosen."""
    return [" ".join(answer.render().plain.split()) for answer in pilot.app.screen.query(".answer").results(StepButton)]


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
        assert said(pilot, "#guidance").startswith("Niemand wartet auf Ihren Platz.")
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


async def test_a_visitor_of_another_process_appears(hall: Hall) -> None:
    async with hall.console("5").run_test() as pilot:
        await stage(pilot, "closed")
        process = await asyncio.create_subprocess_exec(*elsewhere(hall.database, "issue", "address"))
        assert await process.wait() == 0
        await until(lambda: "L500" in said(pilot, "#queue"))


async def test_a_double_press_calls_one_visitor(hall: Hall) -> None:
    first, second = hall.arrive(), hall.arrive()
    async with hall.console("5").run_test() as pilot:
        await stage(pilot, "closed")
        await press(pilot, "o", "free")
        await pilot.press("n", "n", "n")
        await stage(pilot, "called")
        assert hall.call().code == first
        await press(pilot, "s", "serving")
        await pilot.press("f", "f")
        await stage(pilot, "free")
        assert hall.desk().call is None
        assert said(pilot, "#queue").startswith(second)


async def test_a_double_click_takes_one_step(hall: Hall) -> None:
    first = hall.arrive()
    hall.arrive()
    async with hall.console("5").run_test() as pilot:
        await stage(pilot, "closed")
        await press(pilot, "o", "free")
        await touch(pilot, "#main", times=2)
        await stage(pilot, "called")
        await touch(pilot, "#main")
        await stage(pilot, "called")
        assert hall.call().code == first
        await click(pilot, "#main", "serving")
        await touch(pilot, "#main", times=3)
        assert hall.call().stop_state == "serving"


def test_a_held_key_is_one_press() -> None:
    presses = Presses()
    presses.count("n", 0.0)
    assert [presses.repeated("n", at_s) for at_s in (0.3, 0.6, 0.9, 1.4)] == [True, True, True, False]
    assert not presses.repeated("s", 0.1)


async def test_two_consoles_never_get_the_same_visit(hall: Hall) -> None:
    rounds = 5
    arrived = [hall.arrive() for _ in range(2 * rounds)]
    together = asyncio.Barrier(2)

    async def work(desk: str) -> list[str]:
        codes = []
        async with hall.console(desk).run_test() as pilot:
            await stage(pilot, "closed")
            await press(pilot, "o", "free")
            for _ in range(rounds):
                await together.wait()
                await press(pilot, "n", "called")
                codes.append(hall.call(desk).code)
                await press(pilot, "s", "serving")
                await press(pilot, "f", "free")
        return codes

    left, right = await asyncio.gather(work("5"), work("6"))
    assert sorted(left + right) == sorted(arrived)


async def test_two_consoles_of_one_desk_call_one_visitor(hall: Hall) -> None:
    first = hall.arrive()
    hall.arrive()
    hall.database.do(open_desk, "5")
    together = asyncio.Barrier(2)

    async def work() -> str:
        async with hall.console("5").run_test() as pilot:
            await stage(pilot, "free")
            await together.wait()
            await press(pilot, "n", "called")
            await together.wait()
            return said(pilot, "#queue")

    queues = await asyncio.gather(work(), work())
    assert hall.call().code == first
    assert queues[0] == queues[1]


async def test_a_console_attaches_to_a_desk_that_is_at_work(hall: Hall) -> None:
    code = hall.arrive()
    for verb in (open_desk, call_next, start):
        hall.database.do(verb, "5")
    async with hall.console("5").run_test() as pilot:
        await stage(pilot, "serving")
        assert said(pilot, "#state") == "geöffnet"
        await press(pilot, "f", "free")
        assert code not in said(pilot, "#queue")


async def test_closing_while_serving_is_refused_in_words_until_the_next_step(hall: Hall) -> None:
    hall.arrive()
    for verb in (open_desk, call_next, start):
        hall.database.do(verb, "5")
    async with hall.console("5").run_test() as pilot:
        await stage(pilot, "serving")
        await press(pilot, "o", "serving")
        assert said(pilot, "#guidance").startswith("Es ist noch jemand an Ihrem Platz. Drücken Sie zuerst „Fertig“")
        assert pilot.app.screen.has_class("-failed")
        await press(pilot, "f", "free")
        assert not pilot.app.screen.has_class("-failed")
        assert said(pilot, "#guidance").startswith("Niemand wartet")


async def test_finished_and_next_frees_the_desk_where_nobody_waits(hall: Hall) -> None:
    hall.arrive()
    for verb in (open_desk, call_next, start):
        hall.database.do(verb, "5")
    async with hall.console("5").run_test() as pilot:
        await stage(pilot, "serving")
        await press(pilot, "x", "free")


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


def unreadable(_: Transaction, desk: str) -> AtDesk:
    raise DatabaseUnavailable(f"desk {desk} cannot be read")


async def test_a_fault_in_what_nobody_waits_for_ends_the_console(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    def fault(*_: object) -> bool:
        raise KeyError("a fault")

    monkeypatch.setattr("caller.lease.renew_lease", fault)
    console = hall.console("5")
    with pytest.raises(KeyError, match="a fault"):
        await show_until(console, lambda: console._exception)


async def show_until(console: CallerApp, condition: Callable[[], object]) -> None:
    async with console.run_test():
        await until(condition)


async def test_a_call_is_repeated_as_often_as_the_plan_allows(hall: Hall) -> None:
    hall.arrive()
    hall.database.do(open_desk, "5")
    async with hall.console("5").run_test(size=SMALLEST) as pilot:
        await stage(pilot, "free")
        await press(pilot, "n", "called")
        await press(pilot, "w", "called")
        assert hall.call().ring == 2
        assert pilot.app.screen.query_one("#first").disabled
        assert said(pilot, "#guidance") == "Oft genug gerufen. Ist niemand gekommen? Dann drücken Sie „Nicht da“."
        assert not pilot.app.screen.query_one("#main").disabled


async def test_somebody_who_did_not_come_waits_again_later(hall: Hall) -> None:
    code = hall.arrive()
    hall.database.do(open_desk, "5")
    async with hall.console("5").run_test(size=SMALLEST) as pilot:
        await stage(pilot, "free")
        await press(pilot, "n", "called")
        await press(pilot, "d", "free")
        assert said(pilot, "#guidance").startswith("Niemand wartet")
        hall.tidy_after(timedelta(seconds=90))
        await until(lambda: code in said(pilot, "#queue"))
        await press(pilot, "n", "called")
        assert hall.call().code == code


async def test_the_visitor_goes_back_to_the_queue_and_keeps_the_place(hall: Hall) -> None:
    first, second = hall.arrive(), hall.arrive()
    hall.database.do(open_desk, "5")
    async with hall.console("5").run_test(size=SMALLEST) as pilot:
        await stage(pilot, "free")
        await press(pilot, "n", "called")
        await press(pilot, "z", "free")
        await press(pilot, "n", "called")
        await press(pilot, "s", "serving")
        await click(pilot, "#first", "free")
        waiting = said(pilot, "#queue")
        assert waiting.startswith(first)
        assert second in waiting


async def test_something_is_missing_and_the_reason_is_chosen(hall: Hall) -> None:
    code = hall.arrive()
    for verb in (open_desk, call_next, start):
        hall.database.do(verb, "5")
    async with hall.console("5").run_test(size=SMALLEST) as pilot:
        await stage(pilot, "serving")
        await press(pilot, "l", "choosing")
        assert said(pilot, "#question") == f"Warum geht es für {code} erst später weiter?"
        assert answers(pilot) == ["1 Ein Papier fehlt noch", "2 Wartet auf Übersetzung"]
        await press(pilot, "2", "free")
        assert hall.rows("SELECT state, reason FROM stop") == [("parked", "interpreter")]


async def test_the_visitor_is_sent_on_by_key_and_keeps_the_number(hall: Hall) -> None:
    code = hall.arrive()
    for verb in (open_desk, call_next, start):
        hall.database.do(verb, "5")
    async with hall.console("5").run_test(size=SMALLEST) as pilot:
        await stage(pilot, "serving")
        await press(pilot, "a", "choosing")
        assert answers(pilot) == ["1 Fragen und Rat"]
        await press(pilot, "f", "choosing")  # what is hidden is not done
        await press(pilot, "escape", "serving")
        assert not pilot.app.screen.has_class("-choosing")
        await press(pilot, "a", "choosing")
        await press(pilot, "1", "free")
        hall.database.do(open_desk, "7")
        hall.database.do(call_next, "7")
        assert hall.call("7").code == code


async def test_the_visitor_is_sent_on_by_mouse(hall: Hall) -> None:
    code = hall.arrive()
    for verb in (open_desk, call_next, start):
        hall.database.do(verb, "5")
    async with hall.console("5").run_test(size=SMALLEST) as pilot:
        await stage(pilot, "serving")
        await click(pilot, "#third", "choosing")
        await click(pilot, "#back", "serving")
        await click(pilot, "#third", "choosing")
        await click(pilot, ".answer", "free")
        hall.database.do(open_desk, "7")
        hall.database.do(call_next, "7")
        assert hall.call("7").code == code


async def test_choosing_ends_when_the_desk_changes_elsewhere(hall: Hall) -> None:
    hall.arrive()
    for verb in (open_desk, call_next, start):
        hall.database.do(verb, "5")
    async with hall.console("5").run_test() as pilot:
        await stage(pilot, "serving")
        await press(pilot, "a", "choosing")
        hall.database.do(finish, "5")
        await stage(pilot, "free")
        assert not pilot.app.screen.has_class("-choosing")


async def test_steps_are_undone_one_after_the_other(hall: Hall) -> None:
    code = hall.arrive()
    hall.database.do(open_desk, "5")
    async with hall.console("5").run_test(size=SMALLEST) as pilot:
        await stage(pilot, "free")
        await press(pilot, "u", "free")
        assert said(pilot, "#guidance") == "Der letzte Schritt lässt sich nicht mehr zurücknehmen."
        await press(pilot, "n", "called")
        await press(pilot, "s", "serving")
        await press(pilot, "f", "free")
        await click(pilot, "#undo", "serving")
        assert hall.call().code == code
        await click(pilot, "#undo", "called")
        await click(pilot, "#undo", "free")
        assert said(pilot, "#queue").startswith(code)


async def test_a_desk_pauses_for_a_reason_and_goes_on(hall: Hall) -> None:
    hall.database.do(open_desk, "5")
    async with hall.console("5").run_test(size=SMALLEST) as pilot:
        await stage(pilot, "free")
        await press(pilot, "p", "choosing")
        await press(pilot, "1", "paused")
        assert said(pilot, "#state") == "macht Pause"
        assert said(pilot, "#main") == "P Weiter"
        assert hall.desk().reason == "short"
        await click(pilot, "#main", "free")


async def test_a_console_holds_its_desk_and_says_nothing_of_it(hall: Hall) -> None:
    async with hall.console("5").run_test() as pilot:
        await stage(pilot, "closed")
        await press(pilot, "o", "free")
        await until(lambda: hall.rows("SELECT holder IS NULL FROM desk_state") == [(0,)])
        assert hall.rows("SELECT kind FROM event WHERE desk = '5'") == [("desk_open",)]
        hall.tidy_after(LEASE + timedelta(seconds=10))
        await stage(pilot, "closed")  # as if it had fallen silent


async def test_a_lease_is_kept_and_not_taken_from_another_console(hall: Hall) -> None:
    hall.database.do(open_desk, "5")
    centre = hall.centre()
    for lease in (Lease(centre, "5"), Lease(centre, "5")):
        lease.keep().result()
        centre.read(read_desk, "5").result()
    held = hall.rows("SELECT holder, lease_until FROM desk_state")
    assert len(held) == 1
    assert held[0][0] is not None
    assert hall.rows("SELECT count(*) FROM event WHERE kind NOT IN ('apply', 'desk_open')") == [(0,)]


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


def assert_is_seen(pilot: Pilot[None], place: str, step: Step) -> None:
    button = pilot.app.screen.query_one(f"#{place}", StepButton)
    words = button.render().plain
    assert words.startswith(f" {step.key.upper()} ")
    assert cell_len(words) <= button.region.width, words
    assert pilot.app.screen.region.contains_region(button.region), words


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


async def test_a_lost_console_is_an_alarm_at_the_others_until_somebody_sits_there_again(hall: Hall) -> None:
    code = hall.arrive()
    hall.database.do(open_desk, "6")
    hall.database.do(call_next, "6")
    hall.database.do(start, "6")
    hall.database.do(renew_lease, "6", "a console that falls silent")
    async with hall.console("5").run_test(size=SMALLEST) as pilot:
        await stage(pilot, "closed")
        alarm = pilot.app.screen.query_one("#alarm")
        assert not alarm.display
        hall.tidy_after(LEASE + timedelta(seconds=1))
        await until(lambda: alarm.region.area > 0)
        assert said(pilot, "#alarm") == f"Alarm: Platz 6 meldet sich nicht mehr. Bitte kümmern Sie sich um {code}."
        hall.database.do(open_desk, "6")
        await until(lambda: not alarm.display)
