"""Cases 8 to 12: whatever a line sends or does, a face lives, hears the next touch, and restores the terminal."""

from __future__ import annotations

import json
import re
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

import shared.language
from faces.scans import SILENCE_S
from shared.language import LANGUAGES, language
from tests.support.hostile import HOSTILE
from tests.support.line import Line
from tests.support.probe import SECRET
from tests.support.waiting import wait_until
from tests.system.conftest import House, Terminal


class Probe(Line):
    """The face of `tests.support.probe` on its line, and the events that reached its handlers."""

    told_to: Path

    def heard(self, *kinds: str) -> list[list[object]]:
        """The reports of these kinds so far."""
        lines = self.told_to.read_text().splitlines() if self.told_to.exists() else []
        told = [json.loads(line) for line in lines]
        return [what for what in told if not kinds or what[0] in kinds]

    def tells(self, *what: object) -> None:
        """Wait until it has reported this."""
        wait_until(
            lambda: list(what) in self.heard(), lambda: f"{what} never came: {self.heard()} {self.drawn[-500:]!r}"
        )

    def answers(self) -> None:
        """Check that taps are still handled, with a tap at a new place."""
        nth = len(self.heard("tap"))
        column, row = nth % 70, nth // 70
        self.tap(column + 1, row + 1)
        self.tells("tap", column, row)


@pytest.fixture
def probe(house: House) -> Iterator[Callable[..., Probe]]:
    """Starts the probe, as a kiosk or a console, and waits until it is there."""
    started: list[Probe] = []

    def start(*arguments: str, ignore_hangup: bool = False, early: bytes = b"", **more: str) -> Probe:
        told_to = house.folder / f"told{len(started)}"
        environment = {**house.environment, "TERM": "xterm-256color", "PROBE": str(told_to), **more}
        command = [sys.executable, "-m", "tests.support.probe", *arguments]
        line = Probe(command, environment, house.folder, ignore_hangup=ignore_hangup)
        line.told_to = told_to
        started.append(line)
        if early:
            wait_until(lambda: line.drawn, line.heard)
            line.send(early)
        wait_until(lambda: line.heard("ready"), lambda: line.drawn)
        return line

    yield start
    for line in started:
        line.__exit__(None, None, None)


@pytest.mark.parametrize("face", ["kiosk", "console"])
def test_case_8_after_each_hostile_input_the_next_tap_is_handled(probe: Callable[..., Probe], face: str) -> None:
    line = probe(face)
    for name, data in HOSTILE.items():
        line.send(data)
        line.answers()
        assert line.process.poll() is None, name
    assert all(size == ["size", 80, 25] for size in line.heard("size")), "no report from the line changes the size"
    assert not line.heard("scan", "wheel")
    if face == "kiosk":
        assert not line.heard("key", "paste")


def test_case_8_the_kiosk_outlives_all_of_it(terminal: Callable[..., Terminal], house: House) -> None:
    kiosk = terminal("--printer", "none", "kiosk")
    kiosk.shows("Deutsch")
    for data in HOSTILE.values():
        kiosk.receives(data)
    kiosk.tap("Deutsch")
    kiosk.tap("Ich bin neu")
    kiosk.shows("Bitte warten Sie hier")
    assert house.run("ticket", "show", "A001")["language"] == "de"


@pytest.mark.parametrize("face", ["kiosk", "console"])
def test_case_8_what_comes_before_the_first_picture_does_no_harm(probe: Callable[..., Probe], face: str) -> None:
    line = probe(face, early=b"".join(HOSTILE.values())[:3000] + b"\x1b\\" + SECRET.encode() + b"\r")
    line.answers()


def test_case_8_a_paste_without_an_end_holds_no_key_for_longer_than_a_second(probe: Callable[..., Probe]) -> None:
    line = probe("console")
    line.send(b"\x1b[200~")

    def typed() -> object:
        line.send(b"n")
        return line.heard("key")

    wait_until(typed, every_s=2 * SILENCE_S)  # as a hand would
    assert line.heard("key")[0] == ["key", "n"]


def test_case_8_a_kiosk_takes_touches_and_scans_and_no_key(probe: Callable[..., Probe]) -> None:
    line = probe("kiosk")
    line.send(b"\x03\x11\x1a\x1b[A\x1bOP n\r\x1b[<65;5;5M")
    line.answers()
    time.sleep(2 * SILENCE_S)  # amid noise no letter counts
    line.send(SECRET.encode())
    line.tells("scan", SECRET)
    assert not line.heard("key", "paste", "wheel")


