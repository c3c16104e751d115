"""A plan of an older program, with all languages in one file and comments between, is good as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from shared.config import Config, read_config
from shared.language import LANGUAGES
from shared.model import Arrival
from shared.verbs.site.apply import apply
from shared.verbs.visits.issue import issue
from shared.views.in_force import plan_in_force
from tests.support.databases import Databases, opened

OLDER = Path(__file__).parents[4] / "resources" / "plan-with-all-languages.toml"


@pytest.fixture(scope="module")
def older() -> Config:
    return read_config(OLDER)


def test_it_is_applied_unchanged(databases: Databases, older: Config) -> None:
    with databases.with_plan(older.to_apply()) as url:
        database = opened(url, "leipzig")
        plan = database.read(plan_in_force)
        database.close()
    assert plan == older.plan
    assert set(plan.packages["neu"].name) == set(LANGUAGES)
    assert older.gaps == ()


def test_a_database_that_holds_one_goes_on(databases: Databases, older: Config, leipzig: Config) -> None:
    stored = older.text.partition("[device]")[0]
    with databases.with_plan(stored) as url:
        database = opened(url, "leipzig")
        assert database.do(issue, Arrival(("neu",))).code == "A001"
        assert database.read(plan_in_force).packages["neu"].name == older.plan.packages["neu"].name
        assert database.do(apply, leipzig.to_apply(), True).consequences == ()
        assert database.do(issue, Arrival(("neu",))).code == "A002"
        database.close()
