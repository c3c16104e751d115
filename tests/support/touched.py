"""Records what each verb does to each table, by asking SQLite before it does it."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

import pytest
import sqlalchemy as sa

from shared.store import schema
from shared.store.database import Database, Transaction
from shared.verbs.desks import calls
from shared.verbs.site import due

_LETTERS = {
    sqlite3.SQLITE_READ: "r",
    sqlite3.SQLITE_INSERT: "i",
    sqlite3.SQLITE_UPDATE: "u",
    sqlite3.SQLITE_DELETE: "d",
}
Touched = defaultdict[str, set[tuple[str, str]]]
"""Table and letter (read, insert, update, delete; `l` for a lock that only Postgres takes), by what does it."""


class Watched(Database):
    """A SQLite database that notes what each verb does to which table."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        sa.event.listen(self.engine, "checkout", _watch)
        for left in ("checkin", "detach"):
            sa.event.listen(self.engine, left, lambda *_: _connections.clear())

    def once(self, request: Any, verb: Callable[..., Any], /, *arguments: Any, **named: Any) -> Any:
        with _by(verb):
            return super().once(request, verb, *arguments, **named)

    def keep(self, verb: Callable[..., Any], /, *arguments: Any, **named: Any) -> Any:
        with _by(verb):
            return super().keep(verb, *arguments, **named)

    def read(self, view: Callable[..., Any], /, *arguments: Any, **named: Any) -> Any:
        with _by(view):
            return super().read(view, *arguments, **named)

    def look(self) -> None:
        with _by(Database.look, inside=True):
            super().look()


@contextmanager
def watching(patch: pytest.MonkeyPatch) -> Iterator[Touched]:
    """What is touched meanwhile. What happens by itself inside of a verb is noted by itself, too."""
    _touched.clear()
    for module, name in ((calls, "tidy"), (due, "tidy"), (due, "purge")):
        patch.setattr(module, name, _inside(getattr(module, name)))
    lock = Transaction.lock

    def noted(t: Transaction, table: sa.Table, **key: object) -> None:
        _note(table.name, "l")
        lock(t, table, **key)

    patch.setattr(Transaction, "lock", noted)
    yield _touched


_touched: Touched = defaultdict(set)
_verbs: list[str] = []
"""What is running; the last one does it."""
_connections: list[Any] = []
"""The one that was used last."""


def _inside(verb: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(verb)
    def noted(*arguments: Any) -> Any:
        with _by(verb, inside=True):
            return verb(*arguments)

    return noted


@contextmanager
def _by(verb: Callable[..., Any], *, inside: bool = False) -> Iterator[None]:
    name = f"{verb.__module__}.{verb.__name__}".removeprefix("shared.verbs.")
    _verbs.append(name if inside or not _verbs else _verbs[-1])
    _ask_anew()
    try:
        yield
    finally:
        _verbs.pop()
        _ask_anew()


def _watch(connection: Any, *_: object) -> None:
    """Foreign keys are off: what they read and delete by themselves, Postgres does with the rights of the owner."""
    connection.execute("PRAGMA foreign_keys = OFF")
    _connections[:] = [connection]
    _ask_anew()


def _ask_anew() -> None:
    """Let SQLite prepare again, and so ask about, all statements that the connection keeps."""
    for connection in _connections:
        connection.set_authorizer(_asked)


def _asked(action: int, table: str | None, _: str | None, __: str | None, trigger: str | None) -> int:
    if table in schema.metadata.tables and trigger is None and action in _LETTERS:
        _note(table, _LETTERS[action])
    return sqlite3.SQLITE_OK


def _note(table: str, letter: str) -> None:
    if _verbs:
        _touched[_verbs[-1]].add((table, letter))
