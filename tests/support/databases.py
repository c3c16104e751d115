"""Databases for tests: empty, or with a plan in force; the first one is made, the others are copies of it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Protocol

import sqlalchemy as sa

from shared.clock import Clock
from shared.config import parse_plan
from shared.store.database import Database
from shared.verbs.site.apply import apply
from shared.verbs.site.clock import confirm_clock
from tests.support.clock import MONDAY, HandClock

_EARLY = HandClock(MONDAY - timedelta(hours=3))
"""When the tests' plans came into force."""


def opened(url: str, site: str, clock: Clock | None = None) -> Database:
    """A copy of a template at another time than the one it was made at: somebody has said that the clock is right."""
    database = Database(url, site, clock)
    database.keep(confirm_clock)
    return database


class Engine(Protocol):
    """A place for databases: a Postgres server, or a folder of SQLite files."""

    def database(self, template: str | None = None) -> AbstractContextManager[str]:
        """The URL of a database, while it is needed: empty, or like the one that the URL `template` names."""
        ...


class Files:
    """SQLite files, each in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def database(self, template: str | None = None) -> Iterator[str]:
        folder = Path(tempfile.mkdtemp(dir=self._folder))
        file = folder / "centre.sqlite"
        if template:
            shutil.copy(str(sa.make_url(template).database), file)
        else:
            file.touch()
        try:
            yield f"sqlite:///{file}"
        finally:
            shutil.rmtree(folder, ignore_errors=True)


class Databases:
    """Databases on one engine, as many as tests want."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._templates: dict[tuple[str, bool], str] = {}
        self._made = ExitStack()

    def __enter__(self) -> Databases:
        return self

    def __exit__(self, *_: object) -> None:
        """Remove the templates."""
        self._made.close()

    def empty(self) -> AbstractContextManager[str]:
        """A database without tables."""
        return self._engine.database()

    def with_plan(self, toml: str, training: bool = True) -> AbstractContextManager[str]:
        """A database with a plan in force since three hours before the tests' moment."""
        if (toml, training) not in self._templates:
            url = self._made.enter_context(self._engine.database())
            database = Database(url, parse_plan(toml).site.key, _EARLY)
            database.prepare()
            database.do(apply, toml, training)
            database.close()
            self._templates[toml, training] = url
        return self._engine.database(self._templates[toml, training])