def test_case_8_what_was_dropped_is_in_the_log(probe: Callable[..., Probe], house: House) -> None:
    line = probe("kiosk")
    line.send(b"\x1b[48;30;100;0;0t\x1b[<0;500;500M")
    line.answers()
    line.process.terminate()
    line.ended()
    assert re.search(r" input dropped .*sequence \d+", log_of(house).read_text())
    assert "touch 1" in log_of(house).read_text()


@pytest.mark.parametrize("seconds", [2, pytest.param(60, marks=pytest.mark.long)])
@pytest.mark.parametrize("face", ["kiosk", "console"])
def test_case_8_random_bytes_at_a_process_that_mostly_stands_still(
    probe: Callable[..., Probe], face: str, seconds: int
) -> None:
    line, chance = probe(face), Random(8)
    before_kb = line.memory_kb()
    for _ in range(seconds * 10):
        line.send(chance.randbytes(chance.randrange(500)))
        with line.stopped():
            line.send(chance.choice(list(HOSTILE.values()))[:2000])  # more the line itself would not hold
            time.sleep(0.08)
        time.sleep(0.02)
    line.send(b"\x1b\\")
    time.sleep(1 + SILENCE_S)  # a paste may still be open
    line.tap(80, 25)
    line.tells("tap", 79, 24)
    time.sleep(2 * SILENCE_S)
    line.send(SECRET.encode())
    line.tells("scan", SECRET)
    if face == "console":
        line.send(b"\x1b[18~")
        line.tells("key", "f7")
    assert line.memory_kb() - before_kb < 15_000


@pytest.mark.parametrize("pieces", [[SECRET + "\r"], [SECRET], [SECRET[:8], SECRET[8:16], SECRET[16:] + "\r"]])
def test_case_9_a_burst_is_one_scan_and_no_key(probe: Callable[..., Probe], pieces: list[str]) -> None:
    line = probe("console")
    for piece in pieces:
        line.send(piece.encode())
    line.tells("scan", SECRET)
    line.answers()
    assert line.heard("scan") == [["scan", SECRET]]
    assert not line.heard("key")


def test_case_9_a_ticket_at_the_scanner_of_a_desk_steps_nobody_and_is_named(house: House) -> None:
    token = house.run("ticket", "issue", "neu", "--no-print")["token"]
    for step in ("open", "next", "start"):
        before = house.run("desk", step, "1")
    environment = house.environment | {"TERM": "xterm-256color"}
    with Line([sys.executable, "-m", "ankommen", "caller", "1"], environment, house.folder, (100, 30)) as line:
        line.shows("Fertig")
        line.send(token.encode() + b"\r")
        line.shows("Das ist A001: ")
        time.sleep(2 * SILENCE_S)
        line.send(b"\x11")
        assert line.ended() == 0
    after = house.run("ticket", "show", "A001")
    assert before["code"] == "A001"
    assert after["stops"][0]["state"] == "serving"


def test_case_9_a_scan_that_a_stop_tears_is_one_scan(probe: Callable[..., Probe]) -> None:
    line = probe("console")
    line.send(SECRET[:8].encode())
    with line.stopped():
        line.send(SECRET[8:16].encode())
        time.sleep(4 * SILENCE_S)  # longer than any silence that ends a scan, if anybody listened
    line.send(SECRET[16:].encode())
    line.tells("scan", SECRET)
    assert not line.heard("key")


def test_case_9_single_keys_are_keys(probe: Callable[..., Probe]) -> None:
    line = probe("console")
    for key, name in ((b"n", "n"), (b"\x1b", "escape"), (b"\x1b[A", "up"), (b"\r", "enter"), (b"\x1bOP", "f1")):
        line.send(key)
        line.tells("key", name)


def test_case_9_only_the_left_button_means_anything(probe: Callable[..., Probe]) -> None:
    line = probe("console")
    for button in (1, 2):
        line.send(f"\x1b[<{button};7;7M\x1b[<{button};7;7m".encode())
    line.answers()
    assert line.heard("tap") == [["tap", 0, 0]]


