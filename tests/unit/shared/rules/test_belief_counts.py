"""What a look at the clock moves, and from when on it counts."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shared.rules.belief import look
from tests.unit.shared.rules.clock_world import HOUR, World


@pytest.mark.parametrize("hours", [-400 * 24, -26, 3, 72])
def test_deadlines_jump_with_the_believed_time(hours):
    world = World()
    before = world.transaction().moment
    world.error, world.synchronised = hours * HOUR, True
    told = look(world.belief, world.memories[0], world.reading())
    assert told.jump == told.now.moment - before == timedelta(hours=hours)


def test_a_step_back_of_some_hours_moves_no_deadline():
    world = World()
    world.transaction()
    world.error, world.synchronised = -3 * HOUR, True
    assert look(world.belief, world.memories[0], world.reading()).jump == timedelta()


@pytest.mark.parametrize("seconds", [-90, 90])
def test_a_small_correction_counts_for_all_at_once_when_it_is_stored(seconds):
    world = World()
    before = world.transaction().moment
    world.error = seconds
    told = look(world.belief, world.memories[0], world.reading())
    assert told.meanwhile.moment == before
    assert not told.meanwhile.doubt
    assert told.now.moment == max(before, told.now.wall), "the time shown never goes back by so little"
