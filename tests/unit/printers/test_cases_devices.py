"""Case 20: whatever a printer, a resolver or a file does, every wait ends and every answer is limited."""

from __future__ import annotations

import os
import select
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PIL import Image

from printers import commands, escpos, spool
from printers.escpos import PrinterStatus, print_picture, status
from printers.layout import ticket_picture
from printers.link import open_link
from printers.spool import Spool
from printers.states import Receipt, unproven
from printers.talk import Talk
from shared.config import Plan
from shared.config.printer_url import NetworkAddress
from shared.deadline import PASSED, Deadline
from shared.model import Arrival, PrintState, Ticket
from shared.store.database import Database
from shared.verbs.look_up import find_ticket
from shared.verbs.visits.issue import issue
from shared.views.in_force import plan_in_force
from tests.support.resolver import hanging_resolver

ENDLESS = "the printer sends answers without end"
STATES = b"\x12"
"""An answer to DLE EOT: all is well."""
NOISE = b"\xff"
"""An answer to nothing."""


class Chatterbox:
    """A printer that takes everything and sends one byte endlessly, from the start or once a slip is there."""

    def __init__(self, says: bytes, *, at_the_end: bool = False) -> None:
        self._says, self._at_the_end = says, at_the_end
        self._ending = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._work)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"tcp://127.0.0.1:{self.port}"

    def _work(self) -> None:
        with ExitStack() as lines:
            listener = lines.enter_context(self._listener)
            open_: dict[socket.socket, bytes] = {}
            while not self._ending.is_set():
                talking = [line for line, heard in open_.items() if not self._at_the_end or b"\x1d(H" in heard]
                readable, writable, _ = select.select([listener, *open_], talking, [], 0.05)
                for line in readable:
                    if line is listener:
                        client = lines.enter_context(listener.accept()[0])
                        client.setblocking(False)
                        open_[client] = b""
                    else:
                        self._hear(line, open_)
                for line in writable:
                    if line in open_:
                        self._speak(line, open_)

    def _hear(self, line: socket.socket, open_: dict[socket.socket, bytes]) -> None:
        try:
            data = line.recv(65536)
        except OSError:
            open_.pop(line)
            return
        open_[line] += data
        if self._at_the_end and data.endswith(tuple(commands.ask(n) for n in (1, 2, 3, 4))):
            line.send(STATES)
        elif self._at_the_end and data.endswith(commands.ASK_IN_ORDER):
            line.send(b"\x00")

    def _speak(self, line: socket.socket, open_: dict[socket.socket, bytes]) -> None:
        try:
            line.send(self._says * 65536)
        except BlockingIOError:
            pass
        except OSError:
            open_.pop(line)

    def close(self) -> None:
        self._ending.set()
        self._thread.join()


@pytest.fixture
def chatterbox() -> Iterator[Callable[..., Chatterbox]]:
    with ExitStack() as all_:

        def chatterbox(says: bytes, *, at_the_end: bool = False) -> Chatterbox:
            one = Chatterbox(says, at_the_end=at_the_end)
            all_.callback(one.close)
            return one

        yield chatterbox


@pytest.fixture
def slip(ticket: Ticket, plan: Plan) -> Image.Image:
    return ticket_picture(ticket, plan)


@pytest.mark.parametrize("says", [STATES, NOISE])
def test_case_20_a_printer_that_never_stops_talking_keeps_no_slip(
    chatterbox: Callable[..., Chatterbox], database: Database, says: bytes
) -> None:
    printer = chatterbox(says)
    ticket = database.do(issue, Arrival(packages=("neu",), language="uk"), printer.url)
    worker = Spool(database, lambda: database.read(plan_in_force), printer.url, training=False)
    assert worker.round()
    job = database.read(find_ticket, ticket.code).print
    assert job
    assert (job.state, job.detail) == (PrintState.QUEUED, ENDLESS)
    assert worker.status == PrinterStatus("offline", ENDLESS)


@pytest.mark.parametrize("says", [STATES, NOISE])
def test_case_20_one_that_starts_behind_the_slip_is_unproven(
    chatterbox: Callable[..., Chatterbox], slip: Image.Image, says: bytes
) -> None:
    assert print_picture(chatterbox(says, at_the_end=True).url, slip) == unproven(ENDLESS)


