"""What all tests share: a real database with Leipzig's plan, a clock moved by hand, programs that may be missing.

The tests of the store and of the verbs run on SQLite and on Postgres by the same code, all others on SQLite alone.
"""

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
from shared.verbs.site.apply import apply
from tests.postgres_server import Server, server

_BOTH_ENGINES = (
    "tests/unit/shared/store",
    "tests/unit/shared/verbs",
    "tests/unit/shared/views",
    "tests/system/test_faults",
)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what asks for a database on both engines where that can make a difference."""
    if "database_url" in metafunc.fixturenames:
        engines = ["sqlite", "postgres"] if metafunc.definition.nodeid.startswith(_BOTH_ENGINES) else ["sqlite"]
        if only := metafunc.definition.get_closest_marker("engine"):
            engines = list(only.args)
        metafunc.parametrize("database_url", engines, indirect=True)


MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
"""The day of the tests, whatever day it is: no test may depend on the date on which it runs."""


class HandClock:
    """Time stands still until a test moves it."""

    def __init__(self, moment: datetime = MONDAY) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def forward(self, **duration: float) -> None:
        self.moment += timedelta(**duration)


_EARLY = HandClock(MONDAY - timedelta(hours=1))
"""When the plan of all tests was put in force."""


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture(scope="session")
def leipzig() -> Config:
    """The shipped configuration."""
    return read_config(shipped_config())


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """One server for the whole run."""
    with server() as started:
        yield started


@pytest.fixture(scope="session")
def postgres_template(postgres: Server, leipzig: Config) -> Iterator[str]:
    """A Postgres database with the plan in force, from which each test gets its own."""
    name = postgres.create()
    _fill(Database(postgres.url(name), leipzig.plan.site.key, _EARLY), leipzig).close()
    yield name
    postgres.drop(name)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory, leipzig: Config) -> Path:
    """A SQLite file with the plan in force, from which each test gets its own."""
    file = tmp_path_factory.mktemp("template") / "centre.sqlite"
    _fill(Database(f"sqlite:///{file}", leipzig.plan.site.key, _EARLY), leipzig).close()
    return file


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of the test's own database, with the plan in force."""
    if request.param == "sqlite":
        yield f"sqlite:///{shutil.copy(request.getfixturevalue('sqlite_template'), tmp_path)}"
        return
    postgres: Server = request.getfixturevalue("postgres")
    name = postgres.create(request.getfixturevalue("postgres_template"))
    yield postgres.url(name)
    postgres.drop(name)


@pytest.fixture
def empty_database_url(database_url: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without any table."""
    if database_url.startswith("sqlite"):
        yield f"sqlite:///{tmp_path}/empty.sqlite"
        return
    postgres: Server = request.getfixturevalue("postgres")
    name = postgres.create()
    yield postgres.url(name)
    postgres.drop(name)


@pytest.fixture
def open_database(database_url: str, leipzig: Config) -> Iterator[Callable[..., Database]]:
    """Opens the test's one database as often as asked, as separate processes would; the plan is in force."""
    opened: list[Database] = []

    def open_database(clock: Clock | None = None) -> Database:
        opened.append(_fill(Database(database_url, leipzig.plan.site.key, clock), leipzig))
        return opened[-1]

    yield open_database
    for database in opened:
        database.close()


def _fill(database: Database, config: Config) -> Database:
    database.prepare()
    database.do(apply, config.plan_toml, True)
    return database


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
