"""The command line's contract: keys, exit codes, options before and after the command."""

from __future__ import annotations

import json
import subprocess
import sys
import wave
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
import typer
from PIL import Image

from ankommen.cli import COMMANDS, main, options_first, program
from ankommen.opening import shipped_config
from printers.virtual import VirtualPrinter
from shared.language import LANGUAGES
from tests.support.paper import codes_on
from tests.system.conftest import House

REAL = {"ANKOMMEN_TRAINING": ""}


@pytest.fixture
def ankommen(
    house: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., dict[str, object]]:
    """Runs a command in this process, in the environment of the house; far quicker than a process each."""
    for name, value in house.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(house.folder)

    def run(*arguments: str, code: int = 0) -> dict[str, object]:
        ended = main([*arguments, "--json"])
        printed = capsys.readouterr().out
        assert ended == code, printed
        assert len(printed.splitlines()) == 1, printed
        answer = json.loads(printed)
        assert isinstance(answer, dict)
        return answer

    return run


def test_options_may_stand_anywhere_before_a_double_dash() -> None:
    words = ["ticket", "issue", "--json", "neu", "--database", "x", "--config=c", "--", "--json"]
    options = ["--json", "--database", "x", "--config=c"]
    assert options_first(words) == (options, ["ticket", "issue", "neu", "--", "--json"])


def test_each_first_word_of_the_command_line_has_its_place() -> None:
    assert set(typer.main.get_command(program()).commands) == set(COMMANDS)
    for word in COMMANDS:
        assert word in typer.main.get_command(program(word)).commands


def test_a_ticket_says_all_of_itself(ankommen: Callable[..., dict[str, object]], printer: VirtualPrinter) -> None:
    url = printer.url
    words = ["ticket", "issue", "neu_familie", "--language", "ar", "--adults", "2", "--children", "3"]
    ticket = ankommen("--printer", url, *words, "--interpreter", "ar", "--need", "step_free", "--priority", "dringend")
    assert ticket["code"] == "A001"
    assert (ticket["language"], ticket["adults"], ticket["children"], ticket["wait"]) == ("ar", 2, 3, None)
    assert ticket["stops"][0] == {"service": "anmeldung", "state": "waiting"}
    assert ticket["print"] == {"state": "printed", "printer": url, "detail": None}
    assert len(printer.papers) == 1
    assert ankommen("ticket", "show", "a-001") == ticket


def test_a_ticket_without_a_printer_is_issued_all_the_same(ankommen: Callable[..., dict[str, object]]) -> None:
    ticket = ankommen("ticket", "issue", "neu", "--printer", "tcp://127.0.0.1:9")
    assert (ticket["code"], ticket["print"]["state"]) == ("A001", "failed")  # type: ignore[index]


def test_a_ticket_is_printed_once_more_as_a_copy(
    ankommen: Callable[..., dict[str, object]], printer: VirtualPrinter
) -> None:
    url = printer.url
    ticket = ankommen("ticket", "issue", "neu", "--printer", url)
    copy = ankommen("ticket", "reprint", "A001", "--printer", url)
    assert (copy["token"], copy["print"]) == (ticket["token"], ticket["print"])
    leaflet = ankommen("ticket", "leaflet", "A001", "geld", "--printer", url)
    assert leaflet["print"] == ticket["print"]
    assert len(printer.papers) == 3
    ankommen("ticket", "reprint", "A099", code=3)


def test_printers_say_how_they_are_and_print_a_page(
    ankommen: Callable[..., dict[str, object]], printer: VirtualPrinter
) -> None:
    url = printer.url
    (known,) = ankommen("printer", "status", "--printer", url)["printers"]  # type: ignore[misc, attr-defined]
    assert known == {"printer": url, "status": "ready", "detail": None, "watched": False}
    assert ankommen("printer", "test", "--printer", url)["print"]["state"] == "printed"  # type: ignore[index]
    assert len(printer.papers) == 1
    assert ankommen("printer", "test", "--printer", "tcp://127.0.0.1:9", code=1)["error"] == "printer"
    assert ankommen("printer", "status", "unheard", code=2)["error"] == "malformed"


def test_a_printer_that_does_not_print_is_a_failure_and_one_that_only_confirms_nothing_is_not(
    ankommen: Callable[..., dict[str, object]], printer: VirtualPrinter, tmp_path: Path
) -> None:
    printer.set_fault("offline")
    (known,) = ankommen("printer", "status", "--printer", printer.url, code=1)["printers"]  # type: ignore[misc, attr-defined]
    assert known["status"] == "offline"
    unproven = ankommen("printer", "test", "--printer", f"file://{tmp_path}/paper")
    assert unproven["print"]["state"] == "unproven"  # type: ignore[index]
    both = ankommen("printer", "test", "empfang", "--printer", printer.url, code=2)
    assert both["message"] == (
        f"Two printers are named: 'empfang', and {printer.url} by --printer or ANKOMMEN_PRINTER. Name one."
    )


