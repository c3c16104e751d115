"""Random schedules of wrong clocks: none of them makes anything irreversible happen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from shared.rules.belief import BACK, SMALL
from tests.unit.shared.rules.clock_world import DAY, HOUR, NINE, World, day_of, moment

MANY = settings(
    max_examples=60, deadline=None, database=None, report_multiple_bugs=False, suppress_health_check=list(HealthCheck)
)

OFFS = st.one_of(
    st.sampled_from([-400 * DAY, -DAY, -HOUR, HOUR, 26 * HOUR, 3 * DAY, 366 * DAY, 1.6e9 - NINE]),
    st.floats(-5 * 366 * DAY, 5 * 366 * DAY),
    st.floats(-12 * HOUR, 12 * HOUR),
    st.floats(-200, 200),
)
PROCESSES = st.sampled_from([0, 1, 2, 10])
ACTS = st.tuples(st.sampled_from(["issue", "call", "close", "transaction", "view"]), PROCESSES, st.floats(0.1, 40))
GLITCHES = st.fixed_dictionaries(
    {
        "off": OFFS,
        "restart": st.booleans(),
        "held": st.booleans(),  # the clock stands while the computer is off
        "inside": st.lists(ACTS, max_size=6),
        "after": st.lists(ACTS, max_size=6),
        "synchronised": st.sampled_from([True, None]),
        "denied": st.booleans(),  # the kernel is synchronised, and this clock shows something else
    }
)


def act(world: World, what: tuple[str, int, float]) -> None:
    verb, process, then = what
    getattr(world, verb)(process)
    world.true += then


@MANY
@given(
    st.lists(ACTS, min_size=1, max_size=8), st.lists(GLITCHES, min_size=1, max_size=4), st.sampled_from([True, None])
)
def test_case_2_after_short_wrong_readings_the_day_is_as_it_was(before, glitches, synchronised):
    world = World(synchronised=synchronised)
    world.transaction()
    for what in before:
        act(world, what)
    for glitch in glitches:
        note(str(glitch))
        if glitch["restart"]:
            world.start_again(45.0, None if glitch["held"] else glitch["off"], None)
        else:
            world.error, world.synchronised = glitch["off"], False if glitch["denied"] else None
        for what in glitch["inside"]:  # at most 6 times 40 s
            act(world, what)
        world.error, world.synchronised = 0.0, glitch["synchronised"]
        world.transaction(0)
        for what in glitch["after"]:
            act(world, what)
    world.run(300)
    now = world.transaction()
    assert not now.doubt
    assert abs(now.moment - moment(world.true)) <= timedelta(hours=24)
    assert world.issue() is not None
    world.undamaged(day_of(NINE))


@MANY
@given(OFFS, st.lists(ACTS, min_size=5, max_size=60), st.booleans())
def test_case_2_one_process_that_is_always_wrong_is_never_believed(off, acts, wrong_first):
    """The looks of the others prevent that, however long it runs."""
    world = World(skew={1: off})
    world.transaction(0)
    if wrong_first:
        world.transaction(1)
    for what in acts:
        act(world, what)
        world.true += 30
        world.transaction(0)
    world.skew.clear()
    world.run(300, 1)
    assert world.issue(1) is not None
    world.undamaged(day_of(NINE))


@MANY
@given(
    st.sampled_from(["off", "idle", "still"]),
    st.one_of(st.floats(60, 20 * HOUR), st.sampled_from([2.6 * DAY, 21 * DAY, 366 * DAY])),
    st.sampled_from([True, None]),
    st.lists(ACTS, max_size=8),
    st.lists(ACTS, max_size=8),
    st.booleans(),
)
def test_case_2_after_a_closure_of_any_length_all_works_without_a_hand(
    how, length, synchronised, before, after, stands
):
    """The clock is right afterwards; on a machine that stood still or has no battery, it is set right later."""
    world = World(synchronised=synchronised)
    world.transaction()
    for what in before:
        act(world, what)
    world.run(10)
    match how:
        case "off":
            world.start_again(length, None if stands else 0.0, None if stands else synchronised)
            for what in after if stands else ():
                act(world, what)
        case "idle":
            world.true += length
            world.memories.clear()
        case _:
            world.stand_still(length)  # nobody can see that the clock is off, until it is set
    world.error, world.synchronised = 0.0, synchronised
    now = world.transaction()
    if synchronised:
        assert not now.doubt, "not at once"
        assert abs(now.moment - moment(world.true)) <= timedelta(seconds=2.01)
    for what in after:
        act(world, what)
    now = world.run(300)
    assert not now.doubt
    assert abs(now.moment - moment(world.true)) <= timedelta(seconds=2.01)
    assert world.issue() is not None
    for visit in world.visits:
        assert visit.day == day_of(visit.true_at), "a number of a day that was over"
        assert visit.day == day_of(world.true) or not visit.open
    world.in_order()
    world.run(3700, pace=60)
    assert all(visit.day > day_of(world.true) - timedelta(days=2) for visit in world.visits), "not purged in an hour"


@MANY
@given(st.floats(20, 5 * HOUR), st.lists(ACTS, min_size=1, max_size=8), st.lists(ACTS, min_size=1, max_size=8))
def test_case_2_a_restart_in_the_middle_of_a_day_stops_no_numbers(off, before, after):
    world = World()
    world.transaction()
    for what in before:
        act(world, what)
    world.start_again(off, 0.0, None)
    for what in after:
        act(world, what)
        assert world.issue(what[1]) is not None
    world.undamaged(day_of(NINE))


@MANY
@given(
    st.lists(
        st.tuples(
            st.floats(-BACK.total_seconds() + 10, -0.5), st.sampled_from([True, None]), st.lists(ACTS, max_size=12)
        ),
        max_size=3,
    ),
    st.lists(ACTS, max_size=8),
)
def test_case_2_steps_back_keep_the_order_of_waiting(steps, before):
    world = World(true=NINE + 4 * HOUR)
    world.transaction()
    for what in before:
        act(world, what)
    for step, synchronised, acts in steps:
        world.error, world.synchronised = world.error + step, synchronised
        for what in acts:
            act(world, what)
        world.run(250)
        for what in acts:
            act(world, what)
    world.in_order()
    assert not world.purged


@settings(MANY, max_examples=10)
@given(
    st.sampled_from([(2026, 3, 28), (2026, 10, 24), (2027, 3, 27), (2024, 2, 28), (2026, 12, 30)]),
    st.floats(0, DAY),
    st.floats(30, 900),
)
def test_days_change_once_each_and_without_a_doubt(day, start, pace):
    world = World(true=datetime(*day, tzinfo=UTC).timestamp() + start)
    world.started = world.true - HOUR
    days, until = [], world.true + 3 * DAY
    while world.true < until:
        now = world.transaction()
        assert not now.doubt
        assert abs(now.moment - moment(world.true)) < timedelta(milliseconds=1)
        if not days or days[-1] != day_of(now.moment):
            days.append(day_of(now.moment))
        world.true += pace
    assert all(after - before == timedelta(days=1) for before, after in pairwise(days))
    assert 3 <= len(days) <= 5


@MANY
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["failover", "act", "act", "act", "run", "newcomer"]),
            OFFS,
            st.sampled_from([0, 1, 2, 10, 11]),
            st.floats(0.1, 40),
        ),
        min_size=1,
        max_size=25,
    ),
    st.booleans(),
)
def test_case_2_a_server_with_a_wrong_clock_takes_over_and_gives_back(things, hosts_know):
    """Within four minutes, or at any time if its computers know better."""
    hosts = {n: (f"host-{n}", NINE - 1e5 * (n + 1)) for n in (0, 1, 2, 10, 11)}
    right = True if hosts_know else None
    world = World(served=True, hosts=hosts, synchronised=right)
    world.transaction(0)
    for kind, off, process, seconds in things:
        match kind:
            case "failover":
                world.error, world.synchronised = off, False if hosts_know else None
                for _ in range(20 if hosts_know else 5):
                    world.true += seconds
                    world.issue(process)
                    world.transaction(0)
                world.error, world.synchronised = 0.0, right
                world.transaction(0)
            case "run":
                world.run(seconds * 10, process)
            case "newcomer":
                world.memories.pop(process, None)
            case _:
                world.issue(process)
                world.true += seconds
                world.transaction(0)
    world.run(300)
    assert world.issue() is not None
    assert not world.ended
    assert not world.purged
    assert {visit.day for visit in world.visits} == {day_of(NINE)}
    assert [visit.number for visit in world.visits] == list(range(1, len(world.visits) + 1))
    world.in_order(slack_s=SMALL.total_seconds() + 4)  # a newcomer may be the first to look after a small step


@MANY
@given(st.floats(2 * DAY, 400 * DAY), st.floats(250, 3500), st.lists(ACTS, min_size=1, max_size=6), st.booleans())
def test_case_2_a_clock_that_is_wrong_for_up_to_an_hour_deletes_nothing(off, length, before, restart):
    """That is longer than a doubt lasts: the visits are cancelled, but nothing is deleted and no number given twice."""
    world = World()
    for what in [("issue", 0, 1.0), *before]:
        act(world, what)
    given_out = len(world.visits)
    if restart:
        world.start_again(45, off, None)
    else:
        world.error = off
    world.run(length, pace=20)
    world.error, world.synchronised = 0.0, True
    again = world.issue()
    assert not world.purged
    assert again is not None
    assert again.day == day_of(NINE)
    assert again.number == given_out + 1


def test_case_2_what_is_confirmed_by_hand_is_believed():
    world = World()
    world.issue()
    world.error = -400 * DAY
    assert world.run(600).doubt, "more than twelve hours back is never believed by itself"
    assert world.issue() is None
    now = world.transaction(confirmed=True)
    assert not now.doubt
    assert not now.settled
    assert now.moment == now.wall
    assert world.issue() is not None
