"""The table of moves."""

from __future__ import annotations

from shared.model import StopState
from shared.rules.moves import MOVES, Verb


def test_every_verb_has_its_move_and_every_state_can_be_reached() -> None:
    assert set(MOVES) == set(Verb)
    assert {move.to for move in MOVES.values()} == set(StopState)


def test_only_reception_or_the_visitor_brings_back_what_has_ended() -> None:
    assert {verb for verb, move in MOVES.items() if any(not state.open for state in move.from_)} == {Verb.READMIT}


def test_what_was_done_or_forwarded_stays_so() -> None:
    left = {state for move in MOVES.values() for state in move.from_}
    assert left.isdisjoint({StopState.DONE, StopState.FORWARDED})
