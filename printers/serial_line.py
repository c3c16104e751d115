"""A printer on a serial line. pyserial sets the line up and owns it; how long anything may take is said here."""

from __future__ import annotations

import errno
import os

from printers.sending import PIECE, send
from shared.config.printer_url import SerialAddress
from shared.deadline import Deadline

_LEAST_PAUSE_S = 0.002


class SerialLink:
    """A line that no other program has meanwhile."""

    answers = True

    def __init__(self, address: SerialAddress) -> None:
        from serial import Serial, SerialException  # here: few printers need it, and it is another one on Windows

        self._baud = address.baud
        try:
            self._line = Serial(
                address.path,
                address.baud,
                rtscts=address.flow == "hardware",
                xonxoff=address.flow == "software",
                exclusive=True,  # two programs on one line would mix their bytes
                timeout=0,
            )
        except SerialException as error:
            # Its message repeats the path and the number; the number alone says the same in plain words.
            raise OSError(error.errno, os.strerror(error.errno) if error.errno else str(error)) from None

    def send(self, data: bytes, deadline: Deadline) -> int:
        """As all ways do; a byte counts when it has left the computer, and what has not by then never will."""
        handle = self._line.fileno()
        sent = send(lambda piece: os.write(handle, piece), handle, data, deadline)
        try:
            return max(0, sent - self._taken_back(deadline))
        except (OSError, _line_error()) as error:  # pulled out: what has been counted may be on paper
            if not sent:
                raise OSError(errno.EIO, "the serial line is gone") from error
            return sent

    def _taken_back(self, deadline: Deadline) -> int:
        """Wait until everything has left the computer; how many bytes had not in time, and never will."""
        while (waiting := self._line.out_waiting) and not deadline.over:
            deadline.pause(max(_LEAST_PAUSE_S, 10 * waiting / self._baud))
        if not waiting:
            return 0
        # Stopped before it is counted, so that nothing leaves unseen. Left there, it would make closing wait for
        # half a minute, and the end of this slip would come out before the next one.
        self._line.set_output_flow_control(False)
        waiting = self._line.out_waiting
        self._line.reset_output_buffer()
        self._line.set_output_flow_control(True)
        return int(waiting)

    def receive(self, deadline: Deadline) -> bytes:
        """As all ways do."""
        if not deadline.ready(self._line.fileno()):
            return b""
        data = os.read(self._line.fileno(), PIECE)
        if not data:
            raise OSError(errno.EIO, "the serial line is gone")
        return data

    def close(self) -> None:
        """As all ways do: nothing is left in it that the system would wait for."""
        self._line.close()


def _line_error() -> type[Exception]:
    """What a line raises besides OSError; there only where there are such lines."""
    import termios  # here: it does not exist on Windows

    return termios.error
