"""A few days in which every verb of a face or a command runs, in every way that touches another table."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import Any

import sqlalchemy as sa

from shared.errors import Refused
from shared.model import AnnouncementState, Arrival, Need, PrinterCondition, PrintState, SuspendReason, Wait
from shared.model.assistance import AssistanceKind, GuideReason
from shared.store import schema
from shared.store.database import Database, Transaction
from shared.verbs import assistance, look_up
from shared.verbs.desks import announcements, by_number, calls, letting_go, opening, undo
from shared.verbs.learned import promises, report
from shared.verbs.paper import leases, print_jobs
from shared.verbs.site import apply, clock, day, due, erasing, halt, open_until, purge
from shared.verbs.visits import breaks, change, issue
from tests.support.clock import HandClock
from tests.support.plans import with_line, without_desk, without_service

PAPER = "empfang"
NEW = """
[services.extra]
authority = "buergerservice"
area = "empfang"
minutes = { base = 5 }
name.de = "Extra"

[desks.99]
area = "empfang"
services = ["extra"]
"""


def tried(database: Database, verb: Callable[..., Any], *arguments: Any) -> Any:
    """Run a verb; None if it is refused, which is a way to run it, too."""
    with suppress(Refused):
        return database.do(verb, *arguments)


def run_every_verb(owner: Database, face: Database, hand: HandClock, toml: str) -> None:
    """In the order of a house: it begins, people come, are called, leave, nights pass, another plan comes.

    Args:
        owner: The database as `ankommen apply` opens it, ready to use.
        face: The same database as faces open it, with the same clock.
    """
    owner.do(apply.apply, toml, True)
    _morning(face, hand)
    _paper(face, hand)
    _desks(face, hand)
    _visits(face, hand)
    _help(face)
    _house(face, hand)
    _nights(face, hand)
    _no_time(owner, face, hand)
    _people_for_a_plan(face)
    _plan(owner, toml)


def _morning(database: Database, hand: HandClock) -> None:
    do, read = database.do, database.read
    for desk in ("1", "2", "4", "8", "13"):
        do(opening.open_desk, desk, None, ("uk",), True)
    for _ in range(6):
        do(issue.issue, Arrival(packages=("neu",), needs=(Need.STEP_FREE,), priority="dringend"), PAPER)
        hand.forward(minutes=1)
    do(issue.issue, Arrival(services=("geld", "konto")), PAPER)
    ticket = read(look_up.find_ticket, "A002")
    read(look_up.find_visit, ticket.token)
    read(look_up.find_scanned, ticket.token)
    database.keep(promises.give, promises.Promise(ticket.visit_id, "anmeldung", hand.moment, 5, Wait(0, 5)))
    database.keep(promises.give, promises.Promise(ticket.visit_id, "anmeldung", hand.moment, 9, Wait(5, 10)))
    for view in (promises.foresee, promises.given, promises.wait_of):
        read(view, ticket.visit_id)
    read(promises.waits)


def _paper(database: Database, hand: HandClock) -> None:
    do, keep = database.do, database.keep
    do(print_jobs.reprint, "A001", PAPER)
    do(print_jobs.leaflet, "A001", "geld", PAPER)
    do(print_jobs.page_for_nobody, PAPER)
    keep(leases.hold, PAPER, "one", 8.0)
    keep(leases.observe, PAPER, PrinterCondition.READY, None)
    database.read(print_jobs.anything_queued, PAPER)
    first = keep(print_jobs.take_next, PAPER, "one", 45.0)
    assert first
    keep(print_jobs.settle, first.id, PrintState.PRINTED, None)
    second = keep(print_jobs.take_next, PAPER, "one", 45.0)
    assert second
    keep(print_jobs.put_back, second.id, "no paper", "reserve")
    do(print_jobs.give_up, second.id, "no paper")
    keep(print_jobs.take_next, PAPER, "one", 45.0)
    keep(print_jobs.take_next, PAPER, "one", 45.0)  # the slip in hand was never settled
    hand.forward(minutes=11)  # too old to print
    keep(leases.hold, PAPER, "two", 8.0)  # from a worker that is lost
    keep(print_jobs.take_next, PAPER, "two", 8.0)
    keep(leases.release, PAPER, "two")


def _desks(database: Database, hand: HandClock) -> None:
    do = partial(tried, database)

    def undone(verb: Callable[..., Any], *arguments: Any) -> None:
        do(verb, "1", *arguments)
        do(undo.undo, "1")

    def nobody_there() -> None:
        do(opening.close_desk, "1")
        do(opening.open_desk, "1")

    call = do(calls.call_next, "1").call.id
    assert do(announcements.claim_announcement, call, 1, "", ["de"])
    assert do(announcements.settle_announcement, call, 1, "", AnnouncementState.SPOKEN)
    do(undo.undo, "1")
    do(calls.call_next, "1")
    do(calls.recall, "1")
    for verb in (letting_go.missed, letting_go.put_back):
        undone(verb)
    undone(calls.start)
    do(calls.start, "1")
    for verb in (calls.finish, letting_go.put_back, letting_go.park):
        undone(verb)
    undone(letting_go.forward, ["kinder"])
    do(calls.finish_and_next, "1")
    do(letting_go.park, "1")
    alone = database.do(issue.issue, Arrival(services=("anmeldung",))).code
    do(by_number.call_number, "1", alone)
    do(calls.start, "1")
    do(letting_go.park, "1")
    do(by_number.unpark, "1", alone)
    undone(by_number.call_number, "A003")
    do(by_number.call_number, "1", alone)
    do(calls.start, "1")
    do(calls.finish, "1")
    do(by_number.call_number, "1", "A003")
    do(letting_go.missed, "1")
    do(by_number.call_number, "1", "A003")
    nobody_there()
    do(calls.call_next, "1")
    do(calls.start, "1")
    do(letting_go.forward, "1", ["schule", "kinder"])
    do(calls.call_next, "1")
    do(calls.start, "1")
    do(calls.finish, "1")
    do(opening.renew_lease, "1", "console")
    do(opening.open_desk, "1", None, (), True)
    do(opening.pause_desk, "1")
    do(opening.drain_desk, "1")
    do(calls.call_next, "2")
    do(calls.start, "2")
    do(opening.renew_lease, "2", "console")
    hand.forward(minutes=30)  # what is parked or missed is due, and the console of desk 2 is silent
    do(opening.open_desk, "1")
    do(calls.call_next, "1")
    do(calls.start, "1")
    do(opening.close_desk, "1")


def _visits(database: Database, hand: HandClock) -> None:
    do = partial(tried, database)
    code = do(issue.issue, Arrival(services=("anmeldung", "konto"))).code
    do(change.add, code, ["schule"])
    do(breaks.pause, code)
    do(change.add, code, ["deutsch"])
    hand.forward(minutes=1)
    do(breaks.back, code)
    do(change.cancel, code, "konto")
    do(change.cancel, code, None, True)
    do(breaks.back, code, None, True)
    do(change.cancel, code, None, True)
    do(change.add, code, ["schule"])


def _help(database: Database) -> None:
    do = database.do
    one = do(assistance.ask, AssistanceKind.INTERPRETER, "1", "so", "A001").id
    do(assistance.accept, one, "guides")
    do(assistance.underway, one, "guides")
    do(assistance.there, one, "guides")
    do(assistance.done, one)
    guide = do(assistance.ask_for_guide, GuideReason.UNSURE, "eingang_1", "uk", None, None, PAPER).id
    do(assistance.ask_for_guide, GuideReason.NEED, "eingang_1", "uk", "A001", guide)
    do(assistance.cancel, guide)


def _house(database: Database, hand: HandClock) -> None:
    do, read = partial(tried, database), database.read
    for _ in range(4):
        do(issue.issue, Arrival(packages=("neu",)))
    do(opening.open_desk, "1", None, (), True)
    do(calls.finish, "1")
    do(calls.call_next, "1")
    do(halt.suspend, SuspendReason.POWER)
    read(halt.status)
    do(halt.resume)
    do(open_until.open_until, "18:00")
    do(calls.call_next, "1")
    do(calls.start, "1")
    read(day.read_open)
    do(day.close_day)  # refused while somebody is served
    for desk in ("1", "2"):
        do(opening.open_desk, desk, None, (), True)
        do(calls.finish, desk)
    do(calls.call_next, "1")
    assert do(day.close_day) is not None
    do(opening.open_desk, "1")
    for verb in (breaks.pause, breaks.back, change.cancel):  # refused: the day was ended
        do(verb, "A007")
    do(print_jobs.reprint, "A007", PAPER)
    for by in (by_number.unpark, by_number.call_number):
        do(by, "1", "A007")
    assert do(day.reopen_day) is not None
    do(opening.open_desk, "1", None, (), True)
    do(opening.renew_lease, "1", "console")
    do(calls.call_next, "1")
    do(calls.start, "1")
    hand.forward(minutes=5)  # the console is silent
    assert read(due.anything_to_look_after)
    do(due.look_after)
    do(issue.issue, Arrival(services=("konto", "beratung")))
    do(opening.open_desk, "19", ["beratung"], (), True)
    hand.forward(minutes=25)  # nobody serves the first stop, and somebody the second
    do(due.look_after)
    read(report.day)


def _nights(database: Database, hand: HandClock) -> None:
    for hours in (24, 24, 24):
        for _ in range(hours):
            hand.forward(hours=1)
            database.look()
        database.do(due.look_after)
        _yesterday(database)
    database.do(purge.purge)
    database.read(erasing.erasure_is_owed)
    database.read(report.day, (hand.moment - timedelta(days=3)).date())
    database.read(report.promises, 30)
    database.do(issue.issue, Arrival(packages=("neu",)), PAPER)
    hand.jump(days=1)
    for _ in range(60):
        hand.forward(seconds=10)
        database.look()
    hand.jump(days=1)
    database.look()
    database.do(clock.confirm_clock)


def _yesterday(database: Database) -> None:
    """Numbers of another day are refused, and whether they ended with it is told."""
    do = partial(tried, database)
    database.do(opening.open_desk, "1", None, (), True)
    for verb in (breaks.pause, breaks.back, change.cancel):
        do(verb, "A001")
    do(change.add, "A001", ["konto"])
    do(print_jobs.reprint, "A001", PAPER)
    do(print_jobs.leaflet, "A001", "geld", PAPER)
    do(by_number.call_number, "1", "A001")
    do(by_number.unpark, "1", "A001")
    do(assistance.ask, AssistanceKind.GUIDE, "1", None, "A001")
    do(assistance.ask_for_guide, GuideReason.NEED, "eingang_1", "uk", "A001")
    for view in (look_up.find_ticket, look_up.find_visit):
        with suppress(Refused):
            database.read(view, "A001")


def _no_time(owner: Database, face: Database, hand: HandClock) -> None:
    """The database of an older program has no time yet."""
    owner.keep(_forget_the_time)
    hand.forward(hours=1)
    face.look()


def _forget_the_time(t: Transaction) -> None:
    t.connection.execute(sa.delete(schema.clock))


def _people_for_a_plan(database: Database) -> None:
    for services in (("freiwillige",), ("beratung", "freiwillige"), ("konto",), ("anmeldung",)):
        database.do(issue.issue, Arrival(services=services), PAPER)
    database.do(opening.open_desk, "3")
    database.do(calls.call_next, "3")
    database.do(opening.open_desk, "8")


def _plan(database: Database, toml: str) -> None:
    """A service, a desk and a printer go, others come, and one service gets a quota."""
    fewer = without_desk(without_desk(without_service(toml, "freiwillige"), "17"), "3")
    newer = with_line(fewer, "services.konto", "quota = 50").replace(f"[printers.{PAPER}]", "[printers.new]")
    newer = newer.replace(f'printer = "{PAPER}"', 'printer = "new"') + NEW
    moves = {"freiwillige": "beratung", "3": "2"}
    database.read(apply.foresee, newer, moves)
    database.do(apply.apply, newer, True, moves)
