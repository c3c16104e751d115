"""A slip goes over a real connection to the software printer, and the receipt says what is known."""

from __future__ import annotations

import os
import socket
import threading
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from printers import commands, device_file, network
from printers.escpos import PrinterStatus, Receipt, picture_bytes, print_picture, status
from printers.layout import ticket_picture
from printers.samples import SAMPLE_WAIT
from printers.states import unproven
from printers.virtual import VirtualPrinter
from shared.config import Plan
from shared.errors import ConfigInvalid
from shared.model import Doubt, PrinterCondition, PrintState, Ticket
from tests.support.waiting import wait_until


@pytest.fixture
def slip(ticket: Ticket, plan: Plan) -> Image.Image:
    return ticket_picture(ticket, plan, wait=SAMPLE_WAIT)


@pytest.fixture(autouse=True)
def quick(quick_printers: None) -> None:
    """Silence is recognised sooner than in real life."""


def same(paper: Path, slip: Image.Image) -> bool:
    """Whether a paper has exactly the dots of a slip."""
    with Image.open(paper) as picture:
        return picture.size == slip.size and ImageChops.logical_xor(picture.convert("1"), slip).getbbox() is None


def test_a_slip_is_printed_dot_for_dot_and_proven(printer: VirtualPrinter, slip: Image.Image) -> None:
    assert print_picture(printer.url, slip) == Receipt(PrintState.PRINTED)
    assert len(printer.papers) == 1
    assert same(printer.papers[0], slip)
    assert printer.errors == []


def test_the_paper_is_there_before_the_receipt(printer: VirtualPrinter, slip: Image.Image) -> None:
    for n in range(1, 6):
        assert print_picture(printer.url, slip).state is PrintState.PRINTED
        assert [path.name for path in printer.papers][-1] == f"{n:04d}.png"


@pytest.mark.parametrize(("dots", "dpi"), [(384, 203), (512, 180)])
def test_blank_rows_are_as_long_on_every_paper(tmp_path: Path, dots: int, dpi: int) -> None:
    picture = Image.new("1", (dots, 1200), 1)
    picture.paste(0, (10, 5, 60, 20))
    picture.paste(0, (10, 1000, 60, 1100))
    picture.info["dpi"] = (dpi, dpi)
    with VirtualPrinter(tmp_path, dots=dots) as printer:
        assert print_picture(printer.url, picture).state is PrintState.PRINTED
        assert same(printer.papers[0], picture)


@pytest.mark.parametrize(
    ("fault", "state", "detail"),
    [
        ("paper_out", PrinterCondition.PAPER_OUT, "the printer has no paper"),
        ("cover_open", PrinterCondition.COVER_OPEN, "the printer's cover is open"),
        ("offline", PrinterCondition.OFFLINE, "the printer is offline"),
    ],
)
def test_nothing_is_sent_to_a_printer_that_cannot_print(
    printer: VirtualPrinter, slip: Image.Image, fault: str, state: PrinterCondition, detail: str
) -> None:
    printer.set_fault(fault)
    assert print_picture(printer.url, slip) == Receipt(PrintState.FAILED, detail)
    assert status(printer.url) == PrinterStatus(state, detail)
    printer.set_fault(fault, False)
    assert status(printer.url) == PrinterStatus(PrinterCondition.READY)
    assert print_picture(printer.url, slip).state is PrintState.PRINTED
    assert len(printer.papers) == 1


def test_paper_running_low_still_prints(printer: VirtualPrinter, slip: Image.Image) -> None:
    printer.set_fault("paper_low")
    assert status(printer.url).state == "paper_low"
    assert print_picture(printer.url, slip).state is PrintState.PRINTED


def test_a_printer_that_nobody_finds_prints_nothing(printer: VirtualPrinter, slip: Image.Image) -> None:
    printer.set_fault("refuse")
    receipt = print_picture(printer.url, slip)
    assert receipt == Receipt(PrintState.FAILED, "the printer cannot be reached: connection refused")
    assert status(printer.url).state == "unreachable"
    printer.set_fault("refuse", False)
    assert print_picture(printer.url, slip).state is PrintState.PRINTED


