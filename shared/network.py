"""Connects to other computers before a deadline, name look-up included: a system's resolver may take minutes."""

from __future__ import annotations

import errno
import socket
import threading
from concurrent.futures import Future
from typing import Any

from shared.deadline import Deadline

Place = tuple[int, tuple[Any, ...]]
"""The family of an address and the address, as sockets take them."""
_LEAST_S = 0.001
"""For a socket, a time-out of 0 means another mode."""
_lock = threading.Lock()
_running: dict[tuple[str, int], Future[list[Place]]] = {}
"""Look-ups in progress. A hanging resolver cannot be stopped, so each name is looked up only once at a time."""


def addresses(host: str, port: int, deadline: Deadline) -> list[Place]:
    """Addresses for a stream to `host`, the best first. Raises OSError if there are none, or none in time."""
    asked = host, port
    with _lock:
        if asked not in _running:
            answer: Future[list[Place]] = Future()
            threading.Thread(target=_look_up, args=(asked, answer), name="resolver", daemon=True).start()
            _running[asked] = answer
        answer = _running[asked]
    try:
        return answer.result(deadline.left)
    except TimeoutError:
        raise TimeoutError(errno.ETIMEDOUT, f"the name {host} is not resolved in time") from None


def connect(host: str, port: int, deadline: Deadline) -> socket.socket:
    """An open non-blocking stream. Raises OSError if no address accepts it in time."""
    places = addresses(host, port, deadline)
    failed = OSError(errno.EADDRNOTAVAIL, f"{host} has no address")
    for tried, (family, address) in enumerate(places):
        stream = socket.socket(family, socket.SOCK_STREAM)
        try:
            # An address that never answers must leave time for the next ones.
            stream.settimeout(max(_LEAST_S, deadline.left / (len(places) - tried)))
            stream.connect(address)
        except OSError as error:
            stream.close()
            failed = error
        else:
            stream.setblocking(False)
            return stream
    raise failed


def _look_up(asked: tuple[str, int], answer: Future[list[Place]]) -> None:
    places: list[Place] = []
    error: OSError | None = None
    try:
        places = [(family, address) for family, _, _, _, address in socket.getaddrinfo(*asked, type=socket.SOCK_STREAM)]
    except OSError as refused:
        error = refused
    except ValueError:  # a name with empty or endless parts cannot even be asked for
        error = OSError(errno.EINVAL, f"{asked[0]} is no name of a computer")
    with _lock:  # before the answer: a caller that has it and asks again starts a new look-up
        del _running[asked]
    if error:
        answer.set_exception(error)
    else:
        answer.set_result(places)
