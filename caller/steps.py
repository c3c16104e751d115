"""What an official can do at a desk, and what is possible at which stage."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from shared.model import Desk, DeskAnswer, DeskState, StopState
from shared.verbs.desks.calls import call_next, finish, finish_and_next, recall, start
from shared.verbs.desks.letting_go import forward, missed, park, put_back
from shared.verbs.desks.opening import close_desk, open_desk, pause_desk
from shared.verbs.desks.undo import undo


class Stage(StrEnum):
    """The stage of a desk, for the stylesheet and the choice of steps."""

    CLOSED = "closed"
    PAUSED = "paused"  # no visitor is there, and nobody is called until it goes on
    FREE = "free"
    CALLED = "called"
    SERVING = "serving"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, with its key and its words."""

    key: str
    label: str
    """The text on the button; English, translated by the catalogue. For a choice: a name from the plan."""
    verb: Callable[..., DeskAnswer] | None
    """Takes the transaction, the desk and the arguments; None if only the screen changes."""
    sentences: tuple[tuple[str, str], ...] = ()
    """Sentences for refusals, by error key, if this step can say more than the general sentence."""
    choose: Literal["service", "park", "pause"] | None = None
    """What must be chosen first: a service, or a reason for parking or pausing."""
    question: str = ""
    """The text above the choices."""
    arguments: tuple[object, ...] = ()
    """What was chosen, as arguments of the verb."""

    @property
    def cap(self) -> str:
        """The key as it is written beside the label."""
        return _CAPS.get(self.key, self.key.upper())


_CAPS = {"escape": "Esc"}

OPEN = Step("o", "Open desk", open_desk)
CLOSE = Step(
    "o", "Close desk", close_desk, (("wrong_state", "Somebody is still at your desk. First finish, then close."),)
)
PAUSE = Step("p", "Pause", pause_desk, choose="pause", question="Why does your desk pause?")
GO_ON = Step("p", "Go on", open_desk)
NEXT = Step("n", "Call next number", call_next)
START = Step("s", "Is here – begin", start)
RECALL = Step("w", "Call again", recall)
MISSED = Step("d", "Not here", missed)
RETURN = Step("z", "Back to the queue", put_back)
PARK = Step("l", "Something is missing …", park, choose="park", question="Why does {code} go on later?")
FORWARD = Step("a", "Other service …", forward, choose="service", question="Where does {code} go on?")
FINISH = Step("f", "Done", finish)
FINISH_AND_NEXT = Step("x", "Done, next one", finish_and_next)
UNDO = Step("u", "Undo", undo)
BACK = Step("escape", "Back", None)

PLACES = ("main", "beside", "first", "second", "third", "turn", "pause", "undo", "back")
"""The places of buttons: two large ones, a row of quiet ones for rarer steps, and the footer."""
STEPS: dict[Stage, dict[str, Step]] = {
    Stage.CLOSED: {"main": OPEN},
    Stage.PAUSED: {"main": GO_ON, "turn": CLOSE, "undo": UNDO},
    Stage.FREE: {"main": NEXT, "turn": CLOSE, "pause": PAUSE, "undo": UNDO},
    Stage.CALLED: {"main": START, "first": RECALL, "second": MISSED, "third": RETURN, "turn": CLOSE, "undo": UNDO},
    Stage.SERVING: {
        "main": FINISH,
        "beside": FINISH_AND_NEXT,
        "first": RETURN,
        "second": PARK,
        "third": FORWARD,
        "turn": CLOSE,
        "undo": UNDO,
    },
}
"""The steps of each stage by their places; "main" is the usual next step."""


def stage_of(desk: Desk) -> Stage:
    """The stage of a desk."""
    if desk.call:
        return Stage.SERVING if desk.call.stop_state is StopState.SERVING else Stage.CALLED
    return _WITHOUT_VISITOR[desk.state]


_WITHOUT_VISITOR = {
    DeskState.OPEN: Stage.FREE,
    DeskState.DRAINING: Stage.PAUSED,
    DeskState.PAUSED: Stage.PAUSED,
    DeskState.CLOSED: Stage.CLOSED,
}
