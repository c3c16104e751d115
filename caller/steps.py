"""What an official can do at a desk, and which of it is right now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from shared.model import Call, Desk, DeskState, StopState
from shared.store.database import Transaction
from shared.verbs.calls import call_next, finish, finish_and_next, start
from shared.verbs.desks import close_desk, open_desk


class Stage(StrEnum):
    """How a desk stands, as the stylesheet and the choice of steps see it."""

    CLOSED = "closed"
    FREE = "free"
    CALLED = "called"
    SERVING = "serving"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, with its key and its words."""

    key: str
    label: str
    """Written on the button; English, translated by the catalogue."""
    verb: Callable[[Transaction, str], Desk | Call]
    sentences: tuple[tuple[str, str], ...] = ()
    """Refusals by error key, where this step can say more than the general sentence."""


OPEN = Step("o", "Open desk", open_desk)
CLOSE = Step(
    "o", "Close desk", close_desk, (("wrong_state", "Somebody is still at your desk. First finish, then close."),)
)
NEXT = Step("n", "Call next number", call_next)
START = Step("s", "Is here – begin", start)
FINISH = Step("f", "Done", finish)
FINISH_AND_NEXT = Step("x", "Done, next one", finish_and_next)

STEPS: dict[Stage, tuple[Step, ...]] = {
    Stage.CLOSED: (OPEN,),
    Stage.FREE: (NEXT, CLOSE),
    Stage.CALLED: (START, CLOSE),
    Stage.SERVING: (FINISH, FINISH_AND_NEXT, CLOSE),
}
"""The steps of each stage; the first is the one that comes next in an ordinary day."""
KEYS = tuple(dict.fromkeys(step.key for steps in STEPS.values() for step in steps))


def stage_of(desk: Desk) -> Stage:
    """Where the desk stands."""
    if desk.call:
        return Stage.SERVING if desk.call.stop_state is StopState.SERVING else Stage.CALLED
    return Stage.FREE if desk.state is DeskState.OPEN else Stage.CLOSED
