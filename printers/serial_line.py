"""A printer on a serial line. pyserial sets up and owns the line; time limits are set here."""

from __future__ import annotations

import errno
import os

from printers.sending import PIECE, send
from shared.config.printer_url import SerialAddress
from shared.deadline import Deadline

_LEAST_PAUSE_S = 0.002


class SerialLink:
    """A serial line that no other program can use meanwhile."""

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
            # Its message repeats the path and the error number; the number alone gives the same in plain words.
            raise OSError(error.errno, os.strerror(error.errno) if error.errno else str(error)) from None

    def send(self, data: bytes, deadline: Deadline) -> int:
        """As in `Link`; only bytes that have left the computer count, and the others are discarded."""
        handle = self._line.fileno()
        sent = send(lambda piece: os.write(handle, piece), handle, data, deadline)
        try:
            return max(0, sent - self._taken_back(deadline))
        except (OSError, _line_error()) as error:  # unplugged: the bytes already counted may be on paper
            if not sent:
                raise OSError(errno.EIO, "the serial line is gone") from error
            return sent

    def _taken_back(self, deadline: Deadline) -> int:
        """Wait until everything has left the computer; returns how many bytes had not in time and were discarded."""
        while (waiting := self._line.out_waiting) and not deadline.over:
            deadline.pause(max(_LEAST_PAUSE_S, 10 * waiting / self._baud))
        if not waiting:
            return 0
        # Stop the line before counting, so that nothing leaves uncounted. Bytes left there would make closing wait for
        # half a minute, and the end of this slip would come out before the next one.
        self._line.set_output_flow_control(False)
        waiting = self._line.out_waiting
        self._line.reset_output_buffer()
        self._line.set_output_flow_control(True)
        return int(waiting)

    def receive(self, deadline: Deadline) -> bytes:
        """As in `Link`."""
        if not deadline.ready(self._line.fileno()):
            return b""
        data = os.read(self._line.fileno(), PIECE)
        if not data:
            raise OSError(errno.EIO, "the serial line is gone")
        return data

    def close(self) -> None:
        """As in `Link`: no bytes are left that the system would wait for."""
        self._line.close()


def _line_error() -> type[Exception]:
    """The exception of the system's terminal calls, besides OSError; it exists only on systems with serial lines."""
    import termios  # here: it does not exist on Windows

    return termios.error