@pytest.mark.parametrize("face", ["kiosk", "console"])
def test_case_10_a_fault_shows_a_calm_page_and_no_value(probe: Callable[..., Probe], house: House, face: str) -> None:
    line = probe(face, "raise")
    line.tap()
    assert line.ended() == 70
    line.comes_to_rest()
    shown = line.drawn[line.drawn.rindex(b"\x1b[2J") :].decode()
    said = [language(tag).text("There is a fault. Please go to reception.") for tag in LANGUAGES]
    assert said[0] in shown
    if face == "kiosk":
        assert all(sentence in shown for sentence in said if sentence.isascii())
        assert shown.count("H") >= len(LANGUAGES)
    log = log_of(house)
    assert re.search(r" crash KeyError at probe.py:\d+:on_click", log.read_text())
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    for foreign in (SECRET, "Traceback", "KeyError"):
        assert foreign.encode() not in line.drawn
    assert SECRET not in log.read_text()


FACES = {
    "kiosk": (["kiosk"], "kiosk.screens.kiosk.KioskScreen"),
    "display": (["display"], "display.screens.board.BoardScreen"),
    "caller": (["caller", "1"], "caller.screens.desk.DeskScreen"),
}
SORRY = {
    "kiosk": "There is a fault. Please go to reception.",
    "display": "There is a fault. Please stay here. Your number stays valid.",
    "caller": "This program has ended because of a fault. Please start it again.",
}


@pytest.mark.parametrize("face", FACES)
def test_case_10_each_face_says_what_to_do_now(house: House, face: str) -> None:
    arguments, screen = FACES[face]
    code = _FAULTY.format(screen=screen, secret=SECRET, arguments=arguments)
    with Line([sys.executable, "-c", code], house.environment | {"TERM": "xterm"}, house.folder, (100, 30)) as line:
        assert line.ended() == 70
        line.comes_to_rest()
        shown = line.drawn[line.drawn.rindex(b"\x1b[2J") :].decode()
        tags = ["de"] if face == "caller" else ["de", "uk", "vi"]
        assert all(language(tag).text(SORRY[face]) in shown for tag in tags), shown
        assert SECRET.encode() not in line.drawn
    assert re.search(r" crash ValueError at <string>:\d+:fail", log_of(house).read_text())


_FAULTY = """
import importlib, sys
room, _, name = "{screen}".rpartition(".")
async def fail(self, event):
    token = "{secret}"
    raise ValueError(token)
getattr(importlib.import_module(room), name)._on_mount = fail
from ankommen.cli import main
sys.exit(main({arguments}))
"""


