"""Cases 8 and 9: whatever a line sends, a face lives, hears the next touch, and takes a scan for a scan."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from faces.scans import SILENCE_S
from tests.support.hostile import HOSTILE
from tests.support.line import Line
from tests.support.probe import SECRET
from tests.support.probed import Probe
from tests.support.waiting import wait_until
from tests.system.conftest import House, Terminal


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
    kiosk.tap("Ja, Nummer ziehen")
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
    assert re.search(r" input dropped .*sequence \d+", house.log.read_text())
    assert "touch 1" in house.log.read_text()


def test_case_8_a_busy_program_is_not_buried_in_touches(probe: Callable[..., Probe], house: House) -> None:
    line = probe("kiosk", "busy")
    line.tap()
    line.tells("busy")
    for _ in range(2000):
        line.tap()
    Path(f"{line.told_to}.free").touch()

    def answers_again() -> bool:
        line.tap(60, 20)
        return ["tap", 59, 19] in line.heard()

    wait_until(answers_again, lambda: len(line.heard("tap")))
    assert line.heard("tap").count(["tap", 4, 4]) < 1000
    line.process.terminate()
    line.ended()
    dropped = re.search(r"too many (\d+)", house.log.read_text())
    assert dropped
    assert int(dropped[1]) > 2000


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


def test_case_9_only_the_left_button_alone_means_anything(probe: Callable[..., Probe]) -> None:
    line = probe("console")
    for button in (1, 2, 4, 8, 16):  # middle, right, and left with Shift, Alt or Ctrl
        line.send(f"\x1b[<{button};7;7M\x1b[<{button};7;7m".encode())
    line.answers()
    assert line.heard("tap") == [["tap", 0, 0]]
