"""The software printer: strict with bytes, honest in its log, one connection at a time."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from printers import commands
from printers.escpos import print_picture
from printers.faults import Faults
from printers.interpreter import Answer, Cut, Interpreter, Wrong
from printers.raster import raster
from printers.virtual import VirtualPrinter
from shared.errors import Malformed, PrinterUnavailable
from shared.model import PrintState
from tests.support.waiting import wait_until

BLOCK = b"\x1dv0\x00\x02\x00\x03\x00" + b"\xff\x00" * 3
"""A picture of 16 dots by 3 rows."""

PROGRAM = """
import pathlib, sys
from printers.serve import serve
serve("127.0.0.1", 0, pathlib.Path(sys.argv[1]), ["paper_out"])
"""


def entries(out: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (out / "log.jsonl").read_text(encoding="utf-8").splitlines()]


def slip() -> Image.Image:
    picture = Image.new("1", (576, 300), 1)
    picture.paste(0, (100, 100, 200, 200))
    return picture


@pytest.mark.parametrize(
    ("data", "detail"),
    [
        (b"Nummer", "unknown: 4e 75 6d 6d 65 72"),
        (b"\x1bZ", "unknown: 1b 5a"),
        (b"\x1d(L\x02\x00\x30\x32", "unknown: 1d 28 4c"),
        (b"\x1dV\x07", "unknown: 1d 56 07"),
        (b"\x10\x04\x09", "unknown: 10 04 09"),
        (b"\x1dv0\x00\x49\x00\x01\x00" + bytes(73), "a picture of 584 dots on a head of 576"),
    ],
)
def test_what_a_printer_would_not_understand_is_an_error(data: bytes, detail: str) -> None:
    (event,) = Interpreter(576).take(data, Faults())
    assert isinstance(event, Wrong)
    assert event.detail.startswith(detail)


def test_bytes_mean_the_same_however_they_are_cut_into_pieces() -> None:
    data = (
        commands.INITIALISE
        + raster(slip(), 203)
        + BLOCK
        + commands.ask(1)
        + commands.FEED_AND_CUT
        + commands.ask_proof(b"abcd")
    )
    expected = Answer(b"\x12"), Answer(commands.proof(b"abcd"))
    for size in (1, 3, 4096):
        printer, events = Interpreter(576), []
        for start in range(0, len(data), size):
            events += printer.take(data[start : start + size], Faults())
        assert tuple(event for event in events if isinstance(event, Answer)) == expected
        (cut,) = (event for event in events if isinstance(event, Cut))
        assert cut.picture is not None
        assert cut.picture.size == (576, 303)


def test_a_broken_picture_eats_what_follows_until_it_is_cleared() -> None:
    printer = Interpreter(576)
    assert printer.take(BLOCK[:-3], Faults()) == []
    assert printer.unfinished == "11 bytes of a picture whose rest is missing"
    assert printer.take(b"\x1d", Faults()) == []
    assert printer.take(commands.CLEAR, Faults())[-1] == Answer(commands.CLEARED)
    assert printer.unfinished is None
    assert printer.take(commands.ASK_IN_ORDER, Faults()) == [Answer(b"\x00")]


def test_feeding_follows_the_motion_unit() -> None:
    printer = Interpreter(576)
    printer.take(b"\x1bJ\x14", Faults())
    printer.take(commands.rows_as_unit(203) + b"\x1bJ\x14", Faults())
    (cut,) = printer.take(commands.FEED_AND_CUT, Faults())
    assert isinstance(cut, Cut)
    assert cut.picture is not None
    assert cut.picture.height == 10 + 20


def test_the_log_tells_of_connection_paper_and_error(printer: VirtualPrinter, tmp_path: Path) -> None:
    with socket.create_connection(tuple(printer.address.split(":"))) as wire:  # type: ignore[arg-type]
        wire.sendall(b"Nummer" + BLOCK + commands.FEED_AND_CUT + b"\x1d")
    wait_until(lambda: len(printer.errors) == 2)
    log = entries(tmp_path / "papers")
    assert [entry["event"] for entry in log] == ["connection", "error", "paper", "end of connection", "error"]
    assert {key: log[2][key] for key in ("file", "width", "height")} == {"file": "0001.png", "width": 576, "height": 3}
    assert all(str(entry["time"]).endswith("Z") for entry in log)
    assert not list((tmp_path / "papers").glob("*.part"))


def test_a_second_program_waits_in_line(printer: VirtualPrinter) -> None:
    host, port = printer.address.split(":")
    with socket.create_connection((host, int(port)), timeout=5) as first:
        first.sendall(commands.ask(1))
        assert first.recv(1) == b"\x12"
        second = socket.create_connection((host, int(port)), timeout=5)
        second.sendall(commands.ask(1))
        first.sendall(commands.ask(4))
        assert first.recv(1) == b"\x12"
        second.settimeout(0.05)
        with pytest.raises(TimeoutError):
            second.recv(1)
    second.settimeout(5)
    assert second.recv(1) == b"\x12"
    second.close()


def test_numbers_of_papers_go_on_after_a_restart(tmp_path: Path) -> None:
    for name in ("0001.png", "0002.png"):
        with VirtualPrinter(tmp_path) as printer:
            assert print_picture(printer.url, slip()).state is PrintState.PRINTED
            assert [path.name for path in printer.papers] == [name]


def test_a_taken_port_is_said(printer: VirtualPrinter, tmp_path: Path) -> None:
    with pytest.raises(PrinterUnavailable, match="cannot be used"):
        VirtualPrinter(tmp_path, port=int(printer.address.split(":")[1]))


@pytest.mark.parametrize("line", ["fire", "drop", "drop=x", "drop=0", "paper_out=7"])
def test_an_unknown_fault_is_refused(line: str) -> None:
    with pytest.raises(Malformed):
        Faults().with_line(line)


def test_faults_come_and_go_by_lines() -> None:
    faults = Faults().with_line("paper_out\n").with_line(" drop = 100 ").with_line("slow=5")
    assert faults == Faults(paper_out=True, drop=100, slow=5)
    assert faults.with_line("paper_out=off").with_line("drop=off").with_line("slow=off") == Faults()


def test_the_command_says_where_it_listens_obeys_stdin_and_ends_on_a_signal(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-W", "error", "-c", PROGRAM, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        try:
            url = f"tcp://{json.loads(process.stdout.readline())['listening']}"
            assert print_picture(url, slip()).detail == "the printer has no paper"
            process.stdin.write("fire\npaper_out=off\n")
            process.stdin.close()
            assert process.stderr.readline().startswith('No fault "fire"')
            while (receipt := print_picture(url, slip())).state is PrintState.FAILED:
                assert receipt.detail == "the printer has no paper"
            assert receipt.state is PrintState.PRINTED
            assert (tmp_path / "0001.png").exists()
            process.send_signal(signal.SIGTERM)
            assert process.wait(10) == 0
            assert process.stdout.read() == process.stderr.read() == ""
        finally:
            process.kill()