@pytest.mark.parametrize("unit", ["ankommen-kiosk@", "ankommen-display@"])
def test_case_10_the_units_that_start_faces_again_are_sound(
    need: Callable[[str], None], tmp_path: Path, unit: str
) -> None:
    need("systemd-analyze")
    text = (Path(shared.language.__file__).parents[2] / "deploy" / f"{unit}.service").read_text()
    assert "Restart=always" in text
    assert "StartLimitIntervalSec=0" in text
    instance = tmp_path / f"{unit}x.service"
    instance.write_text(text.replace("/usr/bin/cage", "/usr/bin/env"))  # a program that is here
    done = subprocess.run(["systemd-analyze", "verify", instance], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_case_10_a_fault_of_a_thread_is_logged_and_not_drawn(probe: Callable[..., Probe], house: House) -> None:
    line = probe("kiosk", "thread")
    line.tap()
    line.tells("tap", 4, 4)
    wait_until(
        lambda: log_of(house).exists() and " thread KeyError at probe.py:" in log_of(house).read_text(), line.heard
    )
    assert b"Traceback" not in line.drawn
    assert SECRET.encode() not in line.drawn
    assert SECRET not in log_of(house).read_text()


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_case_11_a_signal_ends_it_and_the_terminal_is_as_before(
    probe: Callable[..., Probe], ending: signal.Signals
) -> None:
    line = probe("console")
    line.process.send_signal(ending)
    assert line.ended() == 128 + ending
    line.comes_to_rest()


def test_case_11_a_stuck_handler_holds_neither_the_end_nor_the_terminal(probe: Callable[..., Probe]) -> None:
    line = probe("console", "stuck")
    line.tap()
    line.tells("stuck")
    line.process.terminate()
    assert line.ended() == 128 + signal.SIGTERM
    line.comes_to_rest()


def test_case_11_a_terminal_that_nobody_reads_holds_neither(probe: Callable[..., Probe]) -> None:
    line = probe("console")
    line.reading.clear()
    for n in range(2000):  # each move is drawn nowhere, but answers fill the line
        line.send(f"\x1b[<35;{n % 80 + 1};5M".encode())
    line.process.terminate()
    assert line.ended() == 128 + signal.SIGTERM
    line.reading.set()
    line.comes_to_rest()


def test_case_11_without_a_terminal_it_ends(probe: Callable[..., Probe]) -> None:
    line = probe("console")
    line.hang_up()
    assert line.ended() in {1, 128 + signal.SIGHUP}, "whichever was heard first"


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("ending", ["hang up", "SIGTERM"])
def test_case_11_each_face_ends_with_its_terminal_and_by_a_signal(house: House, face: str, ending: str) -> None:
    command = [sys.executable, "-m", "ankommen", *FACES[face][0]]
    environment = house.environment | {"TERM": "xterm"}
    with Line(command, environment, house.folder, (100, 30), ignore_hangup=ending == "hang up") as line:
        wait_until(lambda: b"\x1b[?25l" in line.drawn and len(line.drawn) > 2000, lambda: line.drawn)
        if ending == "hang up":
            line.hang_up()
            assert line.ended() == 1
        else:
            line.process.terminate()
            assert line.ended() == 128 + signal.SIGTERM
            line.comes_to_rest()


def test_case_11_stopped_and_continued_it_listens_with_one_ear(probe: Callable[..., Probe]) -> None:
    line = probe("console")
    threads = line.threads()
    for _ in range(5):
        with line.stopped():
            pass
        line.answers()
    assert line.threads() == threads


def test_case_12_an_exported_size_cuts_nothing(probe: Callable[..., Probe]) -> None:
    line = probe("kiosk", COLUMNS="40", LINES="10")
    assert line.heard("ready") == [["ready", 80, 25]]
    line.tap(75, 20)
    line.tells("tap", 74, 19)


@pytest.mark.parametrize("encoding", ["ascii", "iso-8859-15"])
def test_case_12_a_number_is_told_in_any_encoding(house: House, encoding: str) -> None:
    names = spoken(house, encoding, "ticket", "issue", "neu", "--language", "uk")
    assert "A001" in names
    assert ("Fingerabdrücke" if encoding != "ascii" else "Fingerabdrucke") in names
    assert "\\" not in names
    told = json.loads(spoken(house, encoding, "ticket", "show", "A001", "--json"))
    assert (told["code"], told["language"]) == ("A001", "uk")


@pytest.mark.parametrize("encoding", ["ascii", "iso-8859-15"])
def test_case_12_a_console_is_drawn_in_any_encoding(house: House, encoding: str) -> None:
    environment = {**house.environment, "TERM": "xterm-256color", "PYTHONIOENCODING": encoding}
    with Line([sys.executable, "-m", "ankommen", "caller", "1"], environment, house.folder, (100, 30)) as line:
        line.shows("geschlossen")
        line.shows({"ascii": "Platz o", "iso-8859-15": "Platz ö"}[encoding], encoding)
        drawn = line.drawn.decode(encoding)
        assert "\\u" not in drawn
        assert "\\x" not in drawn
        line.send(b"\x11")
        assert line.ended() == 0


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_case_12_an_answer_that_cannot_be_written_is_a_sentence(house: House, options: list[str]) -> None:
    house.run("queue")
    command = [sys.executable, "-m", "ankommen", "ticket", "issue", "neu", "--no-print", *options]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, env=house.environment, cwd=house.folder, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 1
    assert done.stderr.startswith(b"The answer cannot be written (No space left on device).")
    assert done.stderr.count(b"\n") == 1


def spoken(house: House, encoding: str, *arguments: str) -> str:
    """What a command prints where its output is in this encoding."""
    environment = {**house.environment, "PYTHONIOENCODING": encoding}
    command = [sys.executable, "-m", "ankommen", *arguments]
    done = subprocess.run(command, env=environment, cwd=house.folder, capture_output=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.decode(encoding)


def log_of(house: House) -> Path:
    """Where faces of this house write their faults."""
    return Path(house.environment["HOME"]) / ".local" / "state" / "ankommen" / "faces.log"
