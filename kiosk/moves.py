"""The steps of a visitor's way, and where each act leads, as tables. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Step(StrEnum):
    """The steps of the way."""

    LANGUAGE = "language"
    ALOUD = "aloud"  # whether others may hear it
    CONCERN = "concern"  # packages
    SERVICE = "service"  # single services
    SUMMARY = "summary"  # one look before paper comes
    TICKET = "ticket"
    NOTICE = "notice"  # a sentence instead of a number
    CLOSED = "closed"  # no numbers are given now
    VISIT = "visit"  # where the visit of a scanned ticket stands
    PIN = "pin"  # the staff say who they are
    STAFF = "staff"  # what they can do at this kiosk
    # Laid over another step, which stays as it is behind them:
    REREAD = "reread"  # another language
    NEEDS = "needs"  # what helps
    SHUT = "shut"  # why a concern cannot be had today
    SPOKEN = "spoken"  # a language that can only be spoken here
    GUIDE = "guide"  # a person helps
    LOOKS = "looks"  # contrast, size and height of the screen


class Act(StrEnum):
    """What a touch does."""

    CHOOSE = "choose"  # choose what the tile names, and go on
    SINGLE = "single"  # look at the single services
    MORE = "more"  # the next page
    STAY = "stay"  # more time
    BACK = "back"
    DONE = "done"
    ADD = "add"  # one person more
    TAKE = "take"  # one person less
    SWITCH = "switch"  # ask for something that helps, or no longer
    SHUT = "shut"  # see why a concern cannot be had today
    ANOTHER = "another"  # a further concern
    NEEDS = "needs"  # see what can help
    PRINT = "print"
    WRONG = "wrong"  # cancel the number
    PAUSE = "pause"  # take a break
    RETURN = "return"  # be back
    COPY = "copy"  # print the ticket again
    CANCEL = "cancel"  # give up the number, after a question
    SURE = "sure"
    KEEP = "keep"
    LANGUAGE = "language"  # read another language
    HELP = "help"  # only a person can help here
    LOOKS = "looks"  # see how the screen can look
    LOOK = "look"  # switch one of these on or off
    MISSING = "missing"  # no language of the kiosk will do
    SPEAK = "speak"  # begin to speak
    SPEED = "speed"  # speak faster, or slowly again
    # Of the staff alone, in `kiosk/steps/staff.py`:
    DIGIT = "digit"
    CLEAR = "clear"
    ENTER = "enter"
    TEST = "test"
    HALT = "halt"
    END = "end"


NEXT: Mapping[tuple[Step, Act], Step] = {
    (Step.LANGUAGE, Act.CHOOSE): Step.CONCERN,
    (Step.ALOUD, Act.CHOOSE): Step.CONCERN,
    (Step.CONCERN, Act.CHOOSE): Step.SUMMARY,
    (Step.CONCERN, Act.SINGLE): Step.SERVICE,
    (Step.SERVICE, Act.CHOOSE): Step.SUMMARY,
    (Step.SUMMARY, Act.ADD): Step.SUMMARY,
    (Step.SUMMARY, Act.TAKE): Step.SUMMARY,
    (Step.SUMMARY, Act.ANOTHER): Step.SERVICE,
    (Step.SUMMARY, Act.PRINT): Step.TICKET,
    (Step.TICKET, Act.WRONG): Step.TICKET,
    (Step.TICKET, Act.DONE): Step.LANGUAGE,
    (Step.GUIDE, Act.DONE): Step.LANGUAGE,
    (Step.VISIT, Act.PAUSE): Step.VISIT,
    (Step.VISIT, Act.RETURN): Step.VISIT,
    (Step.VISIT, Act.COPY): Step.VISIT,
    (Step.VISIT, Act.CANCEL): Step.VISIT,
    (Step.VISIT, Act.SURE): Step.VISIT,
    (Step.VISIT, Act.KEEP): Step.VISIT,
    (Step.VISIT, Act.DONE): Step.LANGUAGE,
}
BEFORE: Mapping[Step, Step] = {
    Step.ALOUD: Step.LANGUAGE,
    Step.CONCERN: Step.LANGUAGE,
    Step.SERVICE: Step.CONCERN,
    Step.SUMMARY: Step.CONCERN,
    Step.NOTICE: Step.LANGUAGE,
}
EVERYWHERE: Mapping[Act, Step] = {
    Act.LANGUAGE: Step.REREAD,
    Act.LOOKS: Step.LOOKS,
    Act.HELP: Step.GUIDE,
}
"""The acts that are offered at every step, and what each lays over it."""
LAYS: Mapping[tuple[Step, Act], Step] = {
    **{(step, act): laid for step in Step for act, laid in EVERYWHERE.items()},
    (Step.LANGUAGE, Act.MISSING): Step.SPOKEN,
    (Step.REREAD, Act.MISSING): Step.SPOKEN,
    (Step.SPOKEN, Act.CHOOSE): Step.GUIDE,
    (Step.SUMMARY, Act.NEEDS): Step.NEEDS,
    (Step.CONCERN, Act.SHUT): Step.SHUT,
    (Step.SERVICE, Act.SHUT): Step.SHUT,
}
"""What is laid over a step."""
_LAID = (Step.SHUT, Step.REREAD, Step.NEEDS, Step.SPOKEN, Step.GUIDE, Step.LOOKS)
LIFTS = frozenset({(Step.REREAD, Act.CHOOSE), (Step.NEEDS, Act.DONE), *((step, Act.BACK) for step in _LAID)})
"""What takes it away again: the visitor is where he was."""


@dataclass(frozen=True, slots=True)
class Touch:
    """A touch, with the step and the offer that it was made for; it means nothing to any other."""

    step: Step
    offer: int
    act: Act
    key: str = ""
    """What is chosen, if there is more than one thing to choose."""
