"""The database is full, locked, read-only or gone: a named error, nothing changed, and it goes on by itself."""

from __future__ import annotations

import math
import os
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa

from shared.config import Config
from shared.errors import DatabaseUnavailable, Malformed
from shared.model import Arrival
from shared.store.database import Database, Transaction
from shared.store.feed import Feed
from shared.store.file_system import remote_file_system
from shared.store.postgres import keeping
from shared.store.product import Keeping
from shared.verbs.site.apply import apply
from shared.verbs.visits import issue
from shared.views.site import read_hall
from tests.support.clock import HandClock
from tests.support.postgres import Server
from tests.support.waiting import PATIENCE_S, wait_until

NEW = Arrival(packages=("neu",))
MOUNTS = """\
/dev/sda2 / ext4 rw,relatime 0 0
server:/export /srv/centre nfs4 rw,vers=4.2 0 0
/dev/sdb1 /srv/centre/local xfs rw 0 0
//nas/share /mnt/on\\040the\\040nas cifs rw 0 0
user@host: /home/u/remote fuse.sshfs rw 0 0
/dev/sdc1 /media/stick fuseblk rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/lib/ankommen/a.sqlite", None),
        ("/srv/centre/a.sqlite", "nfs4"),
        ("/srv/centre/local/a.sqlite", None),
        ("/srv/centrefuge/a.sqlite", None),
        ("/mnt/on the nas/a.sqlite", "cifs"),
        ("/home/u/remote/deep/er/a.sqlite", "fuse.sshfs"),
        ("/media/stick/a.sqlite", None),
    ],
)
def test_a_network_file_system_is_recognised(path: str, kind: str | None) -> None:
    assert remote_file_system(Path(path), MOUNTS) == kind


def test_a_sqlite_file_on_another_computer_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"server:/export {tmp_path} nfs rw 0 0\n")
    monkeypatch.setattr("shared.store.sqlite_file.MOUNTS", mounts)
    with pytest.raises(DatabaseUnavailable, match="another computer"):
        Database(f"sqlite:///{tmp_path}/centre.sqlite", "leipzig")
    assert not (tmp_path / "centre.sqlite").exists()


@pytest.mark.engine("sqlite")
def test_a_full_disk_is_named_and_the_next_number_follows_without_a_gap(database: Database) -> None:
    drawn: list[str] = []
    with _full(database), pytest.raises(DatabaseUnavailable, match="disk is full"):
        _issue(database, 200, drawn)
    assert database.read(read_hall).queues[0].waiting == len(drawn)
    assert database.do(issue.issue, NEW).code == f"A{len(drawn) + 1:03d}"


def _issue(database: Database, count: int, drawn: list[str]) -> None:
    for _ in range(count):
        drawn.append(database.do(issue.issue, NEW).code)


@contextmanager
def _full(database: Database) -> Iterator[None]:
    """Let the file grow by only a few pages."""

    def limit(pages: int) -> None:
        with database.engine.connect() as connection:
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    with database.engine.connect() as connection:
        limit(connection.exec_driver_sql("PRAGMA page_count").scalar_one() + 3)
    yield
    limit(2**30)


def test_a_file_that_cannot_be_written_is_named(leipzig: Config) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        database = Database(f"sqlite:///{folder}/centre.sqlite", "leipzig")
        database.prepare()
        database.do(apply, leipzig.plan_toml, True)
        database.close()
        for path in (*folder.iterdir(), folder):
            path.chmod(0o555)
        with _nobody(), pytest.raises(DatabaseUnavailable, match=r"cannot be (written|opened)"):
            database.do(issue.issue, NEW)
        database.close()
        folder.chmod(0o755)
        (folder / "centre.sqlite").chmod(0o644)
        assert database.do(issue.issue, NEW).code == "A001"
        database.close()


@contextmanager
def _nobody() -> Iterator[None]:
    """An account that file permissions stop, unlike root."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@pytest.fixture
def own_postgres(mortal_server: Server) -> Server:
    if mortal_server.own is None:
        pytest.skip("a server that was named to the tests is not stopped")
    return mortal_server


