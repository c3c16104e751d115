"""A console forgives: double presses, missing papers, wrong visitors, steps taken back."""

from __future__ import annotations

from datetime import timedelta

from caller.presses import Presses
from shared.verbs.desks.calls import call_next, start
from shared.verbs.desks.opening import open_desk
from tests.support.screens import touch, until
from tests.tui.caller.hall import SMALLEST, Hall, answers, click, press, said, stage


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


async def test_a_call_is_repeated_as_often_as_the_plan_allows(hall: Hall) -> None:
    hall.arrive()
    hall.database.do(open_desk, "5")
    async with hall.console("5").run_test(size=SMALLEST) as pilot:
        await stage(pilot, "free")
        await press(pilot, "n", "called")
        await press(pilot, "w", "called")
        assert hall.call().ring == 2
        assert pilot.app.screen.query_one("#first").disabled
        assert said(pilot, "#guidance") == "Oft genug aufgerufen. Ist niemand gekommen? Dann drücken Sie „Nicht da“."
        assert not pilot.app.screen.query_one("#main").disabled


async def test_somebody_who_did_not_come_waits_again_later(hall: Hall) -> None:
    code = hall.arrive()
    hall.database.do(open_desk, "5")
    async with hall.console("5").run_test(size=SMALLEST) as pilot:
        await stage(pilot, "free")
        await press(pilot, "n", "called")
        await press(pilot, "d", "free")
        assert said(pilot, "#guidance").startswith("Gerade wartet niemand.")
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
        assert answers(pilot) == ["1 Ein Papier fehlt noch", "2 Wartet auf Dolmetschen"]
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


async def test_steps_are_undone_one_after_the_other(hall: Hall) -> None:
    code = hall.arrive()
    hall.database.do(open_desk, "5")
    async with hall.console("5").run_test(size=SMALLEST) as pilot:
        await stage(pilot, "free")
        await press(pilot, "u", "free")
        assert said(pilot, "#guidance") == "Der letzte Schritt lässt sich nicht mehr rückgängig machen."
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
