"""Nobody waits at an empty desk while somebody serves another of their stops."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from shared.centre import Centre
from shared.config import Config
from shared.model import Arrival, Need
from shared.store import schema
from shared.store.database import Database, Transaction
from shared.verbs.desks import calls, letting_go, opening
from shared.verbs.desks.undo import undo
from shared.verbs.site.apply import apply
from shared.verbs.site.due import anything_to_look_after, look_after, tidy
from shared.verbs.visits import change, issue
from shared.verbs.visits.detours import anybody_waits_in_vain
from shared.views.desk import read_workplace
from shared.views.room import read_room
from tests.support.clock import HandClock
from tests.unit.shared.verbs.acting import called, issued, serving, states

BIOMETRICS, COUNSEL = "4", "16"
"""Desks of `biometrie` and `beratung`, two services that require nothing."""


def let_move_twice(database: Database, leipzig: Config) -> None:
    """As the plan may allow."""
    toml = leipzig.plan_toml.replace("\nmoves = 1\n", "\nmoves = 2\n")
    database.do(apply, toml.replace("\nmoves_after_min = 10\n", "\nmoves_after_min = 0\n"), True)


@pytest.fixture(autouse=True)
def allowed(database: Database, leipzig: Config) -> None:
    let_move_twice(database, leipzig)


@pytest.fixture
def family(database: Database) -> str:
    """A family waits for fingerprints, where nobody is; a desk for counsel is open."""
    code = issued(database, "biometrie", "beratung")
    database.do(opening.open_desk, COUNSEL)
    return code


def place(t: Transaction) -> list[tuple[str, object]]:
    rows = t.execute(sa.select(schema.stop.c.state, schema.stop.c.rank_at).order_by(schema.stop.c.position))
    return [(row.state, row.rank_at) for row in rows]


def test_the_family_goes_where_somebody_is_and_keeps_its_rank(
    database: Database, clock: HandClock, family: str
) -> None:
    rank = database.read(place)[0][1]
    clock.forward(minutes=3)
    assert database.do(look_after)
    assert database.read(place) == [("planned", None), ("waiting", rank)]
    assert not database.do(look_after)
    assert called(database, COUNSEL) == family


def test_a_next_leaves_it_to_the_faces(database: Database, family: str) -> None:
    assert not database.do(tidy)
    assert states(database, family) == ["waiting", "planned"]


@pytest.mark.usefixtures("family")
@pytest.mark.parametrize("shut", [opening.pause_desk, opening.drain_desk])
def test_a_desk_that_pauses_or_drains_is_still_somebody(database: Database, shut: Callable[..., object]) -> None:
    database.do(opening.open_desk, BIOMETRICS)
    database.do(shut, BIOMETRICS)
    assert not database.read(anybody_waits_in_vain)


@pytest.mark.usefixtures("family")
@pytest.mark.parametrize("shut", [opening.pause_desk, opening.drain_desk])
def test_nobody_is_sent_to_a_desk_that_takes_nobody(database: Database, shut: Callable[..., object]) -> None:
    database.do(shut, COUNSEL)
    assert not database.read(anybody_waits_in_vain)


def test_what_requires_the_empty_desk_stays_behind_it(database: Database) -> None:
    code = issued(database)  # everything else of the package comes after the registration
    database.do(opening.open_desk, "8")
    assert not database.read(anybody_waits_in_vain)
    assert states(database, code)[0] == "waiting"


def test_what_it_requires_binds_only_who_has_it_open(database: Database) -> None:
    issued(database, "beratung", "anmeldung")  # somebody else's registration is open
    code = issued(database, "beratung", "geld", "aufenthalt")
    database.do(change.cancel, code, "aufenthalt")
    database.do(opening.open_desk, "8")
    assert states(database, code) == ["waiting", "planned", "cancelled"]
    assert database.do(look_after)
    assert states(database, code) == ["planned", "waiting", "cancelled"]


def test_a_wheelchair_is_sent_only_where_it_can_come(database: Database) -> None:
    needs = Arrival(services=("anmeldung", "biometrie"), needs=(Need.STEP_FREE,))
    code = database.do(issue.issue, needs).code
    database.do(opening.open_desk, "5")
    assert not database.read(anybody_waits_in_vain)
    database.do(opening.open_desk, BIOMETRICS)
    assert database.do(look_after)
    assert states(database, code) == ["planned", "waiting"]
    database.do(opening.close_desk, BIOMETRICS)  # desk 5 serves it too, up the steps
    database.do(opening.open_desk, "1")
    assert database.do(look_after)
    assert states(database, code) == ["waiting", "planned"]


def to_and_fro(database: Database) -> None:
    """First one desk is there, then the other."""
    database.do(opening.close_desk, COUNSEL)
    database.do(opening.open_desk, BIOMETRICS)
    database.do(look_after)
    database.do(opening.close_desk, BIOMETRICS)
    database.do(opening.open_desk, COUNSEL)
    database.do(look_after)


def test_nobody_is_sent_to_and_fro_for_ever(database: Database, family: str) -> None:
    database.do(look_after)
    to_and_fro(database)
    assert states(database, family) == ["waiting", "planned"]  # twice, as the plan says; the third desk is in vain
    assert not database.read(anything_to_look_after)


@pytest.mark.usefixtures("family")
def test_a_plan_can_forbid_it(database: Database, leipzig: Config) -> None:
    database.do(apply, leipzig.plan_toml.replace("\nmoves = 1\n", "\nmoves = 0\n"), True)
    assert not database.read(anybody_waits_in_vain)


def test_who_changes_places_or_has_just_come_moves_nobody(
    database: Database, clock: HandClock, family: str, leipzig: Config
) -> None:
    database.do(apply, leipzig.plan_toml, True)
    clock.forward(minutes=9)
    assert not database.read(anybody_waits_in_vain), "the desk for counsel may be the first of the morning"
    database.do(opening.open_desk, BIOMETRICS)
    database.do(opening.close_desk, BIOMETRICS)
    clock.forward(minutes=9)
    assert not database.read(anybody_waits_in_vain), "somebody was there a moment ago"
    new = issued(database, "biometrie", "beratung")
    clock.forward(minutes=1)
    database.do(opening.open_desk, COUNSEL, take_over=True)  # the same official, at a console that was started again
    assert database.do(look_after)
    assert states(database, family) == ["planned", "waiting"]
    assert states(database, new) == ["waiting", "planned"], "has only just come"


def test_a_desk_that_has_just_opened_may_be_the_first_of_the_morning(
    database: Database, clock: HandClock, leipzig: Config
) -> None:
    database.do(apply, leipzig.plan_toml, True)
    code = issued(database, "biometrie", "beratung")
    clock.forward(minutes=11)
    database.do(opening.open_desk, COUNSEL)
    assert not database.read(anybody_waits_in_vain)
    clock.forward(minutes=10)
    assert database.do(look_after)
    assert states(database, code) == ["planned", "waiting"]


def test_a_family_that_was_moved_is_called_where_its_paper_has_sent_it(database: Database, leipzig: Config) -> None:
    paper, now = (leipzig.plan.services[service].area for service in ("kinder", "beratung"))
    other = next(area for area in leipzig.plan.areas if area not in (paper, now))
    assert paper != now
    code = issued(database, "kinder", "beratung")
    database.do(opening.open_desk, COUNSEL)
    database.do(look_after)
    assert called(database, COUNSEL) == code
    shown = [[call.code for call in database.read(read_room, area).calls] for area in (paper, now, other)]
    assert shown == [[code], [code], []]


def test_a_desk_can_take_its_step_back_all_the_same(database: Database, clock: HandClock) -> None:
    code = issued(database, "anmeldung", "biometrie", "beratung")
    database.do(opening.open_desk, COUNSEL)
    serving(database)
    database.do(calls.finish, "1")
    assert database.do(look_after)
    assert states(database, code) == ["done", "planned", "waiting"]
    clock.forward(seconds=30)
    for state in ("serving", "called", "waiting"):
        database.do(undo, "1")
        assert states(database, code) == [state, "planned", "planned"]
    counted = sa.select(sa.func.sum(schema.stop.c.times_moved))
    assert database.read(lambda t: t.execute(counted).scalar_one()) == 0


def test_who_has_been_missed_is_not_moved(database: Database, family: str) -> None:
    assert called(database, BIOMETRICS) == family
    database.do(letting_go.missed, BIOMETRICS)
    database.do(opening.close_desk, BIOMETRICS)
    assert states(database, family) == ["missed", "planned"]
    assert not database.read(anybody_waits_in_vain)


def test_the_faces_see_to_it(open_database: Callable[..., Database], clock: HandClock, leipzig: Config) -> None:
    database, of_a_face = open_database(clock), open_database(clock)
    let_move_twice(database, leipzig)
    code = issued(database, "biometrie", "beratung")
    database.do(opening.open_desk, COUNSEL)
    centre = Centre(of_a_face, leipzig.device)
    try:
        centre._refresh()
    finally:
        centre.close()
    assert states(database, code) == ["planned", "waiting"]
    assert database.read(read_workplace, COUNSEL).waiting_count == 1