@pytest.mark.engine("mortal_postgres")
def test_a_server_that_is_gone_is_named_and_its_return_is_enough(
    database: Database, own_postgres: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert database.do(issue.issue, NEW).code == "A001"
    own_postgres.stop()
    with monkeypatch.context() as soon:
        soon.setattr("shared.store.database.monotonic", count(step=PATIENCE_S / 3).__next__)  # time passes fast
        with pytest.raises(DatabaseUnavailable, match="does not answer"):
            database.do(issue.issue, NEW)
    monkeypatch.setattr("shared.store.database.PATIENCE_S", PATIENCE_S)
    back = threading.Timer(0.5, own_postgres.start)
    back.start()
    assert database.do(issue.issue, NEW).code == "A002"  # asked while it was away
    back.join()


@pytest.mark.engine("mortal_postgres")
def test_the_feed_listens_again_after_the_server_was_away(
    database: Database,
    open_database: Callable[..., Database],
    own_postgres: Server,
    clock: HandClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("shared.store.postgres.SLOW_S", math.inf)  # only a notification wakes
    woken = threading.Event()
    feed = Feed(database, woken.set)
    feed.start()
    try:
        assert woken.wait(PATIENCE_S)
        own_postgres.crash()
        other = open_database(clock)
        wait_until(lambda: other.read(_listeners))
        for _ in range(2):  # the new connection may have woken for the first
            woken.clear()
            other.do(issue.issue, NEW)
            assert woken.wait(PATIENCE_S)
    finally:
        feed.stop()


def _listeners(t: Transaction) -> int:
    """Connections of others that have done what each does first: it asks to be notified."""
    ready = "datname = current_database() AND pid <> pg_backend_pid() AND state = 'idle' AND query <> ''"
    return int(t.execute(sa.text(f"SELECT count(*) FROM pg_stat_activity WHERE {ready}")).scalar_one())


@pytest.mark.engine("postgres")
def test_a_database_that_does_not_exist_is_named_at_once(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.store.database._PAUSES_S", _no_pause())
    with pytest.raises(DatabaseUnavailable, match="does not exist"):
        Database(database_url.replace("/ankommen_", "/nowhere_"), "leipzig").prepare()


def _no_pause() -> Iterator[float]:
    pytest.fail("it tried again")
    yield 0.0


@pytest.mark.engine("sqlite")
def test_a_backup_is_made_while_others_write_and_can_be_restored(database: Database, tmp_path: Path) -> None:
    database.do(issue.issue, NEW)
    copy = tmp_path / "copy.sqlite"
    with database.backend.transaction(writes=True):  # a verb that has not ended is not in it
        database.backup(copy)
    database.do(issue.issue, NEW)
    restored = Database(f"sqlite:///{copy}", "leipzig", database.clock)
    restored.prepare()
    with restored.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    assert restored.do(issue.issue, NEW).code == "A002"
    restored.close()
    with pytest.raises(Malformed, match="exists already"):
        database.backup(copy)
    with pytest.raises(DatabaseUnavailable, match="cannot be written"):
        database.backup(tmp_path / "nowhere" / "copy.sqlite")


@pytest.mark.engine("postgres")
def test_for_postgres_the_command_is_named(database: Database, tmp_path: Path) -> None:
    with pytest.raises(Malformed, match=r"pg_dump --format custom --file .*copy.dump .*--dbname ankommen_"):
        database.backup(tmp_path / "copy.dump")


def test_the_engine_in_use_is_named(database: Database) -> None:
    name = {"sqlite": "SQLite 3.", "postgresql": "PostgreSQL "}[database.engine.dialect.name]
    assert database.product().name.startswith(name)


@pytest.mark.parametrize(
    ("fsync", "synchronous_commit", "kept"),
    [
        ("on", "on", Keeping.ON_DISK),
        ("on", "local", Keeping.ON_DISK),
        ("on", "off", Keeping.MAY_BE_LOST),
        ("off", "on", Keeping.MAY_BE_LOST),
    ],
)
def test_a_server_that_does_not_wait_for_its_disk_may_lose_what_was_committed(
    fsync: str, synchronous_commit: str, kept: Keeping
) -> None:
    assert keeping(fsync, synchronous_commit) is kept


def test_a_statement_that_is_wrong_is_not_taken_for_an_outage(database: Database) -> None:
    if database.engine.dialect.name == "postgresql":
        with pytest.raises(sa.exc.ProgrammingError):
            database.read(lambda t: t.connection.exec_driver_sql("SELECT nonsense"))
