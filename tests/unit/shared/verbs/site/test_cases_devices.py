"""Case 21: commands also allow the times that the hours of a plan allow."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from shared.errors import Malformed
from shared.store.database import Database
from shared.verbs.site import open_until


def test_case_21_a_centre_may_be_open_until_midnight(database: Database) -> None:
    until = database.do(open_until.open_until, "24:00").until
    assert until == datetime(2026, 11, 23, 23, tzinfo=UTC)


@pytest.mark.parametrize("wrong", ["24:01", "25:00", "240:00", "24", "-1:00"])
def test_case_21_and_not_longer(database: Database, wrong: str) -> None:
    with pytest.raises(Malformed, match='"00:00" to "24:00"'):
        database.do(open_until.open_until, wrong)
