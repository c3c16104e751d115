"""Several consoles of one centre: who gets whom, and what each sees of the others."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from caller.lease import Lease
from shared.verbs.desks.calls import call_next, finish, start
from shared.verbs.desks.opening import LEASE, open_desk, renew_lease
from shared.views.desk import read_desk
from tests.support.elsewhere import elsewhere
from tests.support.screens import until
from tests.tui.caller.hall import SMALLEST, Hall, press, said, stage


async def test_a_visitor_of_another_process_appears(hall: Hall) -> None:
    async with hall.console("5").run_test() as pilot:
        await stage(pilot, "closed")
        process = await asyncio.create_subprocess_exec(*elsewhere(hall.database, "issue", "address"))
        assert await process.wait() == 0
        await until(lambda: "L500" in said(pilot, "#queue"))


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
        assert said(pilot, "#guidance").startswith("Gerade wartet niemand.")


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