@pytest.mark.parametrize("fault", ["no_status", "garbage_status"])
def test_a_printer_that_says_nothing_of_itself_prints_all_the_same(
    printer: VirtualPrinter, slip: Image.Image, fault: str
) -> None:
    printer.set_fault(fault)
    assert status(printer.url).state == "unproven"
    assert print_picture(printer.url, slip) == Receipt(PrintState.PRINTED)


def test_a_clone_that_answers_nothing_is_unproven(printer: VirtualPrinter, slip: Image.Image) -> None:
    printer.set_fault("no_status")
    printer.set_fault("no_process_id")
    assert print_picture(printer.url, slip) == unproven("the printer did not confirm", Doubt.SILENCE)
    wait_until(lambda: len(printer.papers) == 1)
    assert same(printer.papers[0], slip)


def test_without_a_proof_nothing_is_called_printed(printer: VirtualPrinter, slip: Image.Image) -> None:
    printer.set_fault("no_process_id")
    receipt = print_picture(printer.url, slip, timeout_s=1)
    assert receipt == unproven("the printer did not confirm", Doubt.SILENCE)


def test_a_printer_that_hangs_is_unproven_and_in_time(printer: VirtualPrinter, slip: Image.Image) -> None:
    printer.set_fault("hang")
    assert print_picture(printer.url, slip, timeout_s=2).state is PrintState.UNPROVEN
    printer.set_fault("hang", False)
    wait_until(lambda: len(printer.papers) == 1)
    assert same(printer.papers[0], slip)


def test_the_slip_after_a_broken_connection_is_whole(printer: VirtualPrinter, slip: Image.Image) -> None:
    printer.set_fault("drop", 5000)
    # It depends on what the system took before the break whether the program knows that the slip is not whole.
    assert print_picture(printer.url, slip).state in (PrintState.FAILED, PrintState.UNPROVEN)
    printer.set_fault("drop", "off")
    assert "rest is missing" in printer.errors[0]
    assert print_picture(printer.url, slip) == Receipt(PrintState.PRINTED)
    assert same(printer.papers[-1], slip)
    assert len(printer.errors) == 1


