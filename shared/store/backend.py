"""What differs between the engines; everything else in the core is the same for both."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from enum import Enum, auto
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

import sqlalchemy as sa

from shared.clock import Clock
from shared.store.product import Product

Rights = Iterable[tuple[str, str]]
"""Tables, each with the letter of what may be done to it, as `shared/verbs/rights.py` has them."""
SLOW_S = 5.0
"""Faces read again after this long even if nothing happens: some things change by time alone, and as a safety net."""


class Fate(Enum):
    """What to do after an error of the driver."""

    AGAIN = auto()  # a lock, a lost connection: the whole transaction may succeed if it is run again
    UNAVAILABLE = auto()  # the database fails, and trying again would not help
    OUR_FAULT = auto()  # an error in this program


class Backend(Protocol):
    """What one database engine does in its own way."""

    engine: sa.Engine
    """The pool of connections."""
    clock: Clock
    """The clock that all processes of this database look at; readable within a transaction."""
    served: bool
    """Whether the database runs on a server, which processes on other computers use, too."""

    file: Path | None
    """The database's file, if it is a file on this computer."""

    def exists(self) -> bool:
        """Whether there is a database, even an empty one. Raises DatabaseUnavailable if one could not be made."""
        ...

    def create(self) -> None:
        """Make an empty database, if the engine leaves that to this program. Raises DatabaseUnavailable."""
        ...

    def transaction(self, writes: bool) -> AbstractContextManager[sa.Connection]:
        """One transaction; one that only reads sees a single snapshot."""
        ...

    def read_clock(self, connection: sa.Connection, /) -> None:
        """Read the clock now, if it is one that is otherwise only asked now and then."""
        ...

    def refuse_to_migrate(self, connection: sa.Connection, /) -> str | None:
        """Why this account cannot change the tables, and who can; None if it can."""
        ...

    def let_faces_work(self, connection: sa.Connection, rights: Rights, /) -> bool:
        """Let accounts that own nothing read the tables and do this to them. Returns whether there are any."""
        ...

    def lock_schema(self, connection: sa.Connection) -> None:
        """Keep every other process from migrating until this transaction ends."""
        ...

    def fate(self, error: sa.exc.DBAPIError) -> Fate:
        """What to do after this error."""
        ...

    def reason(self, error: sa.exc.DBAPIError) -> str:
        """Why the database does not work, in words that staff at the entrance can pass on."""
        ...

    def changes(self, stopped: threading.Event) -> Iterator[None]:
        """Yield one item after each commit that wrote an event, and one every five seconds, until `stopped` is set.

        Raises sqlalchemy's DBAPIError when the connection is lost; after a new start, everything has to be read again.
        """
        ...

    def product(self) -> Product:
        """Name and version of the engine, and how durable its commits are. Raises DBAPIError."""
        ...

    def erase(self) -> bool:
        """Erase from the files what transactions have deleted; False where that has to wait for others."""
        ...

    def backup(self, file: Path) -> None:
        """Write a copy of this moment into a new file while everybody goes on working.

        Raises Malformed if the engine's own program has to do it; the message names the command.
        """
        ...


def insert_of(dialect: str) -> Callable[..., Any]:
    """The INSERT of an engine that knows ON CONFLICT, by its SQLAlchemy name; only the engine in use is imported."""
    insert: Callable[..., Any] = import_module(f"sqlalchemy.dialects.{dialect}").insert
    return insert
