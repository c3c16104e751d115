"""Every command of the help, with the keys of its answer and its exit codes; older and newer databases; the backup."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import typer
from alembic import command as alembic
from alembic.config import Config as AlembicConfig

from ankommen.cli import program
from shared.store.database import Database
from shared.store.schema import REVISION
from tests.system.conftest import House
from tests.system.test_cli import ankommen  # noqa: F401  (a fixture)

Run = Callable[..., dict[str, Any]]

TICKET = {
    "code",
    "token",
    "qr",
    "day",
    "language",
    "adults",
    "children",
    "interpreter",
    "needs",
    "stops",
    "wait",
    "print",
}
ASSISTANCE = {"id", "kind", "language", "desk", "kiosk", "area", "code", "reason"} | {
    "state", "face", "opened_at", "waited_s", "ring"
}  # fmt: skip
DESK = {"desk", "desk_state", "code", "service", "language", "adults", "children", "stop_state", "call_id", "ring"}


def commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The words of every command of a group, or of a command itself."""
    if not hasattr(command, "commands"):
        yield path
        return
    for name, each in command.commands.items():
        yield from commands(each, (*path, name))


def test_every_command_is_run_by_a_test() -> None:
    tested = "".join(file.read_text(encoding="utf-8") for file in Path(__file__).parent.glob("test_*.py"))
    tested += (Path(__file__).parent / "conftest.py").read_text(encoding="utf-8")
    offered = list(commands(typer.main.get_command(program())))
    assert len(offered) > 35
    for words in offered:
        named = ", ".join(f'"{word}"' for word in words)
        assert f"({named}" in tested or f", {named}" in tested, words


@pytest.fixture
def at_desk(ankommen: Run) -> str:  # noqa: F811
    """Somebody is called to desk 1; another one waits."""
    for _ in range(2):
        ankommen("ticket", "issue", "anmeldung", "beratung", "--no-print", "--language", "uk")
    ankommen("desk", "open", "1")
    return str(ankommen("desk", "next", "1")["code"])


def states(ticket: dict[str, Any]) -> list[str]:
    return [stop["state"] for stop in ticket["stops"]]


@pytest.mark.parametrize("words", [("kiosk",), ("caller", "1"), ("display",)])
def test_a_face_without_a_terminal_says_what_it_needs(ankommen: Run, words: tuple[str, ...]) -> None:  # noqa: F811
    refused = ankommen(*words, code=1)
    assert set(refused) == {"error", "message"}
    assert "terminal" in refused["message"]


def test_a_small_morning_runs_by_itself(ankommen: Run, house: House) -> None:  # noqa: F811
    told = ankommen("demo", "--headless", "--out", str(house.folder / "morning"))
    assert set(told) == {"visits", "stops", "desks", "languages", "printed", "papers", "folder", "seconds"}
    assert told["visits"] == told["printed"] == told["papers"] > 0
    assert len(list(Path(told["folder"]).glob("*.png"))) >= told["papers"]


def test_reception_adds_cancels_and_brings_back(ankommen: Run) -> None:  # noqa: F811
    code = ankommen("ticket", "issue", "anmeldung", "--no-print")["code"]
    added = ankommen("ticket", "add", code, "beratung", "konto")
    assert set(added) == TICKET
    assert states(added) == ["waiting", "planned", "planned"]
    assert ankommen("ticket", "add", code, "mond", code=3)["error"] == "unknown_service"
    assert ankommen("ticket", "add", code, "konto", code=3)["error"] == "wrong_state"
    assert states(ankommen("ticket", "cancel", code, "--service", "konto")) == ["waiting", "planned", "cancelled"]
    cancelled = ankommen("ticket", "cancel", code)
    assert set(cancelled) == TICKET
    assert set(states(cancelled)) == {"cancelled"}
    assert ankommen("ticket", "cancel", code, code=3)["error"] == "wrong_state"
    assert states(ankommen("ticket", "back", code)) == ["waiting", "planned", "planned"]
    assert ankommen("ticket", "back", code, code=3)["error"] == "wrong_state"
    assert ankommen("ticket", "back", code, "--day", "2020-01-01", code=3)["error"] == "unknown_number"


