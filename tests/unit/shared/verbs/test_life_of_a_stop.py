"""All verbs in every order: the database does what a model in plain Python does, and refuses what that refuses."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from shared.errors import Refused
from shared.model import Arrival, StopState, SuspendReason
from shared.store import schema
from shared.store.database import Database, Transaction
from shared.verbs.desks import by_number, calls, letting_go, opening, undo
from shared.verbs.site import day, halt
from shared.verbs.site.due import anything_to_look_after, look_after
from shared.verbs.visits import breaks, change, issue
from tests.support.clock import HandClock
from tests.support.databases import Databases
from tests.support.plans import small_plan
from tests.unit.shared.verbs.life_course import BETTER_AFTER, DESKS, REQUIRES
from tests.unit.shared.verbs.life_model import Life

SERVICES = ("address", "photo", "papers", "money")
PLAN = small_plan(
    site={"key": "small", "name": "Small", "language": "en", "timezone": "UTC", "day_starts": "00:00"},
    series={"A": {"first": 1, "last": 999, "for": "concerns"}},
    services={
        service: {
            "name": {"en": service},
            "minutes": {"base": 5},
            "requires": sorted(REQUIRES.get(service, ())),
            "better_after": sorted(BETTER_AFTER.get(service, ())),
        }
        for service in SERVICES
    },
    desks=DESKS,
    priorities={"urgent": {"head_start_min": 30}},
    rules={
        "language_window_min": 0,
        "recalls": 1,
        "misses": 2,
        "return_after_min": 5,
        "pauses": 1,
        "pause_min": 10,
        "park_min": 12,
        "undo_s": 120,
        "moves": 2,
        "moves_after_min": 0,
    },
)

desk_keys = st.sampled_from(tuple(DESKS))
LEAVE: tuple[Callable[..., Any], ...] = (letting_go.put_back, letting_go.park, letting_go.forward)
WORK: dict[str, tuple[Callable[..., Any], ...]] = {
    "shut": (opening.open_desk,),
    "free": (calls.call_next, calls.call_next, by_number.call_number),
    "called": (calls.start, calls.start, calls.recall, letting_go.missed, letting_go.missed, *LEAVE),
    "serving": (calls.finish, calls.finish, calls.finish_and_next, *LEAVE),
}
"""The verbs that are possible at a desk in each state."""
AT_A_DESK: tuple[Callable[..., Any], ...] = (
    *(calls.call_next, calls.recall, calls.start, calls.finish, calls.finish_and_next),
    *(letting_go.missed, letting_go.put_back, letting_go.park, undo.undo),
)
AT_A_DESK_BY_NUMBER = (by_number.call_number, by_number.unpark)
DISTURBANCES = ("take over", "hold", "hold", "suspend", "give up", "night", "end", "pause", "drain", "close")
codes = st.sampled_from(("A001", "A002", "A003"))
some_services = st.lists(st.sampled_from(SERVICES), min_size=1, max_size=4, unique=True)


class Walk(RuleBasedStateMachine):
    """Real verbs on a real database beside the model."""

    databases: Databases
    walks = steps = 0

    def __init__(self) -> None:
        super().__init__()
        self.clock = HandClock()
        self.began = self.clock.moment
        self.place = self.databases.with_plan(PLAN)
        self.database = Database(self.place.__enter__(), "small", self.clock)
        if self.database.engine.dialect.name == "sqlite":
            sa.event.listen(self.database.engine, "connect", lambda connection, _: _quickly(connection))
        self.life = Life(self.clock.moment)
        Walk.walks += 1

    def teardown(self) -> None:
        self.database.close()
        self.place.__exit__(None, None, None)

    def both(self, verb: Callable[..., Any], *args: Any, foretold: Callable[..., None] | None = None) -> None:
        """Run a verb and the model's verb of the same name; both do it, or both refuse it for the same reason."""
        Walk.steps += 1
        before = pickle.dumps(self.life)
        expected = actual = None
        try:
            (foretold or getattr(self.life, verb.__name__))(*args)
        except Refused as refusal:
            expected, self.life = type(refusal), pickle.loads(before)
        try:
            self.database.do(verb, *args)
        except Refused as refusal:
            actual = type(refusal)
        assert actual == expected, f"{verb.__name__}{args}"

    @initialize(first=some_services, second=some_services, opened=st.lists(desk_keys, min_size=2, unique=True))
    def in_the_morning(self, first: list[str], second: list[str], opened: list[str]) -> None:
        for key in opened:
            self.open_desk(key, False)
        self.issue(first, False)
        self.issue(second, False)

    @precondition(lambda self: len(self.life.of_today) < 3)
    @rule(services=some_services, urgent=st.booleans())
    def issue(self, services: list[str], urgent: bool) -> None:
        arrival = Arrival(services=tuple(services), priority="urgent" if urgent else None)
        self.life.issue(self.database.do(issue.issue, arrival).code, services, urgent)

    @rule(data=st.data(), much=st.integers(1, 6))
    def work(self, data: st.DataObject, much: int) -> None:
        """What an official does in an ordinary hour, and in the right order."""
        if self.life.suspended:
            self.both(halt.resume)
        for key in data.draw(st.lists(desk_keys, min_size=much, max_size=much)):
            standing = self.life.standing(key)
            verb = data.draw(st.sampled_from(WORK[standing]))
            if verb is opening.open_desk:
                self.open_desk(key, False)
            elif verb is by_number.call_number:
                self.both(verb, key, data.draw(codes))
            elif verb is letting_go.forward:
                self.both(verb, key, data.draw(some_services))
            else:
                self.both(verb, key)

    @precondition(lambda self: any(desk.steps for desk in self.life.desks.values()))
    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        self.both(undo.undo, data.draw(st.sampled_from([k for k, desk in self.life.desks.items() if desk.steps])))

    @rule(
        code=codes,
        verb=st.sampled_from((breaks.pause, breaks.back, breaks.readmit)),
        more=some_services,
        at_reception=st.booleans(),
    )
    def come_and_go(self, code: str, verb: Callable[..., Any], more: list[str], at_reception: bool) -> None:
        if verb is breaks.back:
            self.both(verb, code, None, at_reception, foretold=lambda *_: self.life.back(code, at_reception))
        else:
            self.both(verb, code)
        if verb is breaks.pause:
            self.both(change.add, code, more)

    @rule(code=codes, service=st.sampled_from(SERVICES), more=st.booleans())
    def change_the_journey(self, code: str, service: str, more: bool) -> None:
        if more:
            self.both(change.add, code, [service])
        else:
            self.both(change.cancel, code, service, False)

    @rule(minutes=st.sampled_from((1, 1, 2, 5, 11)), faces_awake=st.booleans())
    def let_time_pass(self, minutes: int, faces_awake: bool) -> None:
        self._pass(faces_awake, minutes=minutes)

    @rule(key=desk_keys, code=codes)
    def ask_for_what_is_refused(self, key: str, code: str) -> None:
        """Try every verb of a desk that the model refuses now, there and at each desk with a visitor."""
        for at in sorted({key, *(other for other, desk in self.life.desks.items() if desk.call)}):
            for verb in (*AT_A_DESK, *AT_A_DESK_BY_NUMBER):
                asked = (verb, at) if verb in AT_A_DESK else (verb, at, code)
                try:
                    getattr(pickle.loads(pickle.dumps(self.life)), verb.__name__)(*asked[1:])
                except Refused:
                    self.both(*asked)

    @rule(key=desk_keys, code=codes)
    def unpark(self, key: str, code: str) -> None:
        self.both(by_number.unpark, key, code)

    @rule(what=st.sampled_from(DISTURBANCES), key=desk_keys, code=codes, faces_awake=st.booleans())
    def disturb(self, what: str, key: str, code: str, faces_awake: bool) -> None:
        """Rare events in a hall that end much of what is going on."""
        match what:
            case "take over":
                self.open_desk(key, True)
            case "hold":
                self.both(opening.renew_lease, key, "console", foretold=lambda *_: self.life.renew_lease(key))
            case "suspend":
                self.both(halt.suspend, SuspendReason.POWER, foretold=lambda _: self.life.suspend())
            case "give up":
                self.both(change.cancel, code, None, True)
            case "night":
                if self.clock.moment - self.began < timedelta(days=1):  # after two nights the purge has a say
                    self._pass(faces_awake, days=1)
            case "end":
                self.both(day.close_day)
            case _:
                self.both(
                    {"pause": opening.pause_desk, "drain": opening.drain_desk, "close": opening.close_desk}[what], key
                )

    def open_desk(self, key: str, take_over: bool) -> None:
        foretold = self.life.open_desk
        self.both(opening.open_desk, key, None, (), take_over, foretold=lambda *_: foretold(key, take_over))

    def _pass(self, faces_awake: bool, **duration: float) -> None:
        self.clock.forward(**duration)
        self.life.now = self.clock.moment
        if faces_awake:
            self.both(look_after)
            assert not self.database.read(anything_to_look_after)

    @invariant()
    def the_database_is_what_the_model_says_and_nobody_is_in_two_places_or_left_standing(self) -> None:
        seen = self.database.read(_seen)
        assert seen == self.life.seen()
        for closed, _, stops in seen["visits"].values():
            states = [StopState(state) for _, _, state, *_ in stops]
            assert sum(state.active for state in states) <= 1
            assert closed == (not any(state.open for state in states))
            assert closed or any(state.active or state is StopState.PARKED for state in states)


