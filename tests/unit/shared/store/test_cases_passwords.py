"""Case 19: a password comes from a place that nobody else reads, and a wrong URL gets a clear sentence."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from shared.errors import DatabaseUnavailable, Malformed
from shared.store.database import Database
from tests.support.postgres import Server

SECRET = "geheim7"


@pytest.fixture
def guarded(mortal_server: Server) -> Iterator[str]:
    """The URL, without password, of a database on a server that asks for one."""
    if mortal_server.own is None:
        pytest.skip("a server that was named to the tests keeps its own rules")
    rules = mortal_server.own.pgdata / "pg_hba.conf"
    before = rules.read_text()
    with mortal_server.database() as url, psycopg.connect(_libpq(url), autocommit=True) as admin:
        admin.execute("DROP ROLE IF EXISTS guarded")
        admin.execute(f"CREATE ROLE guarded LOGIN PASSWORD '{SECRET}'")
        admin.execute(f"GRANT ALL ON SCHEMA public TO guarded; GRANT ALL ON DATABASE {admin.info.dbname} TO guarded")
        rules.write_text(f"local all guarded scram-sha-256\n{before}")
        admin.execute("SELECT pg_reload_conf()")
        try:
            yield sa.make_url(url).set(username="guarded").render_as_string(hide_password=False)
        finally:
            rules.write_text(before)
            admin.execute("SELECT pg_reload_conf()")


def _libpq(url: str) -> str:
    return url.replace("+psycopg", "", 1)


def _secret_file(folder: Path, text: str, mode: int = 0o600) -> Path:
    file = folder / "password"
    file.write_text(text)
    file.chmod(mode)
    return file


def _works(url: str, password_file: Path | None = None) -> bool:
    database = Database(url, "leipzig", password_file=password_file)
    try:
        return database.revision() is None
    finally:
        database.close()


def test_case_19_a_password_comes_from_a_file_a_pgpass_file_or_the_environment(
    guarded: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    with pytest.raises(DatabaseUnavailable, match="no password supplied"):
        _works(guarded)
    assert _works(guarded, _secret_file(tmp_path, f"{SECRET}\n"))
    with monkeypatch.context() as environment:
        environment.setenv("PGPASSWORD", SECRET)
        assert _works(guarded)
    with monkeypatch.context() as environment:
        environment.setenv("PGPASSFILE", str(_secret_file(tmp_path, f"*:*:*:guarded:{SECRET}\n")))
        assert _works(guarded)


def test_case_19_a_wrong_password_is_not_told(guarded: str, tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailable, match="authentication failed") as refused:
        _works(guarded, _secret_file(tmp_path, f"x{SECRET}"))
    assert SECRET not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "mode", "told"),
    [
        (SECRET, 0o644, r"others may read it \(.*, 0644\); run: chmod 600"),
        (SECRET, 0o602, "others may read it"),
        ("", 0o600, "one line"),
        (f"user\n{SECRET}", 0o600, "one line"),
    ],
)
def test_case_19_a_password_file_that_is_no_secret_is_refused(tmp_path: Path, text: str, mode: int, told: str) -> None:
    with pytest.raises(Malformed, match=told) as refused:
        Database("postgresql://u@h/db", "leipzig", password_file=_secret_file(tmp_path, text, mode))
    assert SECRET not in str(refused.value)


def test_case_19_a_group_may_read_a_password_file_of_root_only(tmp_path: Path) -> None:
    file = _secret_file(tmp_path, SECRET, 0o640)
    if os.geteuid() != 0:
        with pytest.raises(Malformed, match="others may read it"):
            Database("postgresql://u@h/db", "leipzig", password_file=file)
        return
    assert Database("postgresql://u@h/db", "leipzig", password_file=file).url.password == SECRET
    os.chown(file, 65534, 65534)
    with pytest.raises(Malformed, match="others may read it"):
        Database("postgresql://u@h/db", "leipzig", password_file=file)


def test_case_19_a_password_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(Malformed, match=r"nowhere: No such file"):
        Database("postgresql://u@h/db", "leipzig", password_file=tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("url", "told"),
    [
        (f"postgresql//u:{SECRET}@h/db", "is no database URL"),
        (f"u:{SECRET}@h/db", "is no database URL"),
        (f"mysql://u:{SECRET}@h/db", "is no database this program can use"),
        (f"postgresql://u:{SECRET}@h:abc/db", "the port is no number"),
        (f"postgresql://u:{SECRET}@h:/db", "the port is no number"),
        (f"postgresql://u:{SECRET}@h:99999/db", "from 1 to 65535"),
        (f"postgresql://u:{SECRET}@/db?host=h&port=0", "from 1 to 65535"),
        (f"postgresql://h/db?password={SECRET}&sslmod=require", "'sslmod' is no option of Postgres; did you mean sslm"),
        (f"postgresql://u:p@{SECRET}@h/db", "@ is written %40"),
        (f"sqlite:///a?key={SECRET}", "question mark"),
        ("sqlite:///a?b#c.sqlite", "question mark"),
        ("sqlite://tmp/centre.sqlite", "four slashes"),
        ("sqlite:///", "names no file"),
    ],
)
def test_case_19_a_wrong_url_is_a_sentence_without_the_password(url: str, told: str) -> None:
    with pytest.raises(Malformed) as refused:
        Database(url, "leipzig")
    assert told in str(refused.value)
    assert SECRET not in str(refused.value)


@pytest.mark.parametrize("option", ["sslmode=perhaps", "keepalives=x", "target_session_attrs=x"])
def test_case_19_an_option_with_a_wrong_value_is_a_sentence_at_once(option: str) -> None:
    database = Database(f"postgresql://u:{SECRET}@127.0.0.1:9/db?{option}", "leipzig")
    with pytest.raises(DatabaseUnavailable, match="its URL has a wrong option") as refused:
        database.revision()
    assert SECRET not in str(refused.value)