def test_a_visitor_has_a_break_and_is_back(ankommen: Run) -> None:  # noqa: F811
    code = ankommen("ticket", "issue", "anmeldung", "--no-print")["code"]
    for _ in range(2):
        paused = ankommen("ticket", "pause", code)
        assert (set(paused), states(paused)) == (TICKET, ["parked"])
        assert ankommen("ticket", "pause", code, code=3)["error"] == "wrong_state"
        assert states(ankommen("ticket", "back", code)) == ["waiting"]
    assert ankommen("ticket", "pause", code, code=3)["error"] == "wrong_state"  # two breaks are all


def test_a_desk_calls_again_and_nobody_comes(ankommen: Run, at_desk: str) -> None:  # noqa: F811
    again = ankommen("desk", "recall", "1")
    assert (set(again), again["ring"], again["stop_state"]) == (DESK, 2, "called")
    ankommen("desk", "recall", "1")
    assert ankommen("desk", "recall", "1", code=3)["error"] == "wrong_state"
    missed = ankommen("desk", "missed", "1")
    assert (set(missed), missed["code"], missed["stop_state"]) == (DESK, at_desk, "missed")
    assert ankommen("desk", "missed", "1", code=3)["error"] == "wrong_state"
    assert ankommen("desk", "unpark", "1", at_desk)["code"] is None
    assert states(ankommen("ticket", "show", at_desk)) == ["waiting", "planned"]


def test_a_desk_lets_its_visitor_go(ankommen: Run, at_desk: str) -> None:  # noqa: F811
    returned = ankommen("desk", "return", "1")
    assert (set(returned), returned["code"], returned["stop_state"]) == (DESK, at_desk, "waiting")
    assert ankommen("desk", "call", "1", at_desk)["stop_state"] == "called"
    assert ankommen("desk", "call", "1", at_desk, code=3)["error"] == "desk_busy"
    parked = ankommen("desk", "park", "1", "--reason", "papier_fehlt", "--minutes", "20")
    assert (set(parked), parked["stop_state"]) == (DESK, "parked")
    assert ankommen("desk", "unpark", "1", at_desk, code=3)["error"] == "visit_busy"  # the next stop waits
    ankommen("desk", "call", "1", at_desk)
    assert ankommen("desk", "park", "1", "--reason", "mond", code=2)["error"] == "malformed"
    assert ankommen("desk", "park", "1", "--minutes", "0", code=2)["error"] == "malformed"
    forwarded = ankommen("desk", "forward", "1", "konto", "schule")
    assert (set(forwarded), forwarded["stop_state"]) == (DESK, "forwarded")
    assert states(ankommen("ticket", "show", at_desk)) == ["forwarded", "waiting", "planned", "planned"]
    assert ankommen("desk", "forward", "1", "konto", code=3)["error"] == "wrong_state"


def test_a_desk_takes_its_steps_back(ankommen: Run, at_desk: str) -> None:  # noqa: F811
    ankommen("desk", "start", "1")
    following = ankommen("desk", "finish", "1", "--next")
    assert (set(following), following["stop_state"]) == (DESK, "called")
    assert following["code"] != at_desk
    assert ankommen("desk", "undo", "1")["code"] is None
    undone = ankommen("desk", "undo", "1")
    assert (set(undone), undone["code"], undone["stop_state"]) == (DESK, at_desk, "serving")
    for _ in range(2):
        ankommen("desk", "undo", "1")
    assert ankommen("desk", "undo", "1", code=3)["error"] == "undo_expired"


