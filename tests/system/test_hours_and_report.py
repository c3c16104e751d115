"""Hours, plan moves, the report and the purge from the command line."""

from __future__ import annotations

import csv
from collections.abc import Callable

import pytest

from ankommen.opening import shipped_config
from shared.config import read_config
from shared.model import Arrival
from shared.rules.waiting_time import LEAST_FINISHED
from shared.store.database import Database
from shared.verbs.desks import calls, opening
from shared.verbs.visits import issue
from tests.support.plans import without_desk, without_service
from tests.system.conftest import House
from tests.system.test_cli import ankommen  # noqa: F401  (a fixture)

Run = Callable[..., dict[str, object]]


@pytest.fixture
def closed(house: House, monkeypatch: pytest.MonkeyPatch, ankommen: Run) -> Run:  # noqa: F811
    """Real work at a centre that is closed on every day of the week."""
    monkeypatch.setenv("ANKOMMEN_TRAINING", "")
    text = read_config(shipped_config()).plan_toml
    start, end = text.index("[hours]"), text.index("[series.A]")
    (house.folder / "config.toml").write_text(f"{text[:start]}[hours]\n{text[end:]}", encoding="utf-8")
    return ankommen


def test_a_closed_centre_refuses_and_can_be_opened_by_hand(closed: Run) -> None:
    refused = closed("ticket", "issue", "neu", "--no-print", code=3)
    assert (refused["error"], refused["reason"], refused["again"]) == ("closed", "closed", None)
    hall = closed("queue")
    assert hall["opening"] == {"open": False, "reason": "closed", "until": None, "again": None}
    assert {service["closed"] for service in hall["services"]} == {"closed"}  # type: ignore[attr-defined]
    assert str(closed("site", "open", "--until", "03:00")["open_until"]).endswith(
        "Z"
    )  # the end of the day, at any hour
    assert closed("ticket", "issue", "neu", "--no-print")["code"] == "A001"
    assert closed("day", "close", "--yes")["open_visits"] == 1
    assert closed("ticket", "issue", "neu", "--no-print", code=3)["reason"] == "ended"
    assert closed("site", "open", "--until", "noon", code=2)["error"] == "malformed"


def test_a_service_that_goes_moves_its_visitors(house: House, ankommen: Run) -> None:  # noqa: F811
    code = ankommen("ticket", "issue", "freiwillige", "--no-print")["code"]
    text = read_config(shipped_config()).plan_toml
    fewer = house.folder / "fewer.toml"
    fewer.write_text(without_desk(without_service(text, "freiwillige"), "17"), encoding="utf-8")
    refused = ankommen("apply", str(fewer), code=3)
    assert refused["error"] == "wrong_state"
    assert f"{code} still needs freiwillige" in str(refused["message"])
    assert ankommen("apply", str(fewer), "--move-to", "freiwillige", code=2)["error"] == "malformed"
    assert ankommen("apply", str(fewer), "--move-to", "freiwillige=beratung")["version"] == 2
    assert ankommen("ticket", "show", str(code))["stops"] == [{"service": "beratung", "state": "waiting"}]


def test_a_day_is_reported_without_small_counts(house: House, ankommen: Run) -> None:  # noqa: F811
    for language in ("uk",) * 5 + ("ti",):
        ankommen("ticket", "issue", "konto", "--no-print", "--language", language)
    ankommen("desk", "open", "15")
    for verb in ("next", "start", "finish"):
        ankommen("desk", verb, "15")
    file = house.folder / "day.csv"
    told = ankommen("report", "day", "--csv", str(file))
    assert (told["visits"], told["journeys"], told["minutes_p50"]) == (6, None, None)
    assert told["languages"] == {"ti": None, "uk": None}
    assert [cell["n"] for cell in told["waits"]] == [None]  # type: ignore[attr-defined]
    rows = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    assert [(row["service"], row["n"], row["wait_p50_s"]) for row in rows] == [("konto", "<5", "<5")]
    assert ankommen("purge")["visits"] == 0
    assert ankommen("report", "day", "--day", "2020-01-01")["waits"] == []


def test_waits_are_told_and_reported_once_they_are_known(house: House, ankommen: Run) -> None:  # noqa: F811
    assert ankommen("ticket", "issue", "konto")["wait"] is None, "nobody was served yet"
    assert ankommen("report", "promises")["services"] == []
    database = Database(house.environment["ANKOMMEN_DATABASE"], "leipzig")
    database.do(opening.open_desk, "15")
    for _ in range(LEAST_FINISHED):
        database.do(issue.issue, Arrival(services=("konto",)))
    for _ in range(LEAST_FINISHED + 1):
        database.do(calls.call_next, "15")
        database.do(calls.start, "15")
        database.do(calls.finish, "15")
    database.close()
    told = ankommen("ticket", "issue", "konto")
    assert told["wait"] == {"low": 0, "high": 5}
    assert ankommen("ticket", "show", str(told["code"]))["wait"] == told["wait"]
    waits = {service["service"]: service["wait"] for service in ankommen("queue")["services"]}  # type: ignore[attr-defined]
    assert waits["konto"] is not None
    assert {wait for service, wait in waits.items() if service != "konto"} == {None}
    assert ankommen("report", "promises", "--days", "1") == {"days": 1, "services": []}, "no paper has said so"
    assert ankommen("report", "promises", "--days", "0", code=2)["error"] == "malformed"
