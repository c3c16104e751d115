"""Desks open and close."""

from __future__ import annotations

import pytest

from shared.errors import DeskClosed, DeskTaken, Malformed, ServiceUnknown
from shared.model import DeskState
from shared.store.database import Database
from shared.verbs.desks import calls, opening
from shared.views.desk import read_desk


def test_a_desk_opens_for_what_it_may_serve(database: Database) -> None:
    assert database.read(read_desk, "8").state is DeskState.CLOSED
    desk = database.do(opening.open_desk, "8").desk
    assert (desk.state, desk.services) == (DeskState.OPEN, ("geld",))


def test_a_desk_for_everybody_may_serve_what_is_for_everybody(database: Database) -> None:
    assert set(database.do(opening.open_desk, "18").desk.services) == {
        "anmeldung",
        "aufenthalt",
        "geld",
        "wohnen",
        "beratung",
    }


def test_services_may_be_chosen_among_those_only(database: Database) -> None:
    with pytest.raises(ServiceUnknown, match=r"konto.*may serve"):
        database.do(opening.open_desk, "18", ["konto"])
    with pytest.raises(Malformed, match="at least one"):
        database.do(opening.open_desk, "18", [])
    assert database.do(opening.open_desk, "18", ["geld", "geld"]).desk.services == ("geld",)


def test_an_open_desk_is_taken_unless_taken_over(database: Database) -> None:
    database.do(opening.open_desk, "18")
    with pytest.raises(DeskTaken):
        database.do(opening.open_desk, "18")
    assert database.do(opening.open_desk, "18", ["geld"], ["ar"], True).desk.languages == ("ar",)


def test_an_unknown_language_is_named(database: Database) -> None:
    with pytest.raises(Malformed, match="klingon"):
        database.do(opening.open_desk, "18", None, ["klingon"])


def test_a_closed_desk_may_be_closed_again(database: Database) -> None:
    assert database.do(opening.close_desk, "18").desk.state is DeskState.CLOSED


def test_a_pause_keeps_the_visitor_and_ends_by_opening(database: Database) -> None:
    database.do(opening.open_desk, "18", ["geld"], ["ar"])
    paused = database.do(opening.pause_desk, "18", "besprechung").desk
    assert (paused.state, paused.reason) == (DeskState.PAUSED, "besprechung")
    with pytest.raises(DeskClosed, match="paused"):
        database.do(calls.call_next, "18")
    opened = database.do(opening.open_desk, "18").desk
    assert (opened.state, opened.services, opened.languages, opened.reason) == (
        DeskState.OPEN,
        ("geld",),
        ("ar",),
        None,
    )


def test_a_closed_desk_neither_pauses_nor_drains(database: Database) -> None:
    for verb in (opening.pause_desk, opening.drain_desk):
        with pytest.raises(DeskClosed):
            database.do(verb, "18")
    database.do(opening.open_desk, "18")
    with pytest.raises(Malformed, match="known are: besprechung"):
        database.do(opening.pause_desk, "18", "papier_fehlt")
