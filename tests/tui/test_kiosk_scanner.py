"""A visitor holds the ticket to the scanner of the kiosk."""

from __future__ import annotations

import pytest

from faces.messages import Scanned
from faces.text import Phrase
from kiosk.moves import Act, Step
from kiosk.widgets.visit import VisitHead
from printers.virtual import VirtualPrinter
from shared.centre import Centre
from shared.model import Arrival, Ticket
from shared.verbs.desks import calls, letting_go, opening
from shared.verbs.look_up import find_ticket
from shared.verbs.visits.change import cancel
from shared.verbs.visits.issue import issue
from tests.support.paper import codes
from tests.support.screens import cut, until
from tests.tui.visitor import Visitor, visitor

FAMILY = Arrival(packages=("neu",), language="en", adults=2)


def issued(centre: Centre, arrival: Arrival = FAMILY) -> Ticket:
    return centre.database.do(issue, arrival)


def state(centre: Centre, ticket: Ticket) -> str:
    return str(centre.database.read(find_ticket, ticket.code).stops[0].state)


async def scans(one: Visitor, text: str) -> None:
    one.screen.post_message(Scanned(text))
    await one.pilot.pause()


async def scans_ticket(one: Visitor, ticket: Ticket) -> None:
    await scans(one, ticket.token)
    await one.comes_to(Step.VISIT)


async def test_a_visitor_takes_a_break_and_is_back(centre: Centre) -> None:
    ticket = issued(centre)
    async with visitor(centre) as one:
        await scans_ticket(one, ticket)
        assert one.text("question").startswith("Please wait here:")
        await one.touches(one.tile(Act.PAUSE))
        await until(lambda: state(centre, ticket) == "parked")
        await until(lambda: "we will call your number again" in one.text("question"))
        await one.touches("#forward")
        await one.comes_to(Step.LANGUAGE)
        await scans_ticket(one, ticket)
        await one.touches(one.tile(Act.RETURN))
        await until(lambda: state(centre, ticket) == "waiting")
        await until(lambda: one.text("question").startswith("Please wait here:"))


async def test_who_missed_the_call_is_called_again(centre: Centre) -> None:
    ticket = issued(centre)
    centre.database.do(opening.open_desk, "1")
    centre.database.do(calls.call_next, "1")
    centre.database.do(letting_go.missed, "1")
    async with visitor(centre) as one:
        await scans_ticket(one, ticket)
        await one.touches(one.tile(Act.RETURN))
        await until(lambda: state(centre, ticket) == "waiting")
    call = centre.database.do(calls.call_next, "1").call
    assert call
    assert call.code == ticket.code


async def test_a_number_is_given_up_only_after_a_question(centre: Centre) -> None:
    ticket = issued(centre)
    async with visitor(centre) as one:
        await scans_ticket(one, ticket)
        await one.touches(one.tile(Act.CANCEL))
        await until(lambda: one.tile(Act.SURE))
        assert state(centre, ticket) == "waiting"
        await one.touches(one.tile(Act.KEEP))
        await one.touches(one.tile(Act.CANCEL))
        await one.touches(one.tile(Act.SURE))
        await until(lambda: state(centre, ticket) == "cancelled")
        await until(lambda: "no longer valid" in one.text("question"))
        assert one.tiles() == []


async def test_a_call_at_a_desk_is_shown_at_once_while_the_visitor_looks(centre: Centre) -> None:
    ticket = issued(centre)
    async with visitor(centre) as one:
        await scans_ticket(one, ticket)
        centre.database.do(opening.open_desk, "1")
        centre.database.do(calls.call_next, "1")
        await until(lambda: one.text("question") == "Please go to desk 1 now.")


async def test_what_others_did_meanwhile_is_shown_instead_of_a_fault(centre: Centre) -> None:
    ticket = issued(centre)
    async with visitor(centre) as one:
        await scans_ticket(one, ticket)
        await one.looks()
        pause = one.tile(Act.PAUSE)
        centre.database.do(cancel, ticket.code)
        await one.taps(pause)
        await until(lambda: "no longer valid" in one.text("question"))
        assert one.step is Step.VISIT


async def test_nothing_is_kept_of_a_visit_when_its_visitor_has_gone(centre: Centre) -> None:
    ticket = issued(centre)
    async with visitor(centre) as one:
        await scans_ticket(one, ticket)
        await one.touches("#forward")
        await one.comes_to(Step.LANGUAGE)
        assert one.screen.way.standing is None
        said = [phrase.text for phrase in one.screen.query(Phrase)]
        assert not any("Please wait here" in text or "A 001" in text for text in said)
        assert not one.screen.query_one(VisitHead).display


@pytest.mark.parametrize(
    "text",
    [
        "A001",
        "A-001",
        "A" + " " * 30 + "001",
        "0123456789ABCDEFGHJK",
        "https://elsewhere.example/?q=cats",
        "4006381333931",
        "\x1b]0;x\x07[@click=app.quit]" * 9,
        "x" * 5000,
    ],
)
async def test_anything_else_is_ignored(centre: Centre, text: str) -> None:
    issued(centre)
    async with visitor(centre) as one:
        await scans(one, text)
        await scans(one, text)
        await one.looks()
        assert one.step is Step.LANGUAGE
        await one.touches("en")
        await one.comes_to(Step.CONCERN)


async def test_a_scan_disturbs_nobody_who_is_choosing(centre: Centre) -> None:
    ticket = issued(centre)
    async with visitor(centre) as one:
        await one.touches("uk")
        await one.comes_to(Step.CONCERN)
        await scans(one, ticket.token)
        await one.looks()
        assert (one.step, one.screen.way.reads) == (Step.CONCERN, "uk")


@pytest.mark.parametrize(("tag", "size"), [("fr", (60, 18)), ("ar", (60, 18)), ("ru", (60, 26)), ("ar", (100, 30))])
async def test_everything_about_a_visit_has_room(
    centre: Centre, printer: VirtualPrinter, tag: str, size: tuple[int, int]
) -> None:
    ticket = issued(centre, Arrival(packages=("neu_familie",), language=tag, adults=2, children=3))
    async with visitor(centre, printer.url, size) as one:
        await scans_ticket(one, ticket)
        await one.looks()
        assert len(one.tiles()) == 3
        assert cut(one.screen) == []
        assert all(tile.region.height >= 2 for tile in one.tiles())
        await one.touches(one.tile(Act.CANCEL))
        await until(lambda: one.tile(Act.SURE))
        await one.looks()
        assert cut(one.screen) == []


async def test_a_copy_comes_out_and_the_number_stays(centre: Centre, printer: VirtualPrinter) -> None:
    ticket = issued(centre)
    async with visitor(centre, printer.url) as one:
        await scans_ticket(one, ticket)
        await one.touches(one.tile(Act.COPY))
        await until(lambda: one.text("question").startswith("We are printing your ticket."))
        await until(lambda: codes(printer) == [ticket.token])
    assert state(centre, ticket) == "waiting"


async def test_a_visitor_who_leaves_it_is_asked_and_then_the_kiosk_begins_anew(centre: Centre) -> None:
    ticket, rules = issued(centre), centre.plan.rules
    async with visitor(centre) as one:
        await scans_ticket(one, ticket)
        await one.looks()
        one.passes(rules.kiosk_idle_s + 1)
        assert one.screen.way.asking
        one.passes(rules.kiosk_warning_s + 1)
        await one.comes_to(Step.LANGUAGE)