def test_a_logo_is_printed_where_its_file_is_not(
    ankommen: Callable[..., dict[str, object]], printer: VirtualPrinter, house: House
) -> None:
    url = printer.url
    plain = shipped_config().read_text(encoding="utf-8")
    file, logo = house.folder / "my.toml", house.folder / "logo.png"
    file.write_text(plain.replace("[site]\n", '[site]\nlogo = "logo.png"\n', 1), encoding="utf-8")
    words = ["ticket", "image", "--sample", "uk", "--out", "sample.png", "--config", str(file)]
    for command in (["apply", "--check"], ["apply"], words[:-2]):
        told = ankommen(*command, "--config", str(file), code=2)
        assert ': site.logo: "logo.png" is no file beside this one' in str(told["message"])
    Image.new("1", (300, 90)).save(logo)
    ankommen("apply", "--config", str(file))
    ankommen(*words)
    logo.unlink()
    assert (
        ankommen("ticket", "issue", "neu", "--language", "ar", "--printer", url, "--config", str(file))["code"]
        == "A001"
    )
    for picture in (printer.papers[0], house.folder / "sample.png"):
        with Image.open(picture) as paper:
            band = paper.convert("L").point(lambda grey: 255 - grey).crop((0, 70, 576, 140))
            assert band.getbbox() is not None
            assert sum(band.crop((288, 0, 289, 70)).tobytes()) > 40 * 255, "the logo is a black bar in the middle"


def test_a_group_gets_a_ticket_each(ankommen: Callable[..., dict[str, object]]) -> None:
    request = str(uuid4())
    words = ["ticket", "issue", "neu", "--count", "3", "--no-print", "--request", request]
    first = ankommen(*words)
    assert [ticket["code"] for ticket in first["tickets"]] == ["A001", "A002", "A003"]  # type: ignore[attr-defined]
    assert ankommen(*words) == first


def test_a_request_is_done_once(ankommen: Callable[..., dict[str, object]], printer: VirtualPrinter) -> None:
    url = printer.url
    request = str(uuid4())
    words = ["ticket", "issue", "neu", "--printer", url, "--request", request]
    assert ankommen(*words) == ankommen(*words)
    assert len(printer.papers) == 1
    assert ankommen(*words, "--adults", "3", code=3)["error"] == "request_reused"


def test_a_desk_works_from_the_command_line(ankommen: Callable[..., dict[str, object]]) -> None:
    ankommen("ticket", "issue", "neu", "--no-print", "--language", "uk")
    opened = ankommen("desk", "open", "1", "--languages", "uk,ar")
    empty = dict.fromkeys(["code", "service", "language", "adults", "children", "stop_state", "call_id", "ring"])
    assert opened == {"desk": "1", "desk_state": "open", **empty}
    called = ankommen("desk", "next", "1")
    assert (called["code"], called["stop_state"], called["ring"], called["language"]) == ("A001", "called", 1, "uk")
    assert ankommen("desk", "start", "1")["stop_state"] == "serving"
    finished = ankommen("desk", "finish", "1")
    assert (finished["code"], finished["stop_state"]) == ("A001", "done")
    assert ankommen("desk", "close", "1")["desk_state"] == "closed"
    queue = ankommen("queue", "--language", "en", "--explain", "biometrie")
    by_service = {row["service"]: row for row in queue["services"]}  # type: ignore[attr-defined]
    assert by_service["biometrie"]["name"] == "Photo and fingerprints"
    assert (by_service["biometrie"]["waiting"], by_service["anmeldung"]["waiting"]) == (1, 0)
    assert [row["code"] for row in queue["explain"]] == ["A001"]  # type: ignore[attr-defined]
    assert queue["calls"] == []


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        ("ticket issue mond", 3, "unknown_service"),
        ("ticket issue neu --adults 0", 2, "malformed"),
        ("ticket issue neu --adults 500", 2, "malformed"),
        ("ticket issue neu --language klingon", 2, "malformed"),
        ("ticket issue neu --need wings", 2, "malformed"),
        ("ticket issue neu --count 0", 2, "malformed"),
        ("ticket issue neu --printer fax://1", 2, "config"),
        ("ticket show A001", 3, "unknown_number"),
        ("desk next 1", 3, "desk_closed"),
        ("desk next 99", 3, "unknown_desk"),
        ("desk open 1 --services geld", 3, "unknown_service"),
        ("desk start 1", 3, "wrong_state"),
        ("queue --explain mond", 3, "unknown_service"),
        ("announce A017 99 --language de --out x.wav", 3, "unknown_desk"),
        ("announce A017 5 --language xx --out x.wav", 2, "malformed"),
        ("apply nowhere.toml", 2, "config"),
        ("queue --database mysql://x", 2, "malformed"),
        ("queue --request 7", 2, "malformed"),
        ("no_such_command", 2, "malformed"),
    ],
)
def test_what_cannot_be_done_is_named(
    ankommen: Callable[..., dict[str, object]], words: str, code: int, error: str
) -> None:
    answer = ankommen(*words.split(), code=code)
    assert answer["error"] == error
    assert answer["message"]


