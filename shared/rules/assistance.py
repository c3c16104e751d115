"""The life of an assistance: from which states to which state each verb takes it, and when it rings. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from shared.model import AssistanceState

RINGS_AGAIN_S = 120
"""How long nobody may accept it before it rings again."""
MOST_UNHEARD = 4
"""How many requests without a number one kiosk may have open: whoever comes there finds everybody who waits.

Somebody who plays with the kiosk must not bury those who need help.
"""


class Help(StrEnum):
    """What somebody does with an assistance."""

    ACCEPT = "accept"
    UNDERWAY = "underway"
    THERE = "there"
    DONE = "done"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class Step:
    """From one of these states to that one."""

    from_: frozenset[AssistanceState]
    to: AssistanceState
    by_taker: bool = False
    """Whether only the face that has accepted it may do this."""


_S = AssistanceState
_ACTIVE = frozenset(state for state in _S if not state.ended)
STEPS: Mapping[Help, Step] = {
    Help.ACCEPT: Step(frozenset({_S.OPEN}), _S.ACCEPTED, by_taker=True),
    Help.UNDERWAY: Step(frozenset({_S.ACCEPTED}), _S.UNDERWAY, by_taker=True),
    Help.THERE: Step(frozenset({_S.ACCEPTED, _S.UNDERWAY}), _S.THERE, by_taker=True),
    Help.DONE: Step(_ACTIVE, _S.DONE),  # also by the desk that asked, and where somebody came who had accepted nothing
    Help.CANCEL: Step(_ACTIVE, _S.CANCELLED),
}


def ring(state: AssistanceState, waited_s: float) -> int | None:
    """How often an assistance has rung: at once, then every two minutes. None once somebody has accepted it."""
    return 1 + int(max(0.0, waited_s)) // RINGS_AGAIN_S if state is _S.OPEN else None
