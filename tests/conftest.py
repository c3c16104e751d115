"""What all tests share: a real SQLite file with Leipzig's plan, a clock moved by hand, programs that may be missing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ankommen.opening import shipped_config
from shared.clock import Clock
from shared.config import Config, read_config
from shared.store.database import Database
from shared.verbs.plan import apply


class HandClock:
    """Time stands still until a test moves it."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment

    def forward(self, **duration: float) -> None:
        self.moment += timedelta(**duration)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture(scope="session")
def leipzig() -> Config:
    """The shipped configuration."""
    return read_config(shipped_config())


@pytest.fixture
def open_database(tmp_path: Path, leipzig: Config) -> Iterator[Callable[..., Database]]:
    """Opens the test's one database file as often as asked, as separate processes would; the plan is in force."""
    opened: list[Database] = []

    def open_database(clock: Clock | None = None) -> Database:
        database = Database(f"sqlite:///{tmp_path}/centre.sqlite", leipzig.plan.site.key, clock)
        opened.append(database)
        database.prepare()
        database.do(apply, leipzig.plan_toml, True)
        return database

    yield open_database
    for database in opened:
        database.close()


@pytest.fixture
def database(open_database: Callable[..., Database], clock: HandClock) -> Database:
    """A database whose time stands still."""
    return open_database(clock)


@pytest.fixture
def need() -> Callable[[str], None]:
    """Says that a test needs a program: without it the test is skipped here and fails where CI is set."""

    def need(program: str) -> None:
        if shutil.which(program):
            return
        if os.environ.get("CI"):
            pytest.fail(f"{program} is missing")
        pytest.skip(f"{program} is missing")

    return need