def _quickly(connection: Any) -> None:
    """Faster settings: this test does not try power loss."""
    connection.execute("PRAGMA synchronous = OFF")


def _seen(t: Transaction) -> dict[str, Any]:
    """The database in the model's form."""
    visit, stop, call = schema.visit, schema.stop, schema.call
    stops: dict[int, list[Any]] = {}
    for row in t.execute(sa.select(stop).order_by(stop.c.visit_id, stop.c.position, stop.c.id)):
        stops.setdefault(row.visit_id, []).append(row)
    named = {row.id: row for row in t.execute(sa.select(visit))}

    def code(visit_id: int) -> str:
        return f"A{named[visit_id].number:03d}"

    open_calls = t.execute(sa.select(call).where(call.c.closed_at.is_(None)))
    opened = t.execute(sa.select(schema.desk_state).where(schema.desk_state.c.state != "closed"))
    return {
        "suspended": halt.status(t).reason is not None,
        "desks": {row.desk: (row.state, tuple(row.services)) for row in opened},
        "calls": {
            row.desk: (code(row.visit_id), [s.id for s in stops[row.visit_id]].index(row.stop_id), row.ring)
            for row in open_calls
        },
        "visits": {
            (row.day, code(row.id)): (
                row.closed_at is not None,
                row.revision,
                [(s.service, s.position, s.state, s.due_at, s.times_missed, s.times_moved) for s in stops[row.id]],
            )
            for row in named.values()
        },
    }


def _walk(databases: Databases, examples: int, steps: int, phases: tuple[Phase, ...]) -> None:
    Walk.databases, Walk.walks, Walk.steps = databases, 0, 0
    patient = settings(
        max_examples=examples,
        stateful_step_count=steps,
        phases=phases,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Walk, settings=patient)  # type: ignore[no-untyped-call]
    print(f"{Walk.walks} walks, {Walk.steps} verbs")  # told by `pytest -rP`


def test_every_verb_does_and_refuses_what_the_model_says(databases: Databases) -> None:
    _walk(databases, 20, 30, (Phase.generate,))


@pytest.mark.long
def test_every_verb_does_and_refuses_what_the_model_says_for_long(databases: Databases) -> None:
    _walk(databases, 2000, 50, tuple(Phase))
