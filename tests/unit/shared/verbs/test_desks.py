"""Desks open and close."""

from __future__ import annotations

import pytest

from shared.errors import DeskTaken, Malformed, ServiceUnknown
from shared.model import DeskState
from shared.store.database import Database
from shared.verbs import desks, views


def test_a_desk_opens_for_what_it_may_serve(database: Database) -> None:
    assert database.read(views.desk, "8").state is DeskState.CLOSED
    desk = database.do(desks.open_desk, "8")
    assert (desk.state, desk.services) == (DeskState.OPEN, ("geld",))


def test_a_desk_for_everybody_may_serve_what_is_for_everybody(database: Database) -> None:
    assert set(database.do(desks.open_desk, "18").services) == {"anmeldung", "aufenthalt", "geld", "wohnen", "beratung"}


def test_services_may_be_chosen_among_those_only(database: Database) -> None:
    with pytest.raises(ServiceUnknown, match=r"konto.*may serve"):
        database.do(desks.open_desk, "18", ["konto"])
    with pytest.raises(Malformed, match="at least one"):
        database.do(desks.open_desk, "18", [])
    assert database.do(desks.open_desk, "18", ["geld", "geld"]).services == ("geld",)


def test_an_open_desk_is_taken_unless_taken_over(database: Database) -> None:
    database.do(desks.open_desk, "18")
    with pytest.raises(DeskTaken):
        database.do(desks.open_desk, "18")
    assert database.do(desks.open_desk, "18", ["geld"], ["ar"], True).languages == ("ar",)


def test_an_unknown_language_is_named(database: Database) -> None:
    with pytest.raises(Malformed, match="klingon"):
        database.do(desks.open_desk, "18", None, ["klingon"])


def test_a_closed_desk_may_be_closed_again(database: Database) -> None:
    assert database.do(desks.close_desk, "18").state is DeskState.CLOSED