def test_a_desk_pauses_and_drains(ankommen: Run, at_desk: str) -> None:  # noqa: F811
    paused = ankommen("desk", "pause", "1", "--reason", "kurze_pause")
    assert (set(paused), paused["desk_state"], paused["code"]) == (DESK, "paused", at_desk)
    assert ankommen("desk", "pause", "1", "--reason", "mond", code=2)["error"] == "malformed"
    assert ankommen("desk", "next", "1", code=3)["error"] == "desk_closed"
    assert ankommen("desk", "drain", "1")["desk_state"] == "draining"
    assert ankommen("desk", "close", "1")["desk_state"] == "closed"
    for verb in ("pause", "drain"):
        assert ankommen("desk", verb, "1", code=3)["error"] == "desk_closed"


def test_a_desk_asks_for_help_and_somebody_comes(ankommen: Run, at_desk: str) -> None:  # noqa: F811
    asked = ankommen("assist", "interpreter", "so", "--desk", "1", "--visit", at_desk)
    assert set(asked) == ASSISTANCE
    assert (asked["kind"], asked["language"], asked["desk"], asked["code"]) == ("interpreter", "so", "1", at_desk)
    asks = ankommen("assist", "guide", "--desk", "1"), ankommen("assist", "emergency", "--desk", "1")
    ids = [str(one["id"]) for one in asks]
    assert [one["kind"] for one in ankommen("assist", "list")["assistance"]] == ["interpreter", "guide", "emergency"]
    assert [one["ring"] for one in ankommen("queue")["assistance"]] == [1, 1, 1]
    assert ankommen("assist", "accept", ids[0], "--face", "guides")["face"] == "guides"
    assert ankommen("assist", "accept", ids[0], code=3)["error"] == "wrong_state"
    assert ankommen("assist", "underway", ids[0])["state"] == "underway"
    assert ankommen("assist", "there", ids[0])["ring"] is None
    assert ankommen("assist", "done", ids[0])["state"] == "done"
    assert ankommen("assist", "cancel", ids[1])["state"] == "cancelled"
    assert [one["id"] for one in ankommen("assist", "list")["assistance"]] == [asked["id"]]
    assert ankommen("assist", "done", "99", code=3)["error"] == "unknown_assistance"
    assert ankommen("assist", "guide", "--desk", "99", code=3)["error"] == "unknown_desk"
    assert ankommen("assist", "interpreter", "Somali", "--desk", "1", code=2)["error"] == "malformed"


def test_nobody_is_called_while_the_centre_is_suspended(ankommen: Run, at_desk: str) -> None:  # noqa: F811
    assert ankommen("site", "suspend", "--reason", "fire") == {"state": "suspended", "reason": "fire"}
    assert ankommen("desk", "next", "1", code=3)["error"] == "suspended"
    assert states(ankommen("ticket", "show", at_desk)) == ["waiting", "planned"]
    assert ankommen("site", "suspend", "--reason", "rain", code=2)["error"] == "malformed"
    assert ankommen("site", "resume") == {"state": "open", "reason": None}
    assert ankommen("desk", "next", "1")["code"] == at_desk


def test_case_5_a_day_closed_by_mistake_is_reopened(ankommen: Run) -> None:  # noqa: F811
    code = ankommen("ticket", "issue", "neu", "--no-print")["code"]
    refused = ankommen("day", "close", code=3)
    assert (refused["error"], "--yes" in refused["message"]) == ("wrong_state", True)
    assert ankommen("day", "close", "--yes") == {"state": "closed", "open_visits": 1}
    assert ankommen("day", "reopen") == {"state": "open", "open_visits": 1}
    assert ankommen("ticket", "show", code)["stops"][0]["state"] == "waiting"
    assert ankommen("day", "reopen", code=3)["error"] == "wrong_state"


def test_case_2_the_clock_is_confirmed(ankommen: Run) -> None:  # noqa: F811
    assert ankommen("day", "confirm")["state"] == "confirmed"
    assert ankommen("queue")["clock"] is None


def test_the_day_is_not_closed_over_somebody_who_is_served(ankommen: Run, at_desk: str) -> None:  # noqa: F811
    ankommen("desk", "start", "1")
    refused = ankommen("day", "close", code=3)
    assert refused["error"] == "desk_busy"
    assert at_desk in refused["message"]


