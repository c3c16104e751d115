"""Cases 3 and 4: no plan that comes into force at work moves the day, strands, renames or repeats a number."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from shared.config import Config, Plan
from shared.config.plan import Site
from shared.errors import AnkommenError, DeskBusy, Malformed, PlanRefused, QuotaUsed
from shared.model import Arrival, Need, PrintState, StopState
from shared.store import schema
from shared.store.database import Database
from shared.verbs.desks import calls, opening
from shared.verbs.look_up import find_ticket
from shared.verbs.paper import print_jobs
from shared.verbs.site.apply import apply, foresee
from shared.verbs.site.consequences import TABLE, Means
from shared.verbs.visits import change, issue
from shared.views.desk import read_desk
from shared.views.in_force import plan_in_force, plan_version
from shared.views.paper import read_print_job
from shared.views.visit import ticket_of
from tests.support.clock import HandClock
from tests.support.plans import with_line, with_series, without_desk, without_section, without_service
from tests.unit.shared.verbs.acting import called, issued, serving, states


@pytest.fixture
def at_work(database: Database) -> Database:
    """The same database for real work, where hours and quotas hold."""
    with database.engine.begin() as connection:
        connection.execute(sa.update(schema.site).values(training=False))
    return database


def refused(database: Database, toml: str, **move_to: str) -> PlanRefused:
    """The reasons against a plan: checking and applying it say the same, and nothing changes."""
    with pytest.raises(PlanRefused) as foreseen:
        database.read(foresee, toml, move_to)
    with pytest.raises(PlanRefused) as found:
        database.do(apply, toml, True, move_to)
    assert foreseen.value.message == found.value.message
    assert database.read(plan_version) == 1
    return found.value


def codes_of(error: PlanRefused) -> list[object]:
    return [one["codes"] for one in error.refused]


# ---- the day


def later(leipzig: Config, day_starts: str = "09:30") -> str:
    """The plan with another beginning of the day; without hours, which would begin before it."""
    return with_line(without_section(leipzig.plan_toml, "hours"), "site", f'day_starts = "{day_starts}"')


@pytest.mark.parametrize(
    ("line", "hours"),
    [
        ('day_starts = "09:30"', 0),  # it is 09:00 in Leipzig
        ('timezone = "America/Anchorage"', 1),  # midnight
        ('timezone = "Asia/Tokyo"', 10),  # 03:00 of the next day
    ],
)
def test_case_3_a_plan_that_moves_the_day_is_refused_with_all_open_numbers(
    database: Database, leipzig: Config, clock: HandClock, line: str, hours: int
) -> None:
    clock.forward(hours=hours)
    codes = [issued(database) for _ in range(3)]
    error = refused(database, with_line(without_section(leipzig.plan_toml, "hours"), "site", line))
    assert codes_of(error) == [codes]
    assert all(code in error.message for code in codes)
    assert issued(database) == "A004"
    assert [states(database, code)[0] for code in codes] == [StopState.WAITING] * 3


def test_case_3_a_day_that_would_end_under_those_who_wait_is_refused(
    database: Database, leipzig: Config, clock: HandClock
) -> None:
    issued(database)  # 22:00 on the same day in Kiritimati: in five hours its next day begins
    error = refused(database, with_line(leipzig.plan_toml, "site", 'timezone = "Pacific/Kiritimati"'))
    assert "today would end at 14:00" in error.message
    clock.forward(hours=5)
    assert states(database, "A001")[0] == StopState.WAITING


def test_case_3_numbers_that_are_settled_are_not_given_again_the_same_day(database: Database, leipzig: Config) -> None:
    database.do(change.cancel, issued(database))
    error = refused(database, later(leipzig))
    assert "1 numbers were drawn" in error.message


def test_case_3_before_the_first_number_and_within_the_same_day_a_plan_may_move_its_beginning(
    database: Database, leipzig: Config, clock: HandClock
) -> None:
    assert database.do(apply, later(leipzig), True).changed
    assert database.do(issue.issue, Arrival(packages=("neu",))).day == date(2026, 11, 22)
    clock.forward(hours=1)  # 10:00
    code = issued(database)
    assert database.do(apply, later(leipzig, "09:45"), True).changed
    assert database.read(find_ticket, code).day == date(2026, 11, 23)


def test_case_3_a_plan_of_another_site_is_refused(database: Database, leipzig: Config) -> None:
    other = with_line(leipzig.plan_toml, "site", 'key = "leipzg"')
    for act in (lambda: database.read(foresee, other), lambda: database.do(apply, other, True)):
        with pytest.raises(Malformed, match="'leipzg', not 'leipzig'"):
            act()


# ---- numbers, letters and quotas: see also visits/test_cases_numbers.py


def test_case_4_a_series_renamed_at_work_is_told_and_numbers_stay(database: Database, leipzig: Config) -> None:
    issued(database)
    renamed = with_series(leipzig.plan_toml, B=(1, 499, "packages"), L=(500, 799, "concerns"))
    (told,) = database.read(foresee, renamed)
    assert (told.means, told.key) == (Means.TOLD, "series.A")
    assert "up to A001" in told.sentence
    assert database.do(apply, renamed, True).consequences == (told,)
    assert called(database) == "A001"
    assert issued(database) == "B002"


def test_case_4_a_quota_counts_who_came_before_it(at_work: Database, leipzig: Config) -> None:
    for _ in range(3):
        issued(at_work, "konto")
    assert at_work.do(apply, with_line(leipzig.plan_toml, "services.konto", "quota = 4"), False).changed
    issued(at_work, "konto")
    with pytest.raises(QuotaUsed):
        issued(at_work, "konto")


def test_case_4_a_quota_below_what_was_given_gives_no_more_and_is_told(at_work: Database, leipzig: Config) -> None:
    assert at_work.do(apply, with_line(leipzig.plan_toml, "services.konto", "quota = 9"), False).changed
    for _ in range(3):
        issued(at_work, "konto")
    (told,) = at_work.do(apply, with_line(leipzig.plan_toml, "services.konto", "quota = 2"), False).consequences
    assert told.sentence == "3 visits had it today, and 2 may: nobody more today"
    with pytest.raises(QuotaUsed):
        issued(at_work, "konto")


def test_case_4_hours_that_close_the_door_are_told(at_work: Database, leipzig: Config) -> None:
    code = issued(at_work)
    (told,) = at_work.do(apply, with_line(leipzig.plan_toml, "hours", "mo = []"), False).consequences
    assert (told.key, told.sentence) == ("hours", "from now on no numbers are given")
    assert called(at_work) == code, "who has a number is served"


# ---- services and desks


def test_case_4_everybody_a_plan_would_strand_is_named_at_once(database: Database, leipzig: Config) -> None:
    first, second = issued(database, "freiwillige"), issued(database, "beratung", "freiwillige")
    called(database, "20")
    database.do(opening.open_desk, "19")
    fewer = without_service(leipzig.plan_toml, "freiwillige")
    for desk in ("17", "19", "20"):
        fewer = without_desk(fewer, desk)
    error = refused(database, fewer)
    assert [one["key"] for one in error.refused] == ["services.freiwillige", "desks.19", "desks.20"]
    assert codes_of(error)[0] == [first, second]
    assert f"{first}, {second} still need freiwillige" in error.message


def test_case_4_a_service_that_keeps_no_desk_strands_whoever_needs_it(database: Database, leipzig: Config) -> None:
    code = issued(database, "freiwillige")
    unserved = without_desk(leipzig.plan_toml, "17")
    assert codes_of(refused(database, unserved)) == [[code]]
    database.do(apply, unserved, True, {"freiwillige": "beratung"})
    assert called(database, "16") == code


def test_case_4_a_service_whose_last_desk_without_steps_goes_strands_who_needs_one(
    database: Database, leipzig: Config
) -> None:
    on_foot = issued(database, "anmeldung")
    with_steps = leipzig.plan_toml.replace('services = ["anmeldung"]\nstep_free = true\n', 'services = ["anmeldung"]\n')
    assert database.read(foresee, with_steps) == ()
    on_wheels = database.do(issue.issue, Arrival(services=("anmeldung",), needs=(Need.STEP_FREE,))).code
    assert codes_of(refused(database, with_steps)) == [[on_wheels]]
    assert on_foot not in refused(database, with_steps).message


def test_case_4_who_is_stranded_already_can_be_moved_and_hinders_no_other_plan(
    database: Database, leipzig: Config
) -> None:
    code = issued(database, "freiwillige")
    with database.engine.begin() as connection:  # as a plan did it before it was looked at
        connection.execute(sa.update(schema.plan).values(toml=without_desk(leipzig.plan_toml, "17"), digest="old"))
    assert database.do(apply, without_desk(without_desk(leipzig.plan_toml, "17"), "20"), True).changed
    database.do(apply, without_desk(leipzig.plan_toml, "17"), True, {"freiwillige": "beratung"})
    assert called(database, "16") == code


def test_case_4_two_desks_with_visitors_never_become_one(database: Database, leipzig: Config) -> None:
    for _ in range(2):
        issued(database, "anmeldung")
    serving(database, "2"), serving(database, "3")
    fewer = without_desk(without_desk(leipzig.plan_toml, "3"), "2")
    moves = {"2": "1", "3": "1"}
    for act in (lambda: database.read(foresee, fewer, moves), lambda: database.do(apply, fewer, True, moves)):
        with pytest.raises(DeskBusy, match="Desk 2 serves L50"):
            act()
    database.do(calls.finish, "3")
    assert {one.sentence for one in database.do(apply, fewer, True, moves).consequences} == {
        "desk 2 goes on as desk 1",
        "desk 3 goes on as desk 1",
    }
    assert database.read(read_desk, "1").call


# ---- paper


def printers(toml: str, **urls: str) -> str:
    """With these printers; the kiosks use the first one."""
    start, end = toml.index("[printers."), toml.index("[priorities.")
    written = "".join(f'[printers.{key}]\nurl = "{url}"\n' for key, url in urls.items())
    first = next(iter(urls))
    return (toml[:start] + written + toml[end:]).replace('printer = "empfang"', f'printer = "{first}"')


def test_case_4_slips_that_wait_for_a_printer_that_goes_are_printed_where_the_kiosk_prints_now(
    database: Database, leipzig: Config
) -> None:
    waiting = database.do(print_jobs.page_for_nobody, "empfang")
    (moved,) = database.do(apply, printers(leipzig.plan_toml, tresen="none"), True).consequences
    assert (moved.means, moved.sentence) == (Means.MOVED, "slips that wait for it are printed by tresen: 1")
    slip = database.read(read_print_job, waiting.id)
    assert (slip.printer, slip.state) == ("tresen", PrintState.QUEUED)


def test_case_4_the_printer_that_is_named_for_them_goes_first(database: Database, leipzig: Config) -> None:
    waiting = database.do(print_jobs.page_for_nobody, "empfang")
    database.do(apply, printers(leipzig.plan_toml, tresen="none", keller="none"), True, {"empfang": "keller"})
    assert database.read(read_print_job, waiting.id).printer == "keller"


def test_case_4_slips_that_nobody_takes_over_have_failed(database: Database, leipzig: Config) -> None:
    ticket = database.do(issue.issue, Arrival(packages=("neu",)), "empfang")
    start, end = leipzig.plan_toml.index("[printers."), leipzig.plan_toml.index("[priorities.")
    none = leipzig.plan_toml[:start] + leipzig.plan_toml[end:]
    database.do(
        apply, "".join(line for line in none.splitlines(keepends=True) if not line.startswith("printer = ")), True
    )
    slip = database.read(ticket_of, ticket.visit_id).print
    assert slip
    assert (slip.state, slip.detail) == (PrintState.FAILED, "the plan has this printer no more")


# ---- the rest of the table


@pytest.mark.parametrize(
    ("section", "key"),
    [("areas.empfang", "areas.empfang"), ("kiosks.eingang_2", "kiosks.eingang_2")],
)
def test_case_17_keys_that_faces_run_under_are_told(
    database: Database, leipzig: Config, section: str, key: str
) -> None:
    fewer = without_section(leipzig.plan_toml, section).replace('area = "empfang"', 'area = "wartebereich_1"')
    assert [one.key for one in database.read(foresee, fewer)] == [key]


def test_case_4_a_head_start_that_goes_is_told(database: Database, leipzig: Config) -> None:
    code = database.do(issue.issue, Arrival(packages=("neu",), priority="dringend")).code
    issued(database)
    (told,) = database.read(foresee, without_section(leipzig.plan_toml, "priorities.dringend"))
    assert (told.key, told.codes) == ("priorities.dringend", (code,))


def test_case_4_every_key_of_a_plan_has_its_row() -> None:
    assert set(TABLE) == {*(f"site.{key}" for key in Site.model_fields), *(Plan.model_fields.keys() - {"site"})}


def test_looking_changes_nothing(database: Database, leipzig: Config) -> None:
    code = issued(database, "freiwillige")
    fewer = without_desk(without_service(leipzig.plan_toml, "freiwillige"), "17")
    (moved,) = database.read(foresee, fewer, {"freiwillige": "beratung"})
    assert (moved.means, moved.codes) == (Means.MOVED, (code,))
    assert "freiwillige" in database.read(plan_in_force).services
    assert [stop.service for stop in database.read(find_ticket, code).stops] == ["freiwillige"]
    with pytest.raises(AnkommenError):
        database.read(foresee, fewer, {"konto": "beratung"})
