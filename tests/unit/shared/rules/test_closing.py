"""What happens to the visitor of a desk that stops."""

from __future__ import annotations

import pytest

from shared.model import Outcome, StopState
from shared.rules.closing import Ending, Fate, Leaves, fate
from shared.rules.moves import MOVES, Verb


@pytest.mark.parametrize("ending", [Ending.CLOSED, Ending.SUSPENDED, Ending.REPLACED])
def test_who_was_called_waits_again_at_the_front(ending: Ending) -> None:
    assert fate(ending, StopState.CALLED) == Leaves(Verb.RETURN, Outcome.RETURNED)


@pytest.mark.parametrize("ending", [Ending.CLOSED, Ending.REPLACED, Ending.DAY_ENDED])
def test_a_desk_is_done_first_with_whom_it_serves(ending: Ending) -> None:
    assert fate(ending, StopState.SERVING) is Fate.FIRST


def test_who_is_served_stays_while_the_centre_is_suspended() -> None:
    assert fate(Ending.SUSPENDED, StopState.SERVING) is Fate.STAYS


def test_a_console_that_fell_silent_parks_whom_it_served() -> None:
    assert fate(Ending.SILENT, StopState.CALLED) == Leaves(Verb.RETURN, Outcome.LOST)
    assert fate(Ending.SILENT, StopState.SERVING) == Leaves(Verb.PARK, Outcome.LOST)


def test_nobody_leaves_by_a_move_that_is_not_allowed() -> None:
    for ending in Ending:
        for state in (StopState.CALLED, StopState.SERVING):
            leaves = fate(ending, state)
            assert isinstance(leaves, Fate) or state in MOVES[leaves.verb].from_
