"""Cases 13 and 15: who owns the files of a database, which of them are ours, and whether they are still there."""

from __future__ import annotations

import os
import sqlite3
import stat
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from shared.config import Config
from shared.errors import DatabaseMismatch, DatabaseUnavailable
from shared.model import Arrival
from shared.private_files import make_private_folder
from shared.store.database import Database
from shared.store.sqlite_file import APPLICATION_ID
from shared.verbs.site.apply import apply
from shared.verbs.visits.issue import issue
from shared.views.site import read_hall
from tests.support.nobody import NOBODY, as_nobody, need_root

NEW = Arrival(packages=("neu",))
SQLITE = pytest.mark.engine("sqlite")


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder where every account may write, like /tmp."""
    with tempfile.TemporaryDirectory(prefix="ankommen-test-") as name:
        Path(name).chmod(0o1777)
        yield Path(name)


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def centre_in(file: Path, leipzig: Config) -> Database:
    """A new centre in a file."""
    database = Database(f"sqlite:///{file}", "leipzig")
    database.prepare()
    database.do(apply, leipzig.plan_toml, True)
    return database


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077, 0o777])
def test_case_13_database_log_and_backup_are_for_their_owner_alone(tmp_path: Path, leipzig: Config, mask: int) -> None:
    with umask(mask):
        database = centre_in(tmp_path / "centre.sqlite", leipzig)
        database.do(issue, NEW)
        database.backup(tmp_path / "copy.sqlite")
        files = {file.name: mode(file) for file in tmp_path.iterdir()}
        database.close()
    assert {"centre.sqlite", "copy.sqlite"} <= files.keys()
    assert set(files.values()) == {0o600}, files


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o777])
def test_case_13_a_folder_that_is_made_is_for_its_owner_alone(tmp_path: Path, mask: int) -> None:
    with umask(mask):
        make_private_folder(tmp_path / "state" / "ankommen")
    assert (mode(tmp_path / "state"), mode(tmp_path / "state" / "ankommen")) == (0o700, 0o700)


@SQLITE
def test_case_13_a_looser_file_is_tightened_when_it_is_opened(database: Database, database_url: str) -> None:
    database.do(issue, NEW)
    files = list(Path(sa.make_url(database_url).database or "").parent.glob("centre.sqlite*"))
    for file in files:
        file.chmod(0o664)
    with closing(Database(database_url, "leipzig")) as other:
        other.read(read_hall)
    assert {file.name: mode(file) for file in files} == {file.name: 0o600 for file in files}


@pytest.mark.parametrize("file_mode", [0o600, 0o644])
def test_case_13_an_account_that_may_not_write_gets_a_sentence_and_leaves_nothing_behind(
    open_folder: Path, leipzig: Config, file_mode: int
) -> None:
    need_root()
    file = open_folder / "centre.sqlite"
    with closing(centre_in(file, leipzig)) as database:
        database.do(issue, NEW)
    file.chmod(file_mode)
    before = {one.name: one.stat().st_uid for one in open_folder.iterdir()}

    def visit() -> str:
        with (
            closing(Database(f"sqlite:///{file}", "leipzig")) as theirs,
            pytest.raises(DatabaseUnavailable) as refused,
        ):
            theirs.do(issue, NEW)
        return str(refused.value)

    told = as_nobody(visit)
    assert told == f"{file} cannot be written by this account; it belongs to root, {file_mode:04o}."
    assert {one.name: one.stat().st_uid for one in open_folder.iterdir()} == before
    with closing(Database(f"sqlite:///{file}", "leipzig")) as database:
        assert database.do(issue, NEW).code == "A002"


def test_case_13_a_folder_of_somebody_else_is_named() -> None:
    need_root()
    with tempfile.TemporaryDirectory(prefix="ankommen-test-") as name:
        Path(name).chmod(0o755)

        def prepare() -> None:
            Database(f"sqlite:///{name}/centre.sqlite", "leipzig").prepare()

        with pytest.raises(DatabaseUnavailable, match=rf"{name} cannot be written by this account; .* root, 0755"):
            as_nobody(prepare)
        assert list(Path(name).iterdir()) == []
        Path(name).chmod(0o700)
        with pytest.raises(DatabaseUnavailable, match="cannot be reached: Permission denied"):
            as_nobody(prepare)


def test_case_13_root_leaves_the_files_of_an_account_to_it(open_folder: Path, leipzig: Config) -> None:
    need_root()
    file = open_folder / "centre.sqlite"
    as_nobody(lambda: centre_in(file, leipzig).close())
    with closing(Database(f"sqlite:///{file}", "leipzig")) as as_root:
        as_root.do(issue, NEW)
        assert {one.stat().st_uid for one in open_folder.iterdir()} == {NOBODY}


def test_case_13_only_who_prepares_a_database_makes_its_file(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/centre.sqlite", "leipzig")
    assert database.revision() is None
    assert database.product().name.startswith("SQLite")
    with pytest.raises(DatabaseUnavailable, match=r"There is no database .*centre\.sqlite"):
        database.read(read_hall)
    assert list(tmp_path.iterdir()) == []


def test_case_13_a_folder_that_is_not_there_is_named_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailable, match=rf"There is no folder {tmp_path}/nowhere"):
        Database(f"sqlite:///{tmp_path}/nowhere/centre.sqlite", "leipzig").prepare()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["c#1.sqlite", "50 % ä.sqlite", "a&b=c.sqlite"])
def test_case_13_a_name_may_have_any_letter_but_a_question_mark(tmp_path: Path, leipzig: Config, name: str) -> None:
    with closing(centre_in(tmp_path / name, leipzig)) as database:
        assert database.do(issue, NEW).code == "A001"
        assert (tmp_path / name).stat().st_size > 0


def test_case_13_a_link_to_a_database_is_that_database(tmp_path: Path, leipzig: Config) -> None:
    (tmp_path / "real").mkdir()
    centre_in(tmp_path / "real" / "centre.sqlite", leipzig).close()
    (tmp_path / "link.sqlite").symlink_to(tmp_path / "real" / "centre.sqlite")
    with closing(Database(f"sqlite:///{tmp_path}/link.sqlite", "leipzig")) as database:
        assert database.do(issue, NEW).code == "A001"
        database.do(issue, NEW)
    assert {one.name for one in tmp_path.iterdir()} == {"real", "link.sqlite"}


@pytest.mark.parametrize("left", ["-wal", "-journal"])
def test_case_13_no_new_database_beside_the_log_of_one_that_is_gone(tmp_path: Path, left: str) -> None:
    log = tmp_path / f"centre.sqlite{left}"
    log.write_bytes(b"the newest commits")
    with pytest.raises(DatabaseUnavailable, match=rf"centre.sqlite{left} is of a deleted database"):
        Database(f"sqlite:///{tmp_path}/centre.sqlite", "leipzig").prepare()
    assert [one.read_bytes() for one in tmp_path.iterdir()] == [b"the newest commits"]


@pytest.mark.parametrize("kind", ["folder", "pipe"])
def test_case_13_what_is_no_file_is_refused(tmp_path: Path, kind: str) -> None:
    place = tmp_path / "centre.sqlite"
    place.mkdir() if kind == "folder" else os.mkfifo(place)
    with pytest.raises(DatabaseUnavailable, match="is no file"):
        Database(f"sqlite:///{place}", "leipzig").prepare()


@pytest.mark.parametrize(
    "script",
    [
        "CREATE TABLE notes (text)",
        "PRAGMA application_id = 252006674; CREATE TABLE visit (id)",
        "PRAGMA application_id = 252006674",
        "CREATE TABLE alembic_version (version_num); INSERT INTO alembic_version VALUES ('0003')",
        "CREATE TABLE alembic_version (version_num); CREATE TABLE site (a); CREATE TABLE visit (a)",
    ],
)
def test_case_13_the_file_of_another_program_is_refused_and_untouched(tmp_path: Path, script: str) -> None:
    file = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(file)) as other:
        other.executescript(script)
    file.chmod(0o664)
    before = file.read_bytes()
    with closing(Database(f"sqlite:///{file}", "leipzig")) as database:
        for use in (database.prepare, database.revision, lambda: database.backup(tmp_path / "copy.sqlite")):
            with pytest.raises(DatabaseMismatch, match="another program"):
                use()
    assert file.read_bytes() == before
    assert stat.S_IMODE(file.stat().st_mode) == 0o664
    assert list(tmp_path.iterdir()) == [file]


def test_case_13_a_file_that_is_no_database_keeps_its_rights(tmp_path: Path) -> None:
    file = tmp_path / "hosts"
    file.write_text("127.0.0.1 localhost\n" * 200)
    file.chmod(0o644)
    with (
        closing(Database(f"sqlite:///{file}", "leipzig")) as database,
        pytest.raises(DatabaseUnavailable, match="not a database"),
    ):
        database.prepare()
    assert stat.S_IMODE(file.stat().st_mode) == 0o644


@pytest.mark.engine("postgres")
def test_case_13_a_database_with_tables_of_another_program_is_refused(empty_database_url: str) -> None:
    with closing(Database(empty_database_url, "leipzig")) as database:
        with database.engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE site (title text)")
        with pytest.raises(DatabaseMismatch, match="another program"):
            database.prepare()


@pytest.mark.parametrize("revision", ["1975ea83b712", "", "0004b", "0000", "\x1b[2J"])
def test_case_13_a_revision_of_another_program_is_a_sentence(database: Database, revision: str) -> None:
    with database.engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = :it"), {"it": revision})
    with pytest.raises(DatabaseMismatch, match="none of this program") as refused:
        database.prepare()
    assert "\x1b" not in str(refused.value)


@SQLITE
def test_case_13_a_file_says_whose_it_is(database: Database, tmp_path: Path) -> None:
    database.backup(tmp_path / "copy.sqlite")
    for file in (str(database.url.database), tmp_path / "copy.sqlite"):
        with closing(sqlite3.connect(file)) as plain:
            assert plain.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)


def test_case_13_a_rehearsal_writes_nothing(database: Database) -> None:
    def events() -> int:
        return database.read(lambda t: t.connection.exec_driver_sql("SELECT count(*) FROM event").scalar_one())

    before = events()
    database.rehearse()
    assert events() == before