def test_nobody_waits_and_a_taken_desk_and_a_busy_one_are_refused(ankommen: Callable[..., dict[str, object]]) -> None:
    ankommen("desk", "open", "1")
    assert ankommen("desk", "next", "1", code=3)["error"] == "nobody_waits"
    assert ankommen("desk", "open", "1", code=3)["error"] == "desk_taken"
    ankommen("desk", "open", "1", "--take-over")
    ankommen("ticket", "issue", "neu", "--no-print")
    ankommen("desk", "next", "1")
    assert ankommen("desk", "next", "1", code=3)["error"] == "desk_busy"


def test_training_and_real_work_never_share_a_database(
    ankommen: Callable[..., dict[str, object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    ankommen("ticket", "issue", "neu", "--no-print")
    monkeypatch.setenv("ANKOMMEN_TRAINING", "0")
    answer = ankommen("queue", code=2)
    assert answer["error"] == "database_mismatch"
    monkeypatch.delenv("ANKOMMEN_DATABASE")
    waiting = [service["waiting"] for service in ankommen("queue")["services"]]  # type: ignore[attr-defined]
    assert set(waiting) == {0}, "real work has a file of its own in the state folder"


def test_a_plan_is_checked_and_applied(
    ankommen: Callable[..., dict[str, object]], house: House, leipzig: object
) -> None:
    text = leipzig.path.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    (house.folder / "config.toml").write_text(text.replace("Ankommenszentrum Leipzig", "Ankunft"), encoding="utf-8")
    assert ankommen("apply", "--check")["ok"] is True
    assert ankommen("apply")["version"] == 1
    (house.folder / "config.toml").write_text(text, encoding="utf-8")
    assert ankommen("apply")["version"] == 2
    broken = text.replace('area = "wartebereich_1"', 'area = "mond"', 1)
    (house.folder / "config.toml").write_text(broken, encoding="utf-8")
    line = broken[: broken.index('area = "mond"')].count("\n") + 1
    assert f"config.toml:{line}: " in str(ankommen("apply", code=2)["message"])


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_sample_ticket_can_be_looked_at(ankommen: Callable[..., dict[str, object]], house: House, tag: str) -> None:
    file = house.folder / "sample.png"
    answer = ankommen("ticket", "image", "--sample", tag, "--out", str(file))
    with Image.open(file) as picture:
        assert [answer["width"], answer["height"]] == list(picture.size)
        assert codes_on(picture) == [answer["qr"]]


def test_a_ticket_of_today_can_be_looked_at(ankommen: Callable[..., dict[str, object]], house: House) -> None:
    ticket = ankommen("ticket", "issue", "neu", "--no-print")
    answer = ankommen("ticket", "image", "A001", "--out", str(house.folder / "a.png"))
    assert answer["qr"] == ticket["qr"]
    assert ankommen("ticket", "image", "--out", "x.png", code=2)["error"] == "malformed"


def test_a_call_can_be_written_as_sound(
    ankommen: Callable[..., dict[str, object]], house: House, need: Callable[[str], None]
) -> None:
    need("espeak-ng")
    file = house.folder / "call.wav"
    answer = ankommen("announce", "A017", "5", "--language", "uk", "--out", str(file))
    assert answer["texts"] == [
        {"language": "uk", "text": "Номер А, 17. Підійдіть, будь ласка, до столу 5."},
        {"language": "de", "text": "Nummer A, 17. Bitte zu Platz 5."},
    ]
    with wave.open(str(file)) as sound:
        assert sound.getnframes() / sound.getframerate() > 6


def test_doctor_names_each_thing(ankommen: Callable[..., dict[str, object]], printer: VirtualPrinter) -> None:
    url = printer.url
    answer = ankommen("doctor", "--printer", url, code=1)
    checks = {check["name"]: check for check in answer["checks"]}  # type: ignore[attr-defined]
    for name in ("configuration", "engine", "database", "plan", "printer --printer", "letters"):
        assert checks[name]["ok"], checks[name]
    assert not checks["sound card"]["ok"]
    assert set(checks["sound card"]) == {"name", "ok", "detail"}


def test_help_names_the_commands_and_the_global_options() -> None:
    shown = subprocess.run([sys.executable, "-m", "ankommen", "--help"], capture_output=True, text=True, check=True)
    for word in ("kiosk", "caller", "display", "demo", "ticket", "desk", "queue", "apply", "doctor", "--training"):
        assert word in shown.stdout
