"""Case 16: an odd row, or one from a newer program, affects only itself."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from threading import Event
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from printers import slips
from shared.centre import Centre
from shared.config import Device
from shared.errors import AnkommenError, DatabaseMismatch
from shared.model import Arrival, AssistanceKind, Need, SuspendReason
from shared.store import schema
from shared.store.database import Database, Transaction
from shared.verbs.assistance import ask
from shared.verbs.desks import calls, letting_go, opening
from shared.verbs.learned.promises import waits
from shared.verbs.learned.report import day
from shared.verbs.look_up import find_ticket
from shared.verbs.site.due import look_after
from shared.verbs.site.halt import suspend
from shared.verbs.visits.issue import issue
from shared.views.assistance import read_assistance
from shared.views.desk import read_desk, read_waiting, read_workplace
from shared.views.paper import read_printers
from shared.views.room import read_room
from shared.views.site import lost_desks, read_door, read_hall
from tests.support.shown import FACES, papers_show

ODD_TEXTS = ("", "x", "bomb", "\x1b]0;x\x07", "🦄" * 40, "de\n", "'; --", "\u202e" * 9, "1" * 5000)
ODD_JSON = ("null", '"x"', "5", '["x"]', '{"step_free": true}', "[null, 3, []]", '["step_free", "🦄"]')
TEXTS = {"visit": ("language", "speaks", "priority"), "stop": ("language", "reason"), "print_job": ("detail",)} | {
    "site": ("reason",), "desk_state": ("reason", "holder"), "printer_state": ("status", "detail"),
    "assistance": ("language", "area", "kiosk", "face"),
}  # fmt: skip
LISTS = {"visit": ("needs",), "desk_state": ("services", "languages")}
CHANGES = [(table, column, value) for table, columns in TEXTS.items() for column in columns for value in ODD_TEXTS] + [
    (table, column, value) for table, columns in LISTS.items() for column in columns for value in ODD_JSON
]


def a_morning(database: Database) -> None:
    """Somebody waits, is called, is served and is parked; slips and a printer are known."""
    for _ in range(4):
        database.do(issue, Arrival(packages=("neu",), needs=(Need.STEP_FREE,)), "empfang")
    for desk in ("1", "2", "3"):
        database.do(opening.open_desk, desk, None, ["uk"])
    database.do(ask, AssistanceKind.GUIDE, "1", None, "A001")
    database.do(calls.call_next, "1")
    database.do(calls.start, "1")
    database.do(letting_go.park, "1")
    database.do(calls.call_next, "1")


def spoil(database: Database, table: str, column: str, value: str) -> bool:
    """Write an odd value into every row. False if the database itself refuses it."""
    cast = "::jsonb" if table in LISTS and column in LISTS[table] and database.engine.dialect.name != "sqlite" else ""
    try:
        with database.engine.begin() as connection:
            connection.execute(sa.text(f"UPDATE {table} SET {column} = CAST(:value AS TEXT){cast}"), {"value": value})
    except sa.exc.DBAPIError:
        return False
    return True


VIEWS: tuple[Callable[[Transaction], Any], ...] = (
    lambda t: find_ticket(t, "A001"),
    lambda t: read_desk(t, "1"),
    lambda t: read_workplace(t, "1"),
    lambda t: read_waiting(t, ("anmeldung",)),
    read_room,
    lambda t: read_room(t, "wartebereich_1"),
    read_door,
    read_hall,
    lost_desks,
    read_assistance,
    read_printers,
    waits,
    day,
)


@pytest.mark.parametrize("show", FACES)
def test_every_face_shows_a_plain_morning(show: Callable[[Database], None], database: Database) -> None:
    """Otherwise the test below would check nothing."""
    a_morning(database)
    show(database)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(st.sampled_from(CHANGES), min_size=1, max_size=4))
def test_case_16_odd_rows_end_no_view_and_no_face(changes: list[tuple[str, str, str]], database: Database) -> None:
    if not database.read(read_hall).calls:
        a_morning(database)
    for change in changes:
        spoil(database, *change)
    for view in VIEWS:
        with suppress(AnkommenError):  # a refusal is an answer
            database.read(view)
    database.do(look_after)
    for show in FACES:
        with suppress(AnkommenError):
            show(database)


def test_case_16_a_ticket_whose_letters_cannot_be_drawn_comes_as_text(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("raqm_layout() failed.")

    a_morning(database)
    monkeypatch.setattr(slips, "ticket_picture", fails)
    papers_show(database)


@pytest.mark.parametrize("needs", ODD_JSON)
def test_case_16_whoever_has_an_odd_need_is_called_all_the_same(needs: str, database: Database) -> None:
    database.do(issue, Arrival(services=("anmeldung",)))
    assert spoil(database, "visit", "needs", needs)
    database.do(opening.open_desk, "1")
    answer = database.do(calls.call_next, "1")
    assert answer.call
    assert set(answer.call.needs) <= {Need.STEP_FREE}


def test_case_16_a_reason_that_nobody_knows_suspends_all_the_same(database: Database) -> None:
    database.do(suspend, SuspendReason.FIRE)
    assert spoil(database, "site", "reason", "bomb")
    assert database.read(read_room).suspended is SuspendReason.TECHNICAL
    database.do(opening.open_desk, "1")
    with pytest.raises(AnkommenError, match="nobody is called"):
        database.do(calls.call_next, "1")


def a_newer_plan(t: Transaction) -> int:
    row = t.execute(sa.select(schema.plan).filter_by(site=t.site)).one()
    newer = {**row._asdict(), "version": 2, "toml": row.toml + "\n[wonders]\nmany = 7\n", "digest": "newer"}
    t.execute(sa.insert(schema.plan), newer)
    t.event("apply")
    return 2


def test_case_16_a_plan_of_a_newer_program_is_said_and_wakes_the_faces(database: Database) -> None:
    centre = Centre(database, Device())
    woken = Event()
    try:
        before = centre.plan
        centre.subscribe(woken.set)
        database.keep(a_newer_plan)
        woken.clear()
        assert woken.wait(10)
        assert centre.plan is before
        with pytest.raises(DatabaseMismatch, match=r"Plan 2.*newer program: update.*wonders"):
            centre.read(read_hall).result(10)
    finally:
        centre.close()


def test_the_odd_values_are_stored(database: Database) -> None:
    """Otherwise the test above would check nothing."""
    a_morning(database)
    stored = [change for change in CHANGES if spoil(database, *change)]
    assert len(stored) > len(CHANGES) / 2
