"""A visit gets its number."""

from __future__ import annotations

import re

import pytest

from shared.errors import Malformed, ServiceUnknown
from shared.model import Arrival, Need, PrintState, StopState
from shared.store.database import Database
from shared.verbs.look_up import find_ticket
from shared.verbs.visits import issue
from tests.support.clock import HandClock


def test_a_package_becomes_a_journey_whose_first_stop_waits(database: Database) -> None:
    ticket = database.do(issue.issue, Arrival(packages=("neu",), language="uk", adults=2, children=1))
    assert ticket.code == "A001"
    assert [(stop.service, stop.state) for stop in ticket.stops] == [
        ("anmeldung", StopState.WAITING),
        ("biometrie", StopState.PLANNED),
        ("aufenthalt", StopState.PLANNED),
        ("geld", StopState.PLANNED),
    ]
    assert (ticket.language, ticket.adults, ticket.children, ticket.persons) == ("uk", 2, 1, 3)


def test_a_single_concern_has_the_letter_of_single_concerns(database: Database) -> None:
    assert database.do(issue.issue, Arrival(services=("konto",))).code == "L500"


def test_a_package_and_a_service_of_the_same_name_are_told_apart(database: Database) -> None:
    assert len(database.do(issue.issue, Arrival(packages=("arbeit",))).stops) == 2
    assert len(database.do(issue.issue, Arrival(services=("arbeit",))).stops) == 1


def test_a_service_named_twice_is_one_stop(database: Database) -> None:
    ticket = database.do(issue.issue, Arrival(packages=("neu",), services=("geld", "schule", "schule")))
    assert [stop.service for stop in ticket.stops] == ["anmeldung", "biometrie", "aufenthalt", "geld", "schule"]


def test_numbers_begin_anew_when_the_centres_day_begins(database: Database, clock: HandClock) -> None:
    clock.moment = clock.moment.replace(hour=23, minute=30)  # 00:30 in Leipzig: still the day that began at 03:00
    assert database.do(issue.issue, Arrival(packages=("neu",))).code == "A001"
    clock.forward(hours=2)
    late = database.do(issue.issue, Arrival(packages=("neu",)))
    assert (late.code, late.day.isoformat()) == ("A002", "2026-11-23")
    clock.forward(hours=1)
    assert database.do(issue.issue, Arrival(packages=("neu",))).code == "A001"


def test_a_full_range_goes_on_at_1001_for_every_letter(database: Database) -> None:
    codes = [database.do(issue.issue, Arrival(services=("konto",))).code for _ in range(302)]
    assert codes[:2] == ["L500", "L501"]
    assert codes[299:] == ["L799", "L1001", "L1002"]


def test_a_token_is_long_and_can_be_typed_by_any_scanner(database: Database) -> None:
    tokens = {database.do(issue.issue, Arrival(packages=("neu",))).token for _ in range(20)}
    assert len(tokens) == 20
    assert all(re.fullmatch("[0-9ABCDEFGHJKMNPQRSTVWX]{20}", token) for token in tokens)


def test_a_ticket_for_paper_has_a_job_and_one_without_has_none(database: Database) -> None:
    printed = database.do(issue.issue, Arrival(packages=("neu",)), "empfang")
    assert printed.print
    assert (printed.print.printer, printed.print.state) == ("empfang", PrintState.QUEUED)
    assert database.do(issue.issue, Arrival(packages=("neu",))).print is None


def test_needs_interpreter_and_priority_are_kept(database: Database) -> None:
    arrival = Arrival(
        packages=("neu",), language="ar", interpreter="ar", needs=(Need.STEP_FREE, Need.LOOP), priority="dringend"
    )
    ticket = database.read(find_ticket, database.do(issue.issue, arrival).code)
    assert (ticket.interpreter, ticket.needs) == ("ar", (Need.STEP_FREE, Need.LOOP))


@pytest.mark.parametrize(
    ("arrival", "error", "words"),
    [
        (Arrival(packages=("mond",)), ServiceUnknown, "mond.*Known are: neu"),
        (Arrival(services=("neu",)), ServiceUnknown, "neu"),
        (Arrival(), ServiceUnknown, "no queue"),
        (Arrival(packages=("weiss_nicht",)), ServiceUnknown, "reception"),
        (Arrival(packages=("neu",), adults=0), Malformed, "0 persons.*1 to 99"),
        (Arrival(packages=("neu",), adults=400, children=100), Malformed, "500 persons"),
        (Arrival(packages=("neu",), adults=-1, children=3), Malformed, "persons"),
        (Arrival(packages=("neu",), language="xx"), Malformed, "known are: de, en"),
        (Arrival(packages=("neu",), interpreter="xx"), Malformed, "xx"),
        (Arrival(packages=("neu",), priority="vip"), Malformed, "vip.*known are"),
        (Arrival(packages=("neu\x1b[31m" + "x" * 10_000,)), ServiceUnknown, "neu"),
    ],
)
def test_bad_input_is_named_and_draws_no_number(
    database: Database, arrival: Arrival, error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        database.do(issue.issue, arrival)
    assert database.do(issue.issue, Arrival(packages=("neu",))).code == "A001"