def test_the_queue_names_a_lost_console(ankommen: Run, house: House, at_desk: str) -> None:  # noqa: F811
    ankommen("desk", "start", "1")
    assert ankommen("queue")["lost"] == []
    with sqlite3.connect(house.folder / "centre.sqlite") as database:
        database.execute("UPDATE desk_state SET holder = 'console', lease_until = 0")
    ankommen("desk", "open", "2")
    ankommen("desk", "next", "2")  # brings about what is due
    assert ankommen("queue")["lost"] == [{"desk": "1", "codes": [at_desk]}]
    ankommen("desk", "open", "1")
    assert ankommen("queue")["lost"] == []


def test_a_copy_is_taken_while_everybody_works_and_can_be_worked_with(
    ankommen: Run,  # noqa: F811
    house: House,
    at_desk: str,
) -> None:
    copy = house.folder / "copy.sqlite"
    told = ankommen("backup", str(copy))
    assert told == {"path": str(copy), "bytes": copy.stat().st_size, "revision": REVISION}
    ankommen("desk", "start", "1")
    restored = f"sqlite:///{copy}"
    assert states(ankommen("ticket", "show", at_desk, "--database", restored)) == ["called", "planned"]
    assert ankommen("desk", "start", "1", "--database", restored)["stop_state"] == "serving"
    assert ankommen("ticket", "issue", "anmeldung", "--no-print", "--database", restored)["code"] == "L502"
    assert ankommen("backup", str(copy), code=2)["error"] == "malformed"  # nothing is overwritten
    assert ankommen("backup", str(house.folder / "no" / "copy.sqlite"), code=1)["error"] == "database"
    nothing = f"sqlite:///{house.folder}/nothing.sqlite"
    assert ankommen("backup", str(house.folder / "c"), "--database", nothing, code=1)["error"] == "database"


def everything_in(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as database:
        return list(database.iterdump())


def doctor(ankommen: Run, code: int) -> dict[str, Any]:  # noqa: F811
    return {check["name"]: check for check in ankommen("doctor", code=code)["checks"]}


def test_doctor_leaves_an_older_database_as_it_is_and_says_what_comes(ankommen: Run, house: House) -> None:  # noqa: F811
    file = house.folder / "centre.sqlite"
    file.touch()
    database = Database(f"sqlite:///{file}", "leipzig")
    config = AlembicConfig()
    config.set_main_option("script_location", "shared.store:migrations")
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        alembic.upgrade(config, "0003")
    database.close()
    before = everything_in(file)
    check = doctor(ankommen, 1)["database"]  # 1: there is no sound card here
    assert check["ok"]
    assert f"revision 0003 is older than this program's {REVISION}" in check["detail"]
    assert "ankommen backup" in check["detail"]
    assert everything_in(file) == before
    assert ankommen("backup", str(house.folder / "old.sqlite"))["revision"] == "0003"
    ankommen("queue")
    assert ankommen("backup", str(house.folder / "new.sqlite"))["revision"] == REVISION


def test_a_newer_database_is_refused_by_every_command_and_nothing_is_touched(ankommen: Run, house: House) -> None:  # noqa: F811
    ankommen("ticket", "issue", "anmeldung", "--no-print")
    file = house.folder / "centre.sqlite"
    with sqlite3.connect(file) as database:
        database.execute("UPDATE alembic_version SET version_num = '9000'")
    before = everything_in(file)
    check = doctor(ankommen, 2)["database"]
    assert not check["ok"]
    assert "newer (revision 9000) than this program" in check["detail"]
    assert "update the program" in check["detail"]
    for words in (("queue",), ("ticket", "issue", "neu", "--no-print"), ("desk", "open", "1"), ("purge",), ("apply",)):
        assert ankommen(*words, code=2)["error"] == "database_mismatch"
    assert everything_in(file) == before
