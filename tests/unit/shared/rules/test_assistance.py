"""The life of an assistance, and when it rings."""

from __future__ import annotations

import pytest

from shared.model import AssistanceState
from shared.rules.assistance import STEPS, Help, ring

S = AssistanceState


def test_every_verb_has_its_step_and_every_state_but_the_first_is_reached() -> None:
    assert set(STEPS) == set(Help)
    assert {step.to for step in STEPS.values()} == set(S) - {S.OPEN}


def test_what_has_ended_stays_so() -> None:
    assert not any(state.ended for step in STEPS.values() for state in step.from_)


def test_whatever_is_open_can_end() -> None:
    for help in (Help.DONE, Help.CANCEL):
        assert STEPS[help].from_ == {state for state in S if not state.ended}


@pytest.mark.parametrize(
    ("waited_s", "rings"), [(-3600, 1), (0, 1), (119, 1), (120, 2), (239, 2), (240, 3), (3600, 31)]
)
def test_it_rings_at_once_and_every_two_minutes(waited_s: int, rings: int) -> None:
    assert ring(S.OPEN, waited_s) == rings


@pytest.mark.parametrize("state", [state for state in S if state is not S.OPEN])
def test_what_somebody_has_accepted_rings_no_more(state: AssistanceState) -> None:
    assert ring(state, 600) is None
