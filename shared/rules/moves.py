"""The table of moves: from which states to which state each verb takes a stop. Every other move is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from shared.model import StopState


class Verb(StrEnum):
    """What moves a stop."""

    ADVANCE = "advance"
    NEXT = "next"
    CALL = "call"
    STEP_BACK = "step_back"  # another stop of the visit is called by number
    SET_ASIDE = "set_aside"  # the same, for a missed stop
    DETOUR = "detour"  # nobody serves it now: another stop of the visit waits instead
    START = "start"
    FINISH = "finish"
    MISSED = "missed"
    GONE = "gone"
    RETURN = "return"
    PARK = "park"
    PAUSE = "pause"
    UNPARK = "unpark"
    FORWARD = "forward"
    CANCEL = "cancel"
    READMIT = "readmit"
    DAY_END = "day_end"


@dataclass(frozen=True, slots=True)
class Move:
    """From one of these states to that one."""

    from_: frozenset[StopState]
    to: StopState


def _move(*from_: StopState, to: StopState) -> Move:
    return Move(frozenset(from_), to)


_S = StopState
MOVES: Mapping[Verb, Move] = {
    Verb.ADVANCE: _move(_S.PLANNED, _S.PARKED, to=_S.WAITING),
    Verb.NEXT: _move(_S.WAITING, to=_S.CALLED),
    Verb.CALL: _move(_S.WAITING, _S.MISSED, _S.PARKED, _S.PLANNED, to=_S.CALLED),
    Verb.STEP_BACK: _move(_S.WAITING, to=_S.PLANNED),
    Verb.SET_ASIDE: _move(_S.MISSED, to=_S.PARKED),
    Verb.DETOUR: _move(_S.WAITING, to=_S.PLANNED),
    Verb.START: _move(_S.CALLED, to=_S.SERVING),
    Verb.FINISH: _move(_S.SERVING, to=_S.DONE),
    Verb.MISSED: _move(_S.CALLED, to=_S.MISSED),
    Verb.GONE: _move(_S.PLANNED, _S.WAITING, _S.CALLED, _S.MISSED, _S.PARKED, to=_S.GONE),
    Verb.RETURN: _move(_S.CALLED, _S.SERVING, to=_S.WAITING),
    Verb.PARK: _move(_S.CALLED, _S.SERVING, to=_S.PARKED),
    Verb.PAUSE: _move(_S.WAITING, to=_S.PARKED),
    Verb.UNPARK: _move(_S.PARKED, _S.MISSED, to=_S.WAITING),
    Verb.FORWARD: _move(_S.CALLED, _S.SERVING, to=_S.FORWARDED),
    Verb.CANCEL: _move(_S.PLANNED, _S.WAITING, _S.CALLED, _S.MISSED, _S.PARKED, to=_S.CANCELLED),
    Verb.READMIT: _move(_S.GONE, _S.CANCELLED, to=_S.PLANNED),
    Verb.DAY_END: _move(*(state for state in _S if state.open), to=_S.CANCELLED),
}
