"""Hours and quotas decide whether there is a number, and which stops are for today."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from shared.config import Config, parse_plan
from shared.errors import Closed, ConfigInvalid, Malformed, QuotaUsed
from shared.model import Arrival, ClosedReason, PrintKind, StopState, Ticket
from shared.store import schema
from shared.store.database import Database
from shared.verbs.desks import opening
from shared.verbs.look_up import find_ticket
from shared.verbs.site import day, open_until
from shared.verbs.site.apply import apply
from shared.verbs.site.due import look_after
from shared.verbs.visits import issue
from shared.views.hours import read_opening
from shared.views.site import read_hall
from tests.support.clock import HandClock
from tests.support.databases import Databases, opened

NEW = Arrival(packages=("neu",))
BANK = Arrival(services=("konto",))


@pytest.fixture
def real(databases: Databases, leipzig: Config, clock: HandClock) -> Iterator[Callable[..., Database]]:
    """A database for real work with Leipzig's plan, changed where a test says so. It is Monday 09:00 in Leipzig."""
    with ExitStack() as stack:

        def open_database(**changes: str) -> Database:
            toml = leipzig.plan_toml
            for service, line in changes.items():
                toml = toml.replace(f"[services.{service}]\n", f"[services.{service}]\n{line}\n")
            url = stack.enter_context(databases.with_plan(toml, training=False))
            return stack.enter_context(closing(opened(url, leipzig.plan.site.key, clock)))

        yield open_database


def at(clock: HandClock, text: str) -> None:
    """Leipzig's winter time."""
    clock.moment = datetime.fromisoformat(f"{text}+01:00").astimezone(UTC)


def today(ticket: Ticket) -> list[str]:
    return [stop.service for stop in ticket.stops if stop.today]


@pytest.mark.parametrize(("moment", "moved"), [("07:55", False), ("08:05", False), ("08:10", True)])
def test_an_early_desk_takes_nobody_away_before_the_others_begin(
    real: Callable[..., Database], clock: HandClock, moment: str, moved: bool
) -> None:
    at(clock, "2026-11-23 07:30")
    database = real()
    database.do(issue.issue, Arrival(services=("kinder", "beratung")))
    database.do(opening.open_desk, "16")
    at(clock, f"2026-11-23 {moment}")
    assert database.do(look_after) == moved


@pytest.mark.parametrize(
    ("moment", "reason", "again"),
    [
        ("2026-11-23 07:29", ClosedReason.NOT_YET, "2026-11-23 at 08:00"),
        ("2026-11-23 16:00", ClosedReason.ENDED, "2026-11-24 at 08:00"),
        ("2026-11-24 02:59", ClosedReason.ENDED, "2026-11-24 at 08:00"),
        ("2026-11-28 10:00", ClosedReason.CLOSED, "2026-11-30 at 08:00"),
        ("2026-11-18 10:00", ClosedReason.HOLIDAY, "2026-11-19 at 08:00"),  # Buß- und Bettag: Saxony alone has it
        ("2026-12-24 10:00", ClosedReason.CLOSED, "2026-12-28 at 08:00"),
        ("2026-12-31 12:00", ClosedReason.ENDED, "2027-01-04 at 08:00"),
    ],
)
def test_outside_the_hours_there_is_no_number(
    real: Callable[..., Database], clock: HandClock, moment: str, reason: ClosedReason, again: str
) -> None:
    database = real()
    at(clock, moment)
    with pytest.raises(Closed, match=f"opens again on {again}") as refused:
        database.do(issue.issue, NEW)
    assert (refused.value.key, refused.value.reason, refused.value.exit_code) == ("closed", reason, 3)
    at(clock, "2026-12-01 07:30")
    assert database.do(issue.issue, NEW).code == "A001"


def test_in_training_there_are_numbers_at_any_hour(database: Database, clock: HandClock) -> None:
    at(clock, "2026-12-25 23:00")
    assert today(database.do(issue.issue, NEW)) == ["anmeldung", "biometrie", "aufenthalt", "geld"]
    assert database.read(read_opening).open
    assert {queue.closed for queue in database.read(read_hall).queues} == {None}


def test_late_in_the_day_the_ticket_says_what_is_not_for_today(real: Callable[..., Database], clock: HandClock) -> None:
    database = real()
    at(clock, "2026-11-23 15:30")
    ticket = database.do(issue.issue, NEW)
    assert today(ticket) == ["anmeldung", "biometrie", "aufenthalt"]
    assert ticket.next_stop
    assert ticket.next_stop.service == "anmeldung"
    assert ticket.stops[3].state is StopState.CANCELLED
    assert database.read(find_ticket, ticket.code) == ticket


