"""Case 17: a screen for an area that a plan leaves out shows all calls, each once."""

from __future__ import annotations

from shared.config import Config
from shared.store.database import Database
from shared.verbs.site.apply import apply
from shared.views.room import read_calls, read_room
from tests.support.plans import without_section
from tests.unit.shared.verbs.acting import called, issued


def test_case_17_an_area_that_is_gone_sees_every_call(database: Database, leipzig: Config) -> None:
    issued(database), issued(database, "geld")
    called(database, "1"), called(database, "8")
    assert database.read(read_calls, "empfang") == ()
    fewer = without_section(leipzig.plan_toml, "areas.empfang").replace('area = "empfang"', 'area = "wartebereich_1"')
    database.do(apply, fewer, True)
    assert database.read(read_room, "empfang").calls == database.read(read_calls)
    assert len(database.read(read_calls)) == 2
    assert [call.desk for call in database.read(read_calls, "wartebereich_1")] == ["1"]
