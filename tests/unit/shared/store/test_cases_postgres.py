"""Case 18: Postgres as towns run it, with their own encodings, poolers, read-only defaults, schemas and roles."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event

import pytest
import sqlalchemy as sa

from ankommen.cli import main
from shared.centre import Centre
from shared.config import Config, Device
from shared.errors import DatabaseMismatch, DatabaseUnavailable
from shared.model import Arrival
from shared.store import schema
from shared.store.database import Database
from shared.verbs.rights import rights_of_faces
from shared.verbs.site.apply import apply
from shared.verbs.visits.issue import issue
from shared.views.site import read_hall
from tests.support.clock import HandClock
from tests.support.postgres import Server, account_of_faces
from tests.support.waiting import wait_until

pytestmark = pytest.mark.engine("postgres")
NEW = Arrival(packages=("neu",))


@pytest.fixture
def opened(leipzig: Config) -> Iterator[Callable[[str | sa.URL], Database]]:
    """Opens databases by URL and closes them at the end."""
    databases: list[Database] = []

    def opened(url: str | sa.URL) -> Database:
        text = url if isinstance(url, str) else url.render_as_string(hide_password=False)
        databases.append(Database(text, leipzig.plan.site.key, HandClock()))
        return databases[-1]

    yield opened
    for database in databases:
        database.close()


def say(database: Database, *statements: str) -> None:
    """Run statements of an administrator one by one."""
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def name_of(database: Database) -> str:
    return str(database.url.database)


@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1"])
def test_case_18_a_database_that_loses_letters_is_refused(
    encoding: str, shared_server: Server, opened: Callable[[str], Database]
) -> None:
    with shared_server.database(options=f"ENCODING '{encoding}' LOCALE 'C' TEMPLATE template0") as url:
        database = opened(url)
        with pytest.raises(DatabaseUnavailable, match=f"is in {encoding}.*UTF8"):
            database.prepare()
        database.close()


def test_case_18_what_is_acknowledged_is_committed_whatever_the_default(
    database_url: str, opened: Callable[[str], Database]
) -> None:
    admin = opened(database_url)
    say(admin, f"ALTER DATABASE {name_of(admin)} SET default_transaction_read_only = on")
    face = opened(database_url)
    ticket = face.do(issue, NEW)
    assert ticket.code == "A001"
    assert sum(queue.waiting for queue in opened(database_url).read(read_hall).queues) == 1


def test_case_18_a_schema_of_its_own(
    empty_database_url: str, leipzig: Config, opened: Callable[[str], Database]
) -> None:
    admin = opened(empty_database_url)
    say(admin, "CREATE SCHEMA town", f"ALTER DATABASE {name_of(admin)} SET search_path = town")
    face = opened(empty_database_url)
    face.prepare()
    face.do(apply, leipzig.plan_toml, True)
    assert face.do(issue, NEW).code == "A001"
    assert sa.inspect(face.engine).get_table_names("town")
    assert not sa.inspect(face.engine).get_table_names("public")


def test_case_18_a_search_path_that_leads_nowhere_is_said(
    empty_database_url: str, opened: Callable[[str], Database]
) -> None:
    admin = opened(empty_database_url)
    say(admin, f"ALTER DATABASE {name_of(admin)} SET search_path = nowhere")
    with pytest.raises(DatabaseMismatch, match="search_path"):
        opened(empty_database_url).prepare()


def test_case_18_a_face_needs_one_connection(database_url: str, opened: Callable[[str], Database]) -> None:
    """So sixty desks fit into the hundred that a server has by default."""
    admin = opened(database_url)
    centre = Centre(opened(database_url), Device())
    woken = Event()
    centre.subscribe(woken.set)
    try:
        assert woken.wait(10)
        woken.clear()
        admin.do(issue, NEW)
        assert woken.wait(10)
        assert centre.read(read_hall).result(10).queues
        mine = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        with admin.engine.connect() as connection:
            assert connection.exec_driver_sql(mine).scalar_one() == 1
    finally:
        centre.close()


@pytest.fixture
def faces_role(database_url: str) -> Iterator[sa.URL]:
    """An account that owns nothing, in the group of faces: its URL for the test's database."""
    with account_of_faces(database_url) as url:
        yield url


def test_case_18_apply_lets_faces_work(
    database_url: str, faces_role: sa.URL, opened: Callable[[str | sa.URL], Database]
) -> None:
    assert main(["--training", "--database", database_url, "apply", "--yes"]) == 0
    assert opened(faces_role).do(issue, NEW).code == "A001"


def test_case_18_faces_work_with_an_account_that_owns_nothing(
    database_url: str, faces_role: sa.URL, opened: Callable[[str | sa.URL], Database]
) -> None:
    assert opened(database_url).let_faces_work(rights_of_faces())
    face = opened(faces_role)
    face.prepare()
    assert face.do(issue, NEW).code == "A001"
    with pytest.raises(DatabaseUnavailable, match="refuses"):
        face.keep(lambda t: t.connection.exec_driver_sql("DROP TABLE visit").rowcount)


def test_case_18_a_face_that_cannot_migrate_says_who_must(
    database_url: str, faces_role: sa.URL, opened: Callable[[str | sa.URL], Database]
) -> None:
    owner = opened(database_url)
    owner.let_faces_work(rights_of_faces())
    say(owner, "UPDATE alembic_version SET version_num = '0001'")
    with pytest.raises(DatabaseMismatch, match=f"revision 0001.*needs {schema.REVISION}.*owner.*ankommen apply"):
        opened(faces_role).prepare()


@pytest.fixture
def pooler(shared_server: Server, database_url: str, need: Callable[[str], None]) -> Iterator[sa.URL]:
    """The test's database behind a real pooler in session mode, which refuses to run as root."""
    need("pgbouncer")
    url, account = sa.make_url(database_url), shared_server.own.system_user if shared_server.own else "nobody"
    with TemporaryDirectory(prefix="pool-") as named:
        folder = Path(named)
        folder.chmod(0o777)
        (folder / "users.txt").write_text(f'"{url.username}" ""\n')
        server = f"host={url.query['host']} port={url.query.get('port', 5432)} user={url.username}"
        (folder / "pgbouncer.ini").write_text(
            f"[databases]\n{url.database} = {server}\n"
            f"[pgbouncer]\npool_mode = session\nauth_type = any\nauth_file = {folder}/users.txt\n"
            f"unix_socket_dir = {folder}\nlisten_port = 6432\nlogfile = {folder}/log\n"
        )
        command = ["pgbouncer", "-q", str(folder / "pgbouncer.ini")]
        with subprocess.Popen(command, user=account if os.getuid() == 0 else None) as process:
            wait_until((folder / ".s.PGSQL.6432").exists, lambda: (folder / "log").read_text())
            yield url.set(query={"host": named, "port": "6432"})
            process.terminate()


def test_case_18_behind_a_pooler_in_session_mode(pooler: sa.URL, opened: Callable[[str | sa.URL], Database]) -> None:
    face = opened(pooler)
    assert face.do(issue, NEW).code == "A001"
    with face.engine.connect() as connection:
        assert connection.exec_driver_sql("SHOW lock_timeout").scalar_one() == "4s"
    face.close()
