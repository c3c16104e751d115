"""What all tests share: a real database with Leipzig's plan, a clock moved by hand, checks for missing programs.

The tests of the store and of the verbs run on SQLite and on Postgres by the same code, all others on SQLite alone.
Where pytest-xdist runs several processes, they share one Postgres, and each test has a database of its own.
"""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ankommen.opening import shipped_config
from printers.virtual import VirtualPrinter
from shared.clock import Clock
from shared.config import Config, read_config
from shared.store.database import Database
from tests.support import databases as made
from tests.support.clock import HandClock
from tests.support.databases import Databases, Files
from tests.support.postgres import Server, server, stop_what_is_left

_FOLDER = pytest.StashKey[Path]()
_ROOM = 4 << 30
"""Bytes that a run's databases may need, with room to spare."""
_BOTH_ENGINES = (
    "tests/unit/shared/store",
    "tests/unit/shared/verbs",
    "tests/unit/shared/views",
    "tests/system/test_faults",
)
_LONGEST_FIRST = ("tests/system/test_kiosk_hasty.py", "tests/system", "tests/tui", "")


def pytest_configure(config: pytest.Config) -> None:
    """Make the folder that all processes of this run share; a process of pytest-xdist is told where it is."""
    told = getattr(config, "workerinput", {}).get("folder")
    config.stash[_FOLDER] = Path(told or tempfile.mkdtemp(prefix="ankommen-tests-", dir=_memory()))
    for ignored in (signal.SIGHUP, signal.SIGINT):  # in the background; programs that tests start would ignore it, too
        if signal.getsignal(ignored) is signal.SIG_IGN:
            signal.signal(ignored, signal.SIG_DFL)
    if told is None:  # a run that is ended from outside, as by `timeout`, leaves no server behind
        signal.signal(signal.SIGTERM, signal.default_int_handler)


def _memory() -> Path | None:
    """A folder of the machine's memory, where a database is copied in a tenth of the time, if it has one with room."""
    memory = Path("/dev/shm")
    return memory if os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > _ROOM else None


def pytest_configure_node(node: Any) -> None:
    node.workerinput["folder"] = str(node.config.stash[_FOLDER])


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        stop_what_is_left(config.stash[_FOLDER])
        shutil.rmtree(config.stash[_FOLDER], ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each process begins with its share of the long ones; in the end they take quick ones from each other."""
    items.sort(key=lambda item: next(n for n, place in enumerate(_LONGEST_FIRST) if item.nodeid.startswith(place)))
    processes = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    items[:] = [item for process in range(processes) for item in items[process::processes]]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run tests that use a database on both engines if that can make a difference."""
    if "engine" in metafunc.fixturenames:
        engines = ["sqlite", "postgres"] if metafunc.definition.nodeid.startswith(_BOTH_ENGINES) else ["sqlite"]
        if only := metafunc.definition.get_closest_marker("engine"):
            engines = list(only.args)
        metafunc.parametrize("engine", engines, indirect=True)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture(scope="session")
def leipzig() -> Config:
    """The shipped configuration."""
    return read_config(shipped_config())


@pytest.fixture(scope="session")
def sqlite(pytestconfig: pytest.Config) -> Iterator[Databases]:
    with Databases(Files(pytestconfig.stash[_FOLDER])) as databases:
        yield databases


@pytest.fixture(scope="session")
def shared_server(pytestconfig: pytest.Config) -> Iterator[Server]:
    """One server for the whole run; the first process that needs it starts it."""
    with server(pytestconfig.stash[_FOLDER], "shared") as started:
        yield started


@pytest.fixture(scope="session")
def postgres(shared_server: Server) -> Iterator[Databases]:
    with Databases(shared_server) as databases:
        yield databases


@pytest.fixture(scope="session")
def mortal_server(pytestconfig: pytest.Config, worker_id: str) -> Iterator[Server]:
    """A Postgres that tests may crash and stop: no other process uses it."""
    with server(pytestconfig.stash[_FOLDER], f"mortal-{worker_id}") as started:
        yield started


@pytest.fixture(scope="session")
def mortal_postgres(mortal_server: Server) -> Iterator[Databases]:
    with Databases(mortal_server) as databases:
        yield databases


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> str:
    """The engine of the test's databases: "sqlite", "postgres", or a "mortal_postgres" that may be crashed."""
    return str(request.param)


@pytest.fixture
def databases(engine: str, request: pytest.FixtureRequest) -> Databases:
    """The databases of the test's engine."""
    found: Databases = request.getfixturevalue(engine)
    return found


@pytest.fixture
def database_url(databases: Databases, leipzig: Config) -> Iterator[str]:
    """The URL of the test's own database, with Leipzig's plan in force."""
    with databases.with_plan(leipzig.plan_toml) as url:
        yield url


@pytest.fixture
def empty_database_url(databases: Databases) -> Iterator[str]:
    """The URL of a database without tables."""
    with databases.empty() as url:
        yield url


@pytest.fixture
def open_database(database_url: str, leipzig: Config) -> Iterator[Callable[..., Database]]:
    """Opens the test's one database as often as asked, as separate processes would; the plan is in force."""
    opened: list[Database] = []

    def open_database(clock: Clock | None = None) -> Database:
        open_it = Database if opened else made.opened
        opened.append(open_it(database_url, leipzig.plan.site.key, clock or HandClock()))
        return opened[-1]

    yield open_database
    for database in opened:
        database.close()


@pytest.fixture
def database(open_database: Callable[..., Database], clock: HandClock) -> Database:
    """A database whose time stands still."""
    return open_database(clock)


@pytest.fixture
def printer(tmp_path: Path) -> Iterator[VirtualPrinter]:
    """A printer in software that is switched on and has paper; what comes out lies in the folder `papers`."""
    with VirtualPrinter(tmp_path / "papers") as printer:
        yield printer


@pytest.fixture(scope="session")
def need() -> Callable[[str], None]:
    """Says that a test needs a program: without it the test is skipped here and fails where CI is set."""

    def need(program: str) -> None:
        if shutil.which(program):
            return
        if os.environ.get("CI"):
            pytest.fail(f"{program} is missing")
        pytest.skip(f"{program} is missing")

    return need
