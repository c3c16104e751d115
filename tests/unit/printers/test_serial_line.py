"""A printer on a serial line: a real pseudo-terminal, with the software printer at its other end."""

from __future__ import annotations

import os
import select
import termios
import threading
import tty
from collections.abc import Iterator

import pytest
from PIL import Image

from printers import commands, spool
from printers.escpos import picture_bytes, print_bytes, print_picture, status
from printers.faults import Faults
from printers.interpreter import Answer, Cut, Interpreter
from printers.layout import ticket_picture
from printers.link import open_link
from printers.samples import SAMPLE_WAIT
from printers.spool import Spool
from printers.states import Receipt
from shared.config import Plan
from shared.config.printer_url import parse_url
from shared.deadline import Deadline
from shared.model import Arrival, PrintState, Ticket
from shared.store.database import Database
from shared.verbs.look_up import find_ticket
from shared.verbs.visits import issue
from shared.views.in_force import plan_in_force
from tests.support.paper import codes_on
from tests.support.waiting import PATIENCE_S

BAUD = 230_400


class SerialPrinter:
    """The printer at the other end of a line; `deaf` stops reading, like a printer with a full buffer."""

    def __init__(self) -> None:
        self._ours, self._theirs = os.openpty()
        tty.setraw(self._theirs)
        self.path = os.ttyname(self._theirs)
        self.faults = Faults()
        self.papers: list[Image.Image] = []
        self.taken = 0
        self.deaf = threading.Event()
        self.deaf_after: int | None = None
        self._printer = Interpreter(576)
        self._ending = False
        self._thread = threading.Thread(target=self._work)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"serial:{self.path}?baud={BAUD}"

    def _work(self) -> None:
        while not self._ending:
            if self.deaf.is_set() or not select.select([self._ours], [], [], 0.02)[0]:
                threading.Event().wait(0.001)
                continue
            data = os.read(self._ours, 1024)
            self.taken += len(data)
            for event in self._printer.take(data, self.faults):
                if isinstance(event, Answer):
                    os.write(self._ours, event.data)
                elif isinstance(event, Cut) and event.picture:
                    self.papers.append(event.picture)
            if self.deaf_after is not None and self.taken >= self.deaf_after:
                self.deaf.set()

    def close(self) -> None:
        self._ending = True
        self._thread.join()
        os.close(self._ours)
        os.close(self._theirs)


@pytest.fixture
def line() -> Iterator[SerialPrinter]:
    printer = SerialPrinter()
    yield printer
    printer.close()


@pytest.fixture
def slip(ticket: Ticket, plan: Plan) -> Image.Image:
    return ticket_picture(ticket, plan, wait=SAMPLE_WAIT)


def test_a_ticket_comes_out_and_is_proven(line: SerialPrinter, slip: Image.Image, ticket: Ticket, plan: Plan) -> None:
    assert print_picture(line.url, slip) == Receipt(PrintState.PRINTED)
    (paper,) = line.papers
    assert paper.crop((0, 0, *slip.size)).tobytes() == slip.tobytes()
    assert codes_on(paper) == [plan.qr_text(ticket.token)]


@pytest.mark.parametrize(
    ("faults", "state"),
    [
        (Faults(), "ready"),
        (Faults(paper_out=True), "paper_out"),
        (Faults(cover_open=True), "cover_open"),
        (Faults(offline=True), "offline"),
        (Faults(no_status=True), "unproven"),
    ],
)
def test_the_printer_is_asked_how_it_is(line: SerialPrinter, faults: Faults, state: str) -> None:
    line.faults = faults
    assert status(line.url).state == state


def test_bytes_that_a_terminal_would_swallow_arrive(line: SerialPrinter) -> None:
    """Raw in both directions: CR, LF, XON, XOFF, Ctrl+C and Ctrl+D are dots like all others."""
    bytes_of_all_kinds = Image.frombytes("1", (576, 256), bytes(range(256)) * 72)
    assert print_picture(line.url, bytes_of_all_kinds) == Receipt(PrintState.PRINTED)
    assert line.papers[0].crop((0, 0, 576, 256)).tobytes() == bytes_of_all_kinds.tobytes()


@pytest.mark.usefixtures("quick_printers")
def test_a_printer_that_stops_reading_is_unproven_and_in_time(line: SerialPrinter, slip: Image.Image) -> None:
    """The line stays deaf: nothing but its own deadline ends the wait."""
    line.deaf_after = 5000
    receipt = print_picture(line.url, slip, timeout_s=1)
    assert receipt.state is PrintState.UNPROVEN
    assert receipt.detail is not None
    assert receipt.detail.startswith("the connection broke after ")
    line.deaf_after = None
    line.deaf.clear()
    # The printer's buffer is cleared, paper that sticks out is cut off, and the next slip is whole.
    assert print_bytes(line.url, picture_bytes(slip), torn=True) == Receipt(PrintState.PRINTED)
    assert line.papers[-1].crop((0, 0, *slip.size)).tobytes() == slip.tobytes()


