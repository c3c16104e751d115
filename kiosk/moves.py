"""The steps of a visitor's way, and where each act leads, as tables. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Step(StrEnum):
    """The steps of the way."""

    LANGUAGE = "language"
    CONCERN = "concern"  # packages
    SERVICE = "service"  # single services
    SUMMARY = "summary"  # one look before paper comes
    TICKET = "ticket"
    NOTICE = "notice"  # a sentence instead of a number
    CLOSED = "closed"  # no numbers are given now
    # Laid over another step, which stays as it is behind them:
    REREAD = "reread"  # another language
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
    SWITCH = "switch"  # ask for an interpreter or a way without stairs, or no longer
    PRINT = "print"
    WRONG = "wrong"  # cancel the number
    LANGUAGE = "language"  # read another language
    HELP = "help"  # only a person can help here
    LOOKS = "looks"  # see how the screen can look
    LOOK = "look"  # switch one of these on or off


NEXT: Mapping[tuple[Step, Act], Step] = {
    (Step.LANGUAGE, Act.CHOOSE): Step.CONCERN,
    (Step.CONCERN, Act.CHOOSE): Step.SUMMARY,
    (Step.CONCERN, Act.SINGLE): Step.SERVICE,
    (Step.SERVICE, Act.CHOOSE): Step.SUMMARY,
    (Step.SUMMARY, Act.ADD): Step.SUMMARY,
    (Step.SUMMARY, Act.TAKE): Step.SUMMARY,
    (Step.SUMMARY, Act.SWITCH): Step.SUMMARY,
    (Step.SUMMARY, Act.PRINT): Step.TICKET,
    (Step.TICKET, Act.WRONG): Step.TICKET,
    (Step.TICKET, Act.DONE): Step.LANGUAGE,
    (Step.GUIDE, Act.DONE): Step.LANGUAGE,
}
BEFORE: Mapping[Step, Step] = {
    Step.CONCERN: Step.LANGUAGE,
    Step.SERVICE: Step.CONCERN,
    Step.SUMMARY: Step.CONCERN,
    Step.NOTICE: Step.LANGUAGE,
}
LAYS: Mapping[Act, Step] = {
    Act.LANGUAGE: Step.REREAD,
    Act.LOOKS: Step.LOOKS,
    Act.HELP: Step.GUIDE,
}
"""The acts that are offered at every step, and what each lays over it."""
LIFTS = frozenset({(Step.REREAD, Act.CHOOSE), (Step.REREAD, Act.BACK), (Step.GUIDE, Act.BACK), (Step.LOOKS, Act.BACK)})
"""What takes it away again: the visitor is where he was."""


@dataclass(frozen=True, slots=True)
class Touch:
    """A touch, with the step and the offer that it was made for; it means nothing to any other."""

    step: Step
    offer: int
    act: Act
    key: str = ""
    """What is chosen, if there is more than one thing to choose."""
