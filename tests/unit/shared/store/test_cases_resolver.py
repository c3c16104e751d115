"""Case 20: the name of a Postgres server is resolved before a deadline, and stays its name."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from shared.deadline import Deadline
from shared.errors import DatabaseUnavailable
from shared.store import database, postgres
from shared.store.database import Database
from shared.store.server_address import add_addresses
from shared.views.in_force import plan_version
from tests.support.resolver import hanging_resolver, resolver


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PGHOST", "PGPORT", "PGHOSTADDR"):
        monkeypatch.delenv(name, raising=False)


def added(**options: Any) -> dict[str, Any]:
    add_addresses(options, Deadline.after(5))
    return options


def test_case_20_a_resolver_that_hangs_stops_no_face(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "_CONNECT_S", 0.05)
    monkeypatch.setattr(database, "PATIENCE_S", 0.2)
    away = Database("postgresql+psycopg://face@db.example/town", "leipzig")
    with (
        hanging_resolver() as asked,
        pytest.raises(DatabaseUnavailable, match=r"the name db\.example is not resolved in time"),
    ):
        away.read(plan_version)
    assert asked == ["db.example"]


def test_case_20_a_name_keeps_itself_and_gets_all_its_addresses() -> None:
    with resolver(db=["192.0.2.1", "192.0.2.2", "192.0.2.1"]):
        assert added(host="db", dbname="town") == {
            "host": "db,db", "hostaddr": "192.0.2.1,192.0.2.2", "port": "5432,5432", "dbname": "town"
        }  # fmt: skip


def test_case_20_of_several_servers_those_with_an_address_are_tried() -> None:
    with resolver(one=["192.0.2.1"], two=["2001:db8::2"]):
        known = added(host="one,gone,two", port="5432,5433,5434")
    assert known == {"host": "one,two", "hostaddr": "192.0.2.1,2001:db8::2", "port": "5432,5434"}


def test_case_20_a_name_without_an_address_is_said() -> None:
    with resolver(), pytest.raises(psycopg.OperationalError, match="Name or service not known"):
        added(host="gone")


@pytest.mark.parametrize(
    "options", [{}, {"host": "/run/postgresql", "port": "5433"}, {"host": "db", "hostaddr": "192.0.2.1"}]
)
def test_case_20_sockets_and_given_addresses_ask_nobody(options: dict[str, str]) -> None:
    with resolver():
        known = added(**options)
    assert {**known, "hostaddr": known.get("hostaddr") or None} == {**options, "hostaddr": options.get("hostaddr")}


def test_case_20_a_name_in_the_environment_is_resolved_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGHOST", "db")
    with resolver(db=["192.0.2.1"]):
        assert added()["hostaddr"] == "192.0.2.1"
