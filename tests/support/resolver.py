"""A resolver of names that a test plays."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from shared import network


@contextmanager
def hanging_resolver() -> Iterator[list[str]]:
    """The names that the system's resolver was asked for; it answers only at the end."""
    asked: list[str] = []
    answers = threading.Event()

    def getaddrinfo(host: str, *_: object, **__: object) -> list[object]:
        asked.append(host)
        answers.wait()
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 9))]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", getaddrinfo)
        yield asked
        answers.set()
        for answer in list(network._running.values()):
            answer.result()


@contextmanager
def resolver(**known: list[str]) -> Iterator[None]:
    """It knows these names with these addresses, and no other."""

    def getaddrinfo(host: str, port: int, **_: object) -> list[object]:
        if host not in known:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in known[host]]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", getaddrinfo)
        yield
