"""A ticket printer in software behind a real connection: every cut slip becomes a PNG file."""

from __future__ import annotations

import json
import selectors
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from PIL import Image

from printers.faults import Faults
from printers.interpreter import Answer, Cut, Event, Interpreter, Wrong
from shared.clock import SystemClock, monotonic
from shared.errors import PrinterUnavailable
from shared.private_files import make_private_folder, open_private

_PIECE = 16_384
_TICK_S = 0.05
"""How often a slow printer reads."""


class VirtualPrinter:
    """Serves one connection at a time, as a printer does; others wait in line.

    `papers` are the files of cut slips, `errors` the data that a printer would not understand. `out/log.jsonl` has one
    line for each event with its time in UTC, written before `papers` and `errors` change. A slip is on disk before the
    program is told that it is printed.
    """

    def __init__(
        self, out: Path, host: str = "127.0.0.1", port: int = 0, *, dots: int = 576, faults: Faults | None = None
    ) -> None:
        """Bind the port, 0 for a free one. Raises PrinterUnavailable if it is taken."""
        self.papers: list[Path] = []
        self.errors: list[str] = []
        self.taken = 0
        """Bytes read from the current connection."""
        self.cut_at: float | None = None
        """When the last slip was complete, before its file was written; a reading of `shared.clock.monotonic`."""
        self._out, self._host, self._port = out, host, port
        self._interpreter = Interpreter(dots)
        self._faults = faults or Faults()
        self._changed = threading.Condition()
        self._applied = self._faults
        self._stopping = False
        self._cycle = False
        self._later: tuple[int, str] | None = None
        self._client: socket.socket | None = None
        self._listener: socket.socket | None = None
        self._thread: threading.Thread | None = None
        make_private_folder(out)  # what it prints tells of visits
        self._number = max((int(path.stem) for path in out.glob("[0-9]*.png") if path.stem.isdecimal()), default=0)
        self._open_listener()
        self._close_listener_if_refusing()
        self._bell, self._ear = socket.socketpair()

    @property
    def address(self) -> str:
        """ "host:port", where it listens."""
        return f"{self._host}:{self._port}"

    @property
    def url(self) -> str:
        """The printer's URL for `print_picture`."""
        return f"tcp://{self.address}"

    def __enter__(self) -> VirtualPrinter:
        self._thread = threading.Thread(target=self.serve, name="virtual printer", daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        if self._thread:
            self._thread.join()

    def stop(self) -> None:
        """End `serve`; the content of the buffer is lost, as when a printer is switched off."""
        self._stopping = True
        self._ring()

    def set_fault(self, name: str, value: bool | int | str | None = True) -> None:
        """Change a fault; the change is in effect when this returns. Raises Malformed for an unknown fault or value."""
        self._change(self._faults.with_fault(name, value))

    def set_faults(self, line: str) -> None:
        """The same by a line "NAME", "NAME=VALUE" or "NAME=off"."""
        self._change(self._faults.with_line(line))

    def at(self, taken: int, line: str) -> None:
        """Change a fault as `set_faults` does, once `taken` bytes of a connection have been read."""
        self._later = (taken, line)

    def wait_for(self, done: Callable[[], bool], timeout_s: float = 10.0) -> bool:
        """Wait until `done` returns true; it is called again after each event."""
        with self._changed:
            return self._changed.wait_for(done, timeout_s)

    def serve(self) -> None:
        """Take connections until `stop`."""
        try:
            while not self._stopping:
                faults = self._faults
                if self._cycle:
                    self._cycle = False
                    self._interpreter.switch_off_and_on()
                    self._hang_up("off and on again")
                if faults.roll != self._applied.roll:
                    self._interpreter.load_roll(faults.roll)
                self._handle(self._interpreter.work(faults))
                self._close_listener_if_refusing()
                with self._changed:
                    self._applied = faults
                    self._changed.notify_all()
                self._serve_once()
        finally:
            self._hang_up("the printer was switched off")
            for end in (self._listener, self._bell, self._ear):
                if end:
                    end.close()

    def _serve_once(self) -> None:
        """Wait for the next event and handle it."""
        with selectors.DefaultSelector() as selector:
            selector.register(self._ear, selectors.EVENT_READ)
            source = self._client or self._listener
            if source and not (self._client and self._faults.hang):
                selector.register(source, selectors.EVENT_READ)
            ready = {key.fileobj for key, _ in selector.select()}
        if self._ear in ready:
            self._ear.recv(_PIECE)
            with self._changed:
                self._changed.notify_all()
        elif self._client is None:
            assert self._listener is not None
            self._client, peer = self._listener.accept()
            self.taken = 0
            self._log("connection", peer=f"{peer[0]}:{peer[1]}")
            if self._faults.stale_status:
                self._handle([Answer(bytes((Faults().state(1),)))])
        else:
            self._read(self._client)

    def _read(self, client: socket.socket) -> None:
        if self._later and self.taken >= self._later[0]:
            (_, line), self._later = self._later, None
            self._change(self._faults.with_line(line), wait=False)
            return
        faults = self._faults
        most = _PIECE if faults.slow is None else max(1, int(faults.slow * _TICK_S))
        if faults.drop is not None:
            most = min(most, max(1, faults.drop - self.taken))
        if self._later:
            most = min(most, max(1, self._later[0] - self.taken))
        try:
            data = client.recv(most)
        except OSError:
            data = b""
        if not data:
            self._hang_up("the program closed the connection")
            return
        self.taken += len(data)
        self._work(lambda: self._interpreter.take(data, faults), faults)
        with self._changed:
            self._changed.notify_all()
        if faults.drop is not None and self.taken >= faults.drop:
            self._hang_up(f"dropped after {self.taken} bytes")
        elif faults.slow is not None:
            self._pause(len(data) / faults.slow)

    def _work(self, work: Callable[[], list[Event]], faults: Faults) -> None:
        """Let paper move at its speed, and then report the events."""
        before_mm = self._interpreter.moved_mm
        events = work()
        if faults.speed is not None and self._interpreter.moved_mm > before_mm:
            self._pause((self._interpreter.moved_mm - before_mm) / faults.speed)
        self._handle(events)

    def _pause(self, seconds: float) -> None:
        """Pause between two reads, unless the printer is stopped or its faults change."""
        until = monotonic() + seconds
        self._ear.settimeout(max(0.001, until - monotonic()))
        with suppress(TimeoutError):
            self._ear.recv(1, socket.MSG_PEEK)
        self._ear.settimeout(None)

    def _handle(self, events: list[Event]) -> None:
        for event in events:
            match event:
                case Answer(data):
                    if self._client:
                        with suppress(OSError):
                            self._client.sendall(data)
                case Cut(None):
                    self._log("empty cut")
                case Cut(picture) if picture:
                    self.cut_at = monotonic()
                    self._paper(picture)
                case Wrong(detail):
                    self._wrong(detail)

    def _paper(self, picture: Image.Image) -> None:
        """Write a slip to a file that gets its name only when it is complete."""
        self._number += 1
        path = self._out / f"{self._number:04d}.png"
        unready = path.with_suffix(".part")
        with open_private(unready) as file:
            picture.save(file, format="PNG")
        unready.replace(path)
        self._log("paper", file=path.name, width=picture.width, height=picture.height, bytes=self.taken)
        self.papers.append(path)

    def _wrong(self, detail: str) -> None:
        self._log("error", detail=detail)
        self.errors.append(detail)

    def _hang_up(self, why: str) -> None:
        """End the connection. An unfinished picture stays in the buffer, as in a printer."""
        if self._client is None:
            return
        self._client.close()
        self._client = None
        self._log("end of connection", detail=why, bytes=self.taken)
        if self._faults.ready and (unfinished := self._interpreter.unfinished):
            self._wrong(f"the connection ended after {unfinished}")

    def _change(self, faults: Faults, *, wait: bool = True) -> None:
        if faults.power_cycle:
            self._cycle, faults = True, replace(faults, power_cycle=False)  # a new object in any case
            self._log("fault", faults="off and on again")
        before, self._faults = self._faults, faults
        if before != faults:
            self._log("fault", faults=str(faults))
        self._ring()
        if wait and self._thread:
            self.wait_for(lambda: self._applied is self._faults)

    def _ring(self) -> None:
        with suppress(OSError):
            self._bell.send(b".")

    def _open_listener(self) -> None:
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((self._host, self._port))
            listener.listen()
        except OSError as error:
            listener.close()
            raise PrinterUnavailable(f"{self.address} cannot be used: {error.strerror}.") from error
        self._listener, self._port = listener, listener.getsockname()[1]

    def _close_listener_if_refusing(self) -> None:
        """Open or close the port as the fault "refuse" says."""
        if self._faults.refuse and self._listener:
            self._hang_up("the printer refuses connections")
            self._listener.close()
            self._listener = None
        elif not self._faults.refuse and self._listener is None:
            self._open_listener()

    def _log(self, event: str, **details: object) -> None:
        line = {"time": SystemClock().now().isoformat().replace("+00:00", "Z"), "event": event, **details}
        with self._changed:
            with open_private(self._out / "log.jsonl", more=True) as log:
                log.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
            self._changed.notify_all()