@pytest.mark.usefixtures("quick_printers")
def test_a_printer_that_never_reads_ends_in_time_too(line: SerialPrinter, slip: Image.Image) -> None:
    line.deaf.set()
    assert status(line.url).state == "unproven"
    assert print_picture(line.url, slip, timeout_s=1).state is PrintState.UNPROVEN


def test_xoff_is_obeyed_where_the_plan_says_so(line: SerialPrinter) -> None:
    address = parse_url(f"serial:{line.path}?flow=software")
    assert address
    way = open_link(address, Deadline.after(1))
    os.write(line._ours, b"\x13x")
    assert way.receive(Deadline.after(PATIENCE_S)) == b"x", "the line has taken what stood before it"
    assert way.send(commands.ask(1), Deadline.after(0.2)) == 0
    os.write(line._ours, b"\x11x")
    assert way.receive(Deadline.after(PATIENCE_S)) == b"x"
    assert way.send(commands.ask(1), Deadline.after(PATIENCE_S)) == 3
    assert way.receive(Deadline.after(PATIENCE_S)) == b"\x12"
    way.close()


def test_a_second_program_does_not_get_the_line(line: SerialPrinter) -> None:
    address = parse_url(line.url)
    assert address
    way = open_link(address, Deadline.after(1))
    assert status(line.url).state == "unreachable"
    way.close()
    assert status(line.url).state == "ready"


def test_a_line_that_does_not_exist_is_a_plain_failure(slip: Image.Image) -> None:
    receipt = print_picture("serial:/dev/ttyUSB99", slip)
    assert receipt == Receipt(PrintState.FAILED, "the printer cannot be reached: no such file or directory")


def test_a_line_that_is_pulled_out_ends_the_waiting(line: SerialPrinter) -> None:
    address = parse_url(line.url)
    assert address
    way = open_link(address, Deadline.after(1))
    line.close()
    with pytest.raises(OSError, match=r"gone|Input/output error"):
        way.receive(Deadline.after(5))
    way.close()
    line.close = lambda: None  # type: ignore[method-assign]


def test_a_slip_from_the_queue_keeps_its_printer_while_a_slow_line_carries_it(
    line: SerialPrinter, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    leases: list[float] = []
    hold = Spool._hold_again
    monkeypatch.setattr(Spool, "_hold_again", lambda self, s: leases.append(s) or hold(self, s))
    url = f"serial:{line.path}?baud=9600"
    ticket = database.do(issue.issue, Arrival(packages=("neu",), language="ar"), url)
    worker = Spool(database, lambda: database.read(plan_in_force), url, training=False)
    assert worker.round()
    job = database.read(find_ticket, ticket.code).print
    assert job
    assert job.state is PrintState.PRINTED
    assert max(leases) > spool.SLIP_LEASE_S + 60, "80 kB take more than a minute at 9600 baud"
    (paper,) = line.papers
    (code,) = codes_on(paper)
    assert code.endswith(ticket.token)


def test_closing_never_waits_for_a_line_that_stands_still(line: SerialPrinter) -> None:
    address = parse_url(line.url)
    assert address
    line.deaf.set()
    way = open_link(address, Deadline.after(1))
    way.send(bytes(1_000_000), Deadline.after(0.2))
    way.close()
    assert line.deaf.is_set(), "nothing has moved meanwhile"


class FakeLine:
    """A line where the computer keeps the last bytes; its steps are recorded, and one of them may fail."""

    def __init__(self, handle: int, waiting: int, error: Exception | None = None, at: str = "") -> None:
        self._handle, self._waiting, self._error, self._at = handle, waiting, error, at
        self.steps: list[str] = []

    def _step(self, name: str) -> None:
        self.steps.append(name)
        if self._error and name == self._at:
            raise self._error

    def fileno(self) -> int:
        return self._handle

    @property
    def out_waiting(self) -> int:
        self._step("count")
        return self._waiting

    def set_output_flow_control(self, enable: bool) -> None:
        self._step("go" if enable else "stop")

    def reset_output_buffer(self) -> None:
        self._step("forget")
        self._waiting = 0


def sent_over(line: SerialPrinter, fake: FakeLine, data: bytes) -> int:
    address = parse_url(line.url)
    assert address
    way = open_link(address, Deadline.after(1))
    real = way._line  # type: ignore[attr-defined]
    fake._handle = real.fileno()
    way._line = fake  # type: ignore[attr-defined]
    try:
        return way.send(data, Deadline.after(0.1))
    finally:
        real.close()


@pytest.mark.parametrize("at", ["count", "stop", "forget", "go"])
@pytest.mark.parametrize("error", [OSError(5, "gone"), termios.error(5, "gone")])
def test_what_was_sent_counts_although_the_line_is_pulled_out_then(
    line: SerialPrinter, error: Exception, at: str
) -> None:
    assert sent_over(line, FakeLine(0, 3, error, at), bytes(10)) == 10
    with pytest.raises(OSError, match="gone"):
        sent_over(line, FakeLine(0, 3, error, at), b"")


def test_what_has_not_left_in_time_is_stopped_counted_and_forgotten(line: SerialPrinter) -> None:
    fake = FakeLine(0, 3)
    assert sent_over(line, fake, bytes(10)) == 7
    assert fake.steps[-4:] == ["stop", "count", "forget", "go"]