def test_a_service_that_closes_earlier_is_for_another_day(real: Callable[..., Database], clock: HandClock) -> None:
    database = real(konto='hours = { mo = ["09:00-12:00"] }')
    at(clock, "2026-11-23 13:00")
    with pytest.raises(Closed, match="again on 2026-11-30 at 09:00"):
        database.do(issue.issue, BANK)
    both = database.do(issue.issue, Arrival(services=("konto", "beratung")))
    assert today(both) == ["beratung"]
    closed = {queue.service: queue.closed for queue in database.read(read_hall).queues}
    assert (closed["konto"], closed["beratung"]) == (ClosedReason.ENDED, None)


def test_a_quota_is_a_number_of_visits_a_day(real: Callable[..., Database], clock: HandClock) -> None:
    database = real(konto="quota = 2")
    for _ in range(2):
        assert today(database.do(issue.issue, BANK)) == ["konto"]
    with pytest.raises(QuotaUsed, match="konto"):
        database.do(issue.issue, BANK)
    assert today(database.do(issue.issue, Arrival(services=("konto", "beratung")))) == ["beratung"]
    assert database.do(issue.issue, NEW).code == "A001"
    clock.forward(days=1)
    assert today(database.do(issue.issue, BANK)) == ["konto"]


def test_no_leaflet_comes_about_what_is_for_another_day(real: Callable[..., Database], clock: HandClock) -> None:
    leaflet = 'leaflet.de = ["Tel. 0341 123"]\nleaflet_with_ticket = true'
    database = real(
        konto=f'{leaflet}\nhours = {{ mo = ["09:00-12:00"] }}', beratung=leaflet, schule=f"{leaflet}\nquota = 1"
    )
    at(clock, "2026-11-23 13:00")
    tickets = [database.do(issue.issue, Arrival(services=("konto", "schule", "beratung")), "empfang") for _ in range(2)]
    assert [today(ticket) for ticket in tickets] == [["schule", "beratung"], ["beratung"]]
    jobs = sa.select(schema.print_job.c.visit_id, schema.print_job.c.service).filter_by(kind=PrintKind.LEAFLET)
    with database.engine.connect() as connection:
        queued = [tuple(row) for row in connection.execute(jobs.order_by(schema.print_job.c.id))]
    first, second = (ticket.visit_id for ticket in tickets)
    assert queued == [(first, "schule"), (first, "beratung"), (second, "beratung")]


def test_a_day_can_be_opened_for_longer_and_ended_early(real: Callable[..., Database], clock: HandClock) -> None:
    database = real()
    at(clock, "2026-11-28 10:00")  # a Saturday
    database.do(open_until.open_until, "14:00")
    assert database.do(issue.issue, NEW).code == "A001"
    assert database.read(read_opening).until == datetime(2026, 11, 28, 13, tzinfo=UTC)
    assert database.do(day.close_day) == 1
    with pytest.raises(Closed, match=r"closed for today.*2026-11-30 at 08:00"):
        database.do(issue.issue, NEW)


def test_a_time_that_has_passed_opens_nothing(real: Callable[..., Database]) -> None:
    database = real()
    for wrong in ("08:59", "noon", "25:00"):
        with pytest.raises(Malformed):
            database.do(open_until.open_until, wrong)


def test_without_hours_a_centre_is_always_open(
    real: Callable[..., Database], clock: HandClock, leipzig: Config
) -> None:
    database = real()
    start, end = leipzig.plan_toml.index("[hours]"), leipzig.plan_toml.index("[series.A]")
    database.do(apply, leipzig.plan_toml[:start] + leipzig.plan_toml[end:], False)
    at(clock, "2026-12-25 23:00")
    assert database.do(issue.issue, NEW).code == "A001"


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('mo = ["16:00-08:00"]', 'hours.mo: is "16:00-08:00"; allowed: a later end'),
        ('mo = ["08:00-12:00", "11:00-13:00"]', 'hours.mo: "11:00-13:00" begins before'),
        ('mo = ["20:00-03:30"]', "allowed: a later end; the day of the centre begins and ends at 03:00"),
        ('mo = ["8-12"]', 'hours.mo: is "8-12"; allowed: a local time and a later one'),
        ('mi = ["08:00-12:00"]', "hours.mi: is no known key"),
        ('special."2026-02-30" = []', "2026-02-30: is no day of the calendar"),
        ('special."heute" = []', 'is no key for this section; allowed: a date, "2026-12-24"'),
        ('holidays = "Sachsen"', 'hours.holidays: is "Sachsen"; allowed: a country'),
    ],
)
def test_wrong_hours_are_named(leipzig: Config, line: str, problem: str) -> None:
    hours = leipzig.plan_toml.index("[hours]")
    end = leipzig.plan_toml.index("[series.A]")
    with pytest.raises(ConfigInvalid) as refused:
        parse_plan(f"{leipzig.plan_toml[:hours]}[hours]\n{line}\n{leipzig.plan_toml[end:]}")
    assert problem in refused.value.message


def test_a_region_without_known_holidays_is_refused(real: Callable[..., Database], leipzig: Config) -> None:
    with pytest.raises(ConfigInvalid, match="DE-XX"):
        real().do(apply, leipzig.plan_toml.replace('"DE-SN"', '"DE-XX"'), False)
