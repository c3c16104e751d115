"""Somebody is asked to come, accepts, goes and is there."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from shared.config import Config
from shared.errors import AssistanceUnknown, DeskUnknown, Malformed, NumberUnknown, OtherDay, WrongState
from shared.model import Arrival, Assistance, AssistanceKind, AssistanceState, GuideReason
from shared.rules.assistance import MOST_UNHEARD
from shared.store.database import Database
from shared.verbs import assistance
from shared.verbs.site.apply import apply
from shared.verbs.site.purge import purge
from shared.verbs.visits import issue
from shared.views.assistance import find_assistance, read_assistance
from tests.support.clock import HandClock
from tests.support.plans import without_desk
from tests.unit.shared.verbs.acting import issued

GUIDE, INTERPRETER, EMERGENCY = AssistanceKind.GUIDE, AssistanceKind.INTERPRETER, AssistanceKind.EMERGENCY
KIOSK = "eingang_1"


def asked(database: Database, kind: AssistanceKind = GUIDE, desk: str = "1", language: str | None = None) -> Assistance:
    return database.do(assistance.ask, kind, desk, language)


def guide_for(
    database: Database, reason: GuideReason = GuideReason.UNSURE, language: str | None = "uk", before: int | None = None
) -> Assistance:
    return database.do(assistance.ask_for_guide, reason, KIOSK, language, None, before)


def open_ids(database: Database) -> list[int]:
    return [one.id for one in database.read(read_assistance)]


def test_a_desk_asks_for_an_interpreter_and_somebody_comes(database: Database, clock: HandClock) -> None:
    one = asked(database, INTERPRETER, language="so")
    assert (one.state, one.language, one.desk, one.area, one.ring) == ("open", "so", "1", "wartebereich_1", 1)
    clock.forward(seconds=50)
    steps: list[Callable[[], Assistance]] = [
        lambda: database.do(assistance.accept, one.id, "guides"),
        lambda: database.do(assistance.underway, one.id, "guides"),
        lambda: database.do(assistance.there, one.id, "guides"),
        lambda: database.do(assistance.done, one.id),
    ]
    assert [step().state for step in steps] == ["accepted", "underway", "there", "done"]
    assert open_ids(database) == []
    known = database.read(find_assistance, one.id)
    assert known is not None
    assert (known.face, known.waited_s, known.changed_at > known.opened_at) == ("guides", 50, True)


def test_the_oldest_comes_first_and_rings_again_until_somebody_accepts_it(database: Database, clock: HandClock) -> None:
    first = asked(database, EMERGENCY)
    clock.forward(minutes=2)
    second = asked(database, GUIDE, "2")
    rings = [(one.id, one.ring, one.waited_s) for one in database.read(read_assistance)]
    assert rings == [(first.id, 2, 120), (second.id, 1, 0)]
    database.do(assistance.accept, first.id, "guides")
    assert [(one.id, one.ring) for one in database.read(read_assistance)] == [(first.id, None), (second.id, 1)]


def test_what_is_asked_twice_is_asked_once(database: Database) -> None:
    one = asked(database, INTERPRETER, language="uk")
    assert asked(database, INTERPRETER, language="uk").id == one.id
    others = {asked(database, INTERPRETER, language="ar").id, asked(database, GUIDE).id, asked(database, GUIDE, "2").id}
    assert len(others | {one.id}) == 4
    database.do(assistance.done, one.id)
    assert asked(database, INTERPRETER, language="uk").id not in others | {one.id}


def test_one_face_takes_it_and_its_steps_may_be_repeated(database: Database) -> None:
    one = asked(database)
    for _ in range(2):
        assert database.do(assistance.accept, one.id, "mine").face == "mine"
    for verb in (assistance.accept, assistance.underway, assistance.there):
        with pytest.raises(WrongState, match="Somebody else"):
            database.do(verb, one.id, "theirs")
    assert [database.do(assistance.underway, one.id, "mine").state for _ in range(2)] == ["underway"] * 2
    assert [database.do(assistance.there, one.id).state for _ in range(2)] == ["there"] * 2
    assert [database.do(assistance.done, one.id).state for _ in range(2)] == ["done"] * 2
    with pytest.raises(WrongState, match="is done"):
        database.do(assistance.cancel, one.id)


@pytest.mark.parametrize("face", ["", "Frau Beispiel", "x" * 41, "a\x1b[2J"])
def test_nobody_accepts_under_a_name(database: Database, face: str) -> None:
    one = asked(database)
    with pytest.raises(Malformed, match="no key"):
        database.do(assistance.accept, one.id, face)


def test_two_faces_that_accept_at_once_do_not_both_have_it(database: Database) -> None:
    one = asked(database)

    def taken_by(face: str) -> bool:
        try:
            return database.do(assistance.accept, one.id, face).face == face
        except WrongState:
            return False

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(taken_by, ("a", "b", "c", "d"))) == [False, False, False, True]


def test_the_desk_that_asked_may_end_it_whoever_has_it(database: Database) -> None:
    accepted, unheard = asked(database), asked(database, EMERGENCY)
    database.do(assistance.accept, accepted.id, "guides")
    assert database.do(assistance.cancel, accepted.id).state is AssistanceState.CANCELLED
    assert database.do(assistance.done, unheard.id).state is AssistanceState.DONE


def test_a_step_must_follow_the_one_before(database: Database) -> None:
    one = asked(database)
    for verb in (assistance.underway, assistance.there):
        with pytest.raises(WrongState, match="is open"):
            database.do(verb, one.id, "guides")


@pytest.mark.parametrize(
    ("kind", "desk", "language", "code", "error"),
    [
        (GUIDE, "99", None, None, DeskUnknown),
        (GUIDE, "1", None, "A999", NumberUnknown),
        (INTERPRETER, "1", None, None, Malformed),
        (INTERPRETER, "1", "Ukrainian", None, Malformed),
        (INTERPRETER, "1", "u\x1b[2J", None, Malformed),
        (GUIDE, "1", "", None, Malformed),
    ],
)
def test_what_cannot_be_asked_is_named(
    database: Database, kind: AssistanceKind, desk: str, language: str | None, code: str | None, error: type[Exception]
) -> None:
    with pytest.raises(error):
        database.do(assistance.ask, kind, desk, language, code)
    assert open_ids(database) == []


def test_what_nobody_asked_for_cannot_be_accepted(database: Database) -> None:
    with pytest.raises(AssistanceUnknown, match="7"):
        database.do(assistance.accept, 7, "guides")


def test_help_for_a_visit_names_its_number_and_speaks_its_language(database: Database) -> None:
    code = database.do(issue.issue, Arrival(packages=("neu",), language="fa")).code
    one = database.do(assistance.ask, GUIDE, "1", None, code)
    assert (one.code, one.language) == (code, "fa")
    assert database.do(assistance.ask, INTERPRETER, "1", "ps", code).language == "ps"


def test_a_number_of_yesterday_asks_for_nobody(database: Database, clock: HandClock) -> None:
    code = issued(database)
    clock.forward(days=1)
    with pytest.raises(OtherDay):
        database.do(assistance.ask, GUIDE, "1", None, code)


@pytest.mark.parametrize("reason", [GuideReason.UNSURE, GuideReason.MINOR, GuideReason.LANGUAGE])
def test_a_kiosk_asks_for_a_guide_for_somebody_without_a_number(database: Database, reason: GuideReason) -> None:
    one = guide_for(database, reason, "gsg")
    assert (one.kind, one.kiosk, one.area, one.language, one.reason) == (GUIDE, KIOSK, "empfang", "gsg", reason)
    assert (one.desk, one.code) == (None, None)


def test_a_visitor_who_asks_again_has_one_guide_who_knows_more(database: Database) -> None:
    one = guide_for(database)
    again = guide_for(database, GuideReason.LANGUAGE, "so", before=one.id)
    assert (again.id, again.reason, again.language) == (one.id, "language", "so")
    code = issued(database)
    known = database.do(assistance.ask_for_guide, GuideReason.NEED, KIOSK, None, code, one.id)
    assert (known.id, known.code, known.language) == (one.id, code, "so")
    assert open_ids(database) == [one.id]
    database.do(assistance.done, one.id)
    assert guide_for(database, before=one.id).id != one.id


def test_two_visitors_of_a_kiosk_have_a_guide_each(database: Database) -> None:
    assert len({guide_for(database).id, guide_for(database).id}) == 2


def test_a_visit_has_one_guide_from_whichever_kiosk(database: Database) -> None:
    code = issued(database)
    ask = partial(database.do, assistance.ask_for_guide, GuideReason.NEED)
    assert ask("eingang_1", "de", code).id == ask("eingang_1", "de", code).id


def test_who_plays_with_a_kiosk_does_not_bury_the_others(database: Database) -> None:
    for _ in range(20):
        guide_for(database)
    assert len(open_ids(database)) == MOST_UNHEARD
    for one in open_ids(database):
        database.do(assistance.accept, one, "guides")
    guide_for(database)
    assert len(open_ids(database)) == MOST_UNHEARD + 1


@pytest.mark.parametrize("kiosk", [None, "moon"])
def test_a_kiosk_that_the_plan_does_not_have_gets_help_all_the_same(database: Database, kiosk: str | None) -> None:
    one = database.do(assistance.ask_for_guide, GuideReason.MINOR, kiosk, "uk")
    assert (one.area, one.kiosk, one.state) == (None, kiosk, "open")


def test_what_yesterday_asked_for_rings_no_more_and_is_gone_the_day_after(database: Database, clock: HandClock) -> None:
    code = issued(database)
    ids = [guide_for(database).id, asked(database).id, database.do(assistance.ask, GUIDE, "1", None, code).id]
    clock.forward(days=1)
    assert open_ids(database) == []
    assert guide_for(database).id not in ids
    assert asked(database).id not in ids
    assert all(database.read(find_assistance, one) for one in ids)
    clock.forward(days=1)
    database.do(purge)
    assert not any(database.read(find_assistance, one) for one in ids)


def test_help_goes_along_with_a_desk_that_a_new_plan_moves(database: Database, leipzig: Config) -> None:
    one = asked(database, desk="17")
    database.do(apply, without_desk(leipzig.plan_toml, "17"), True, {"17": "16"})
    known = database.read(find_assistance, one.id)
    assert known is not None
    assert known.desk == "16"
