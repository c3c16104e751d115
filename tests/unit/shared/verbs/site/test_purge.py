"""After two days nothing links a number, a token or a printed time to what remains."""

from __future__ import annotations

from datetime import datetime

import pytest
import sqlalchemy as sa

from shared.model import Arrival, Need, StopState, SuspendReason, Ticket
from shared.store import schema
from shared.store.database import Database, Transaction
from shared.verbs.desks import calls, opening
from shared.verbs.learned import report
from shared.verbs.site import halt, purge
from shared.verbs.site.due import anything_due, tidy
from shared.verbs.visits import issue
from tests.support.clock import HandClock

FAMILY = Arrival(services=("anmeldung", "geld"), language="ti", adults=2, children=7, needs=(Need.STEP_FREE,))


def a_day(database: Database, clock: HandClock) -> Ticket:
    """A visit is issued, printed, served at its first stop and leaves; nothing else has its number as a value."""
    for _ in range(16):
        database.do(issue.issue, Arrival(services=("konto",)))
    ticket = database.do(issue.issue, FAMILY, "empfang")
    database.do(opening.open_desk, "1")
    database.do(_promise, ticket.visit_id)
    clock.forward(minutes=7, seconds=13)
    database.do(calls.call_next, "1")
    clock.forward(seconds=40)
    database.do(calls.start, "1")
    clock.forward(minutes=11)
    database.do(calls.finish, "1")
    database.do(opening.close_desk, "1")
    return ticket


def _promise(t: Transaction, visit_id: int) -> None:
    told = {"service": "anmeldung", "given_at": t.now, "expected": 9, "low": 5, "high": 15}
    t.execute(sa.insert(schema.promise), {"site": t.site, "visit_id": visit_id, **told})


def everything(database: Database) -> list[tuple[str, str, object]]:
    """Every value of every table: table, column, value as the database stores it."""
    with database.engine.connect() as connection:
        names = [name for name in sa.inspect(connection).get_table_names() if name != "alembic_version"]
        return [
            (name, column, value)
            for name in names
            for row in connection.execute(sa.select(sa.literal_column("*")).select_from(sa.table(name))).mappings()
            for column, value in row.items()
        ]


def test_nothing_links_a_ticket_to_what_remains(database: Database, clock: HandClock) -> None:
    clock.moment = clock.moment.replace(minute=17, second=23, microsecond=456789)
    began = clock.moment
    ticket = a_day(database, clock)
    over = clock.moment
    database.do(tidy)
    clock.forward(days=2)
    database.do(tidy)
    micros = range(_micros(began), _micros(over) + 1)
    for table, column, value in everything(database):
        if (table, column) == ("plan", "toml") or (table, column) == ("plan", "applied_at"):
            continue  # the plan was there before the visitor
        told = f"{table}.{column} = {value!r}"
        assert ticket.token not in str(value), told
        assert ticket.code not in str(value), told
        assert str(value) != ticket.code[1:], told
        assert not (isinstance(value, int) and value in micros), told
        assert not (isinstance(value, datetime) and began <= value <= over), told
        assert column != "visit_id" or value is None, told
    assert {table for table, _, _ in everything(database)} == {
        *("site", "clock", "plan", "service", "desk", "desk_state", "event", "request"),
        *("sample", "tally", "promise_sample", "forecast"),
    }


def _micros(moment: datetime) -> int:
    return int(moment.timestamp()) * 1_000_000 + moment.microsecond


def test_what_survives_is_how_long_it_took(database: Database, clock: HandClock) -> None:
    a_day(database, clock)
    day = database.read(report.day).day
    before = database.read(report.samples, day)
    clock.forward(days=2)
    database.do(tidy)
    assert database.read(report.samples, day) == before
    done = [sample for sample in before if sample.outcome is StopState.DONE]
    assert [(one.slot, one.service, one.wait_s, one.service_s, one.persons) for one in done] == [
        (540, "anmeldung", 433, 660, 6)
    ]


def test_yesterday_is_kept(database: Database, clock: HandClock) -> None:
    ticket = a_day(database, clock)
    clock.forward(days=1)
    database.do(tidy)
    assert not database.read(anything_due)
    assert any(value == ticket.token for _, _, value in everything(database))


def test_a_second_purge_changes_nothing(database: Database, clock: HandClock) -> None:
    a_day(database, clock)
    clock.forward(days=3)
    first = database.do(purge.purge)
    again = database.do(purge.purge)
    assert (first.visits, again.visits) == (17, 0)
    assert first.through == again.through
    assert not database.read(anything_due)


def test_the_event_log_gives_up_only_what_was_purged(database: Database, clock: HandClock) -> None:
    a_day(database, clock)

    def plain(statement: str) -> None:
        with database.engine.begin() as connection:
            connection.exec_driver_sql(statement)

    with pytest.raises(sa.exc.DBAPIError, match="only added to"):
        plain("DELETE FROM event")
    clock.forward(days=2)
    database.do(purge.purge)
    database.do(issue.issue, Arrival(services=("konto",)))
    with pytest.raises(sa.exc.DBAPIError, match="only added to"):
        plain("DELETE FROM event")
    with pytest.raises(sa.exc.DBAPIError, match="stays purged"):
        plain("UPDATE site SET purged_before = NULL")


def test_what_remains_stands_in_no_order_that_tells_who_came_first(database: Database, clock: HandClock) -> None:
    for _ in range(2):
        database.do(issue.issue, Arrival(services=("anmeldung",)))
        clock.forward(minutes=5)
    database.do(opening.open_desk, "1")
    for _ in range(2):
        database.do(calls.call_next, "1")
        database.do(calls.start, "1")
        clock.forward(minutes=1)
        database.do(calls.finish, "1")
    clock.forward(days=2)
    database.do(tidy)
    sample, journey = schema.sample.c, schema.journey_sample.c
    waits = database.read(lambda t: t.execute(sa.select(sample.wait_s).order_by(sample.id)).scalars().all())
    ways = database.read(lambda t: t.execute(sa.select(journey.minutes).order_by(journey.id)).scalars().all())
    assert (waits, ways) == ([360, 600], [7, 11]), "the shortest first; the one who came first waited longest"


def test_an_event_from_a_clock_ahead_does_not_stop_the_purge(database: Database, clock: HandClock) -> None:
    right = clock.moment
    clock.forward(days=400)
    database.do(halt.suspend, SuspendReason.TECHNICAL)
    clock.moment = right
    database.do(halt.resume)
    ticket = a_day(database, clock)
    clock.forward(days=2)
    database.do(tidy)
    assert all(value != ticket.token for _, _, value in everything(database))