def test_a_slip_that_was_sent_in_part_may_come_again_when_the_printer_has_forgotten_it(
    printer: VirtualPrinter, slip: Image.Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    send = network.send
    monkeypatch.setattr(network, "send", lambda write, handle, data, until: send(write, handle, data[:20_000], until))
    broken = print_picture(printer.url, slip)
    assert broken.state is PrintState.FAILED
    assert broken.detail is not None
    assert broken.detail.endswith("the printer has cleared it")
    monkeypatch.undo()
    assert print_picture(printer.url, slip) == Receipt(PrintState.PRINTED)
    assert same(printer.papers[-1], slip)


def test_a_slip_that_was_sent_for_the_most_part_does_not_come_again(
    printer: VirtualPrinter, slip: Image.Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its number and its code may be on paper already."""
    send, most = network.send, len(picture_bytes(slip)) * 9 // 10
    monkeypatch.setattr(network, "send", lambda write, handle, data, until: send(write, handle, data[:most], until))
    broken = print_picture(printer.url, slip)
    assert broken.state is PrintState.UNPROVEN
    assert broken.detail is not None
    assert broken.detail.endswith("the printer has cleared it")
    monkeypatch.undo()
    wait_until(lambda: len(printer.papers) == 1)  # the piece is cut off at once, not by the next slip
    assert print_picture(printer.url, slip) == Receipt(PrintState.PRINTED)
    assert same(printer.papers[-1], slip)


def test_paper_that_ends_in_the_middle_is_unproven_and_finished_after_the_refill(
    printer: VirtualPrinter, slip: Image.Image
) -> None:
    printer.set_fault("slow", 20_000)
    receipts: list[Receipt] = []
    job = threading.Thread(target=lambda: receipts.append(print_picture(printer.url, slip, timeout_s=2)))
    job.start()
    wait_until(lambda: printer.taken > 2000)
    printer.set_fault("paper_out")
    printer.set_fault("slow", "off")
    job.join()
    assert receipts == [unproven("the printer has no paper")]
    assert printer.papers == []
    printer.set_fault("paper_out", False)
    wait_until(lambda: len(printer.papers) == 1)
    assert same(printer.papers[0], slip)


def test_status_sent_unasked_is_not_taken_for_an_answer(slip: Image.Image) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def automatic_status() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.sendall(b"\x10\x00\x00\x00" * 3)  # GS a: four bytes at a time
                while data := connection.recv(4096):
                    if data.endswith(commands.ask(1)):
                        connection.sendall(b"\x14\x00\x00\x0f")
                        return

        thread = threading.Thread(target=automatic_status)
        thread.start()
        receipt = print_picture(f"tcp://127.0.0.1:{listener.getsockname()[1]}", slip)
        thread.join()
    assert receipt.state is PrintState.FAILED
    assert receipt.detail is not None
    assert receipt.detail.startswith("the printer broke the connection")


def test_a_file_gets_the_bytes_and_proves_nothing(tmp_path: Path, slip: Image.Image) -> None:
    target = tmp_path / "lp 0"
    url = f"file://{tmp_path}/lp%200"
    assert print_picture(url, slip) == unproven("a file cannot confirm", Doubt.SILENCE)
    data = target.read_bytes()
    assert data.startswith(commands.INITIALISE)
    assert commands.FEED_AND_CUT in data
    assert status(url).state == "unproven"


def test_a_device_file_is_asked_and_proves(printer: VirtualPrinter, slip: Image.Image) -> None:
    import tty

    ours, theirs = os.openpty()
    tty.setraw(ours)
    tty.setraw(theirs)
    host, port = printer.address.split(":")
    with socket.create_connection((host, int(port))) as wire:

        def carry(read: int, write: int) -> None:
            try:
                while data := os.read(read, 1024):
                    while data:
                        data = data[os.write(write, data) :]
            except OSError:
                return

        threads = [
            threading.Thread(target=carry, args=ends, daemon=True)
            for ends in ((ours, wire.fileno()), (wire.fileno(), ours))
        ]
        for thread in threads:
            thread.start()
        receipt = print_picture(f"file://{os.ttyname(theirs)}", slip)
        os.close(theirs)
        threads[0].join()
        wire.shutdown(socket.SHUT_RDWR)
        threads[1].join()
    os.close(ours)
    assert receipt == Receipt(PrintState.PRINTED)
    assert same(printer.papers[0], slip)


def test_no_printer_is_a_plain_failure(slip: Image.Image) -> None:
    assert print_picture("none", slip) == Receipt(PrintState.FAILED, "no printer configured")
    assert status("none").detail == "no printer configured"


@pytest.mark.parametrize(
    "url", ["", "usb", "http://host:9100", "tcp://", "tcp://host:123456", "tcp://host/x", "file://x", "lp0"]
)
def test_another_url_is_refused_with_what_is_allowed(url: str, slip: Image.Image) -> None:
    with pytest.raises(ConfigInvalid, match="tcp://HOST:PORT"):
        print_picture(url, slip)


def test_a_missing_device_is_a_plain_failure(tmp_path: Path, slip: Image.Image) -> None:
    receipt = print_picture(f"file://{tmp_path}/missing/lp0", slip)
    assert receipt == Receipt(PrintState.FAILED, "the printer cannot be reached: no such file or directory")


def test_nothing_reaches_the_terminal(
    printer: VirtualPrinter, slip: Image.Image, capfd: pytest.CaptureFixture[str]
) -> None:
    print_picture(printer.url, slip)
    assert capfd.readouterr() == ("", "")


def test_a_printer_on_usb_is_found_by_its_serial_number(
    tmp_path: Path, slip: Image.Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As /sys shows it: lp1 is an interface of the device that carries the serial number."""
    for number, serial in (("lp0", "X1"), ("lp1", "X2")):
        interface = tmp_path / "bus" / serial / "1:1.0"
        interface.mkdir(parents=True)
        (interface.parent / "serial").write_text(f"{serial}\n")
        (tmp_path / "class" / number).mkdir(parents=True)
        (tmp_path / "class" / number / "device").symlink_to(interface)
    (tmp_path / "dev").mkdir()
    monkeypatch.setattr(device_file, "_USB_PRINTERS", tmp_path / "class")
    monkeypatch.setattr(device_file, "_DEVICES", tmp_path / "dev")
    assert print_picture("usb:X2", slip).state is PrintState.UNPROVEN
    assert [file.name for file in (tmp_path / "dev").iterdir()] == ["lp1"]
    assert print_picture("usb:X3", slip).detail == (
        "the printer cannot be reached: no printer with the serial number x3 is plugged in"
    )
