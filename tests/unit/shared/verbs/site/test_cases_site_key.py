"""Case 3: a site key changed in one computer's file does not silently begin a second, empty centre."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ankommen.doctor import examine
from ankommen.opening import Options
from shared.config import Config
from shared.errors import DatabaseMismatch
from shared.store.database import Database
from shared.verbs.site.apply import apply
from shared.views.in_force import sites
from tests.support.plans import with_line
from tests.unit.shared.verbs.acting import issued


@pytest.fixture
def elsewhere(database: Database, leipzig: Config, tmp_path: Path) -> Options:
    """A console with another key in its file, at the database of a centre where somebody waits."""
    issued(database)
    file = tmp_path / "console.toml"
    file.write_text(with_line(leipzig.text, "site", 'key = "leipzg"'), encoding="utf-8")
    return Options(config=file, database=database.url.render_as_string(hide_password=False), training=True)


def test_case_3_neither_a_face_nor_a_command_begins_a_second_house(database: Database, elsewhere: Options) -> None:
    open_them: list[Callable[[], object]] = [elsewhere.open, elsewhere.open_centre]
    for open_it in open_them:
        with pytest.raises(DatabaseMismatch, match=r"There is no centre 'leipzg' in .*, but 'leipzig'\."):
            open_it()
    assert database.read(sites) == ("leipzig",)


def test_case_3_doctor_says_it(elsewhere: Options) -> None:
    found = next(check for check in examine(elsewhere) if check.name == "database")
    assert (found.ok, found.exit_code) == (False, 2)
    assert "but 'leipzig'. Either site.key in" in found.detail


def test_case_3_a_second_house_begins_where_somebody_says_so(database: Database, elsewhere: Options) -> None:
    second, config = elsewhere.open(beside_others=True)
    assert database.read(sites) == ("leipzg", "leipzig")
    assert not second.do(apply, config.to_apply(), True).changed
    assert [issued(second), issued(database)] == ["A001", "A002"]
    second.close()
    elsewhere.open_centre().close()
