"""A printer on the network."""

from __future__ import annotations

import socket
from contextlib import suppress

from printers.sending import PIECE, send
from shared.config.printer_url import NetworkAddress
from shared.deadline import Deadline
from shared.network import connect

_MOST_UNREAD = 64
"""How many pieces of answers are discarded at most before the connection is closed."""


class NetworkLink:
    """A connection to a printer."""

    answers = True

    def __init__(self, address: NetworkAddress, deadline: Deadline) -> None:
        self._socket = connect(address.host, address.port, deadline)
        # Otherwise the end of a slip waits for the printer's delayed acknowledgement: 40 ms on this system.
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, data: bytes, deadline: Deadline) -> int:
        """As in `Link`."""
        return send(self._socket.send, self._socket.fileno(), data, deadline)

    def receive(self, deadline: Deadline) -> bytes:
        """As in `Link`."""
        while deadline.ready(self._socket.fileno()):
            with suppress(BlockingIOError):  # a piece with a wrong checksum
                if data := self._socket.recv(PIECE):
                    return data
                raise ConnectionResetError("it closed the connection")
        return b""

    def close(self) -> None:
        """Say that nothing more comes, discard unread answers, and let the system do the rest."""
        # Closing with unread answers resets the connection, and the printer could lose the end of the job.
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_WR)
            for _ in range(_MOST_UNREAD):
                if not self._socket.recv(PIECE):
                    break
        self._socket.close()