@pytest.mark.parametrize("says", [STATES, NOISE])
def test_case_20_an_answer_is_bounded_in_bytes_even_while_no_time_passes(
    chatterbox: Callable[..., Chatterbox], says: bytes
) -> None:
    link = open_link(NetworkAddress("127.0.0.1", chatterbox(says).port), Deadline.after(5))
    talk = Talk(link, Deadline.after(1, lambda: 0.0))
    with pytest.raises(OSError, match="answers without end"):
        talk.state()
    link.close()


def test_case_20_an_answer_is_bounded_in_time_while_bytes_still_come(chatterbox: Callable[..., Chatterbox]) -> None:
    link = open_link(NetworkAddress("127.0.0.1", chatterbox(NOISE).port), Deadline.after(5))
    assert link.receive(Deadline.after(5))
    assert link.receive(PASSED) == b""
    link.close()


def test_case_20_closing_ends_while_bytes_still_come(chatterbox: Callable[..., Chatterbox]) -> None:
    link = open_link(NetworkAddress("127.0.0.1", chatterbox(STATES).port), Deadline.after(5))
    assert link.receive(Deadline.after(5))
    link.close()
    with pytest.raises((OSError, ValueError), match=r"descriptor|negative"):
        link.receive(Deadline.after(1))


def test_case_20_a_slip_with_all_its_waits_is_over_before_its_lease() -> None:
    assert spool.SLIP_S + escpos.LAST_WORD_S + escpos.CLEARED_S < spool.SLIP_LEASE_S
    assert escpos.STATUS_S <= spool.LEASE_S / 2
    assert escpos.CONNECT_S <= 5


def test_case_20_a_resolver_that_hangs_ends_with_the_time_to_connect(
    slip: Image.Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(escpos, "CONNECT_S", 0.05)
    late = "the printer cannot be reached: the name printer.example is not resolved in time"
    with hanging_resolver() as asked:
        for _ in range(3):
            assert print_picture("tcp://printer.example", slip) == Receipt(PrintState.FAILED, late)
            assert status("tcp://printer.example") == PrinterStatus("unreachable", late)
    assert asked == ["printer.example"], "a name is asked for once at a time, so threads do not pile up"


@pytest.mark.parametrize("name", ["a..example", f"{'a' * 70}.example"])
def test_case_20_a_name_that_is_none_is_a_plain_failure(name: str, slip: Image.Image) -> None:
    receipt = print_picture(f"tcp://{name}", slip)
    assert receipt.state is PrintState.FAILED
    assert receipt.detail
    assert receipt.detail.startswith("the printer cannot be reached: ")


def test_case_20_a_name_is_tried_at_each_of_its_addresses(
    chatterbox: Callable[..., Chatterbox], monkeypatch: pytest.MonkeyPatch
) -> None:
    port = chatterbox(NOISE).port
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port)) for host in ("127.0.0.2", "127.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    link = open_link(NetworkAddress("printer.example", port), Deadline.after(5))
    assert link.receive(Deadline.after(5))
    link.close()


def test_case_20_a_pipe_that_nobody_reads_is_a_plain_failure(tmp_path: Path, slip: Image.Image) -> None:
    os.mkfifo(tmp_path / "pipe")
    receipt = print_picture(f"file://{tmp_path}/pipe", slip)
    assert receipt == Receipt(PrintState.FAILED, "the printer cannot be reached: no such device or address")


def test_case_20_a_pipe_whose_reader_sleeps_is_unproven_in_time(tmp_path: Path, slip: Image.Image) -> None:
    os.mkfifo(tmp_path / "pipe")
    sleeper = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    receipt = print_picture(f"file://{tmp_path}/pipe", slip, timeout_s=0.2)
    os.close(sleeper)
    assert receipt.state is PrintState.UNPROVEN
    assert receipt.detail
    assert receipt.detail.startswith("the connection broke after 65536 of ")


def test_case_20_a_device_that_is_always_ready_ends_too(slip: Image.Image, monkeypatch: pytest.MonkeyPatch) -> None:
    assert print_picture("file:///dev/zero", slip) == Receipt(PrintState.FAILED, ENDLESS)
    monkeypatch.setattr("printers.talk._SILENT_PROOF_S", 0.1)
    monkeypatch.setattr("printers.talk._STATE_S", 0.1)
    assert print_picture("file:///dev/null", slip).state is PrintState.UNPROVEN
