"""A visitor's way through the kiosk as data: what is chosen, and which step comes next or before.

Pure: no screen, no database, no clock. The screen keeps one `Way`, tells it what happens, and draws the `Way` that
comes back. What each step shows is in `kiosk/steps/`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from shared.config import Plan
from shared.errors import AnkommenError
from shared.model import Arrival, Door, Opening, Origin

IDLE_S = 60.0
"""After so long without a touch the kiosk asks whether more time is needed …"""
ASK_S = 20.0
"""… and after so much longer it begins anew (WCAG 2.2.1 asks for at least 20 s)."""


class Step(StrEnum):
    """Where on the way somebody is."""

    LANGUAGE = "language"
    CONCERN = "concern"  # packages
    SERVICE = "service"  # single services
    TICKET = "ticket"
    NOTICE = "notice"  # a sentence instead of a number
    CLOSED = "closed"  # no numbers are given now


class Act(StrEnum):
    """What a touch does."""

    CHOOSE = "choose"  # what the tile names, and go on
    SINGLE = "single"  # look at the single services
    HELP = "help"  # only a person can help here
    MORE = "more"  # the next page
    STAY = "stay"  # more time
    BACK = "back"
    DONE = "done"


NEXT: Mapping[tuple[Step, Act], Step] = {
    (Step.LANGUAGE, Act.CHOOSE): Step.CONCERN,
    (Step.LANGUAGE, Act.HELP): Step.NOTICE,
    (Step.CONCERN, Act.CHOOSE): Step.TICKET,
    (Step.CONCERN, Act.SINGLE): Step.SERVICE,
    (Step.CONCERN, Act.HELP): Step.NOTICE,
    (Step.SERVICE, Act.CHOOSE): Step.TICKET,
    (Step.TICKET, Act.DONE): Step.LANGUAGE,
}
BEFORE: Mapping[Step, Step] = {
    Step.CONCERN: Step.LANGUAGE,
    Step.SERVICE: Step.CONCERN,
    Step.NOTICE: Step.LANGUAGE,
}
_FIRST = (Step.LANGUAGE, Step.CLOSED)
"""Where nobody has chosen anything yet."""
_OPEN = Door(Opening(True))
"""What is taken for true until the database has answered."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a visitor has chosen so far. A step that asks for more of what `Arrival` has adds its field here."""

    language: str | None = None
    packages: tuple[str, ...] = ()
    services: tuple[str, ...] = ()

    def arrival(self) -> Arrival:
        """What a number is asked for with, once a language and a concern are chosen."""
        assert self.language is not None
        return Arrival(self.packages, self.services, self.language, origin=Origin.KIOSK)


@dataclass(frozen=True, slots=True)
class Touch:
    """A touch, with the step and the offer that it was made for: to any other it means nothing."""

    step: Step
    offer: int
    act: Act
    key: str = ""
    """What is chosen, where there is more than one thing to choose."""


@dataclass(frozen=True, slots=True)
class Way:
    """Where somebody is on the way through the kiosk. Moments are in seconds of a clock that never jumps."""

    plan: Plan
    """The plan that the offer was made from, which may be older than the one in force."""
    door: Door = _OPEN
    step: Step = Step.LANGUAGE
    wish: Wish = Wish()
    page: int = 0
    offer: int = 0
    """Counts what has lain before visitors: after each change of what can be touched it is another one."""
    refused: AnkommenError | None = None
    """Why there is no number; None where the notice is about something else."""
    may_leave: bool = False
    """Whether the number on the screen has been there for long enough to be dismissed."""
    asking: bool = False
    """Whether more time is offered."""
    touched_at: float = 0.0

    @property
    def reads(self) -> str:
        """The language of what is shown: the chosen one, else the house's."""
        return self.wish.language or self.plan.site.language

    def touch(self, act: Act, key: str = "") -> Touch:
        """A touch on what lies before the visitor now."""
        return Touch(self.step, self.offer, act, key)

    def meets(self, touch: Touch) -> bool:
        """Whether a touch was made for what lies before the visitor now."""
        return (touch.step, touch.offer) == (self.step, self.offer)

    # ---- what the visitor does

    def begun(self, at: float) -> Way:
        """The way of the next visitor: nothing of the last one stays."""
        closed = self.door.suspended is not None or not self.door.opening.open
        return self._at(Step.CLOSED if closed else Step.LANGUAGE, at, wish=Wish())

    def after(self, act: Act, wish: Wish, at: float) -> Way:
        """Where an act leads that is offered here, with what is chosen then."""
        if act is Act.MORE:
            return self._at(self.step, at, page=self.page + 1)
        step = BEFORE.get(self.step) if act is Act.BACK else NEXT.get((self.step, act))
        if step is None:
            return self.touched(at)
        return self.begun(at) if step in _FIRST else self._at(step, at, wish=wish)

    def touched(self, at: float) -> Way:
        """Somebody is here."""
        return replace(self, touched_at=at, asking=False)

    # ---- what comes of it

    def refuse(self, error: AnkommenError, at: float) -> Way:
        """There is no number: say why."""
        return self._at(Step.NOTICE, at, refused=error)

    def let_go(self, at: float) -> Way:
        """The number on the screen may be dismissed from now on."""
        return self if self.may_leave else self._at(self.step, at, may_leave=True)

    # ---- what others change

    def under(self, plan: Plan, at: float) -> Way:
        """Offer what another plan has, where there is something to choose."""
        if plan is self.plan:
            return self
        way = replace(self, plan=plan)
        if self.step is Step.LANGUAGE:
            return way.begun(at)
        return way._at(self.step, at) if self.step in (Step.CONCERN, Step.SERVICE) else way

    def at_the_door(self, door: Door, at: float) -> Way:
        """Close when numbers are given no more, but not under the hands of somebody; open again by itself.

        Where the centre is suspended nobody chooses on; only a number that is shown stays.
        """
        way = replace(self, door=door)
        if door.suspended and not self.door.suspended and self.step is not Step.TICKET:
            return way._at(Step.CLOSED, at, wish=Wish(self.wish.language))
        return way.begun(at) if self.step in _FIRST and _told(door) != _told(self.door) else way

    def later(self, at: float) -> Way:
        """What time alone brings: a visitor who has gone away leaves nothing behind."""
        idle_s = at - self.touched_at
        if self.step in (Step.CONCERN, Step.SERVICE):
            if idle_s > IDLE_S + ASK_S:
                return self.begun(at)
            return self if self.asking == (idle_s > IDLE_S) else replace(self, asking=not self.asking)
        left_behind = self.step is Step.NOTICE or (self.step is Step.LANGUAGE and self.page)
        return self.begun(at) if left_behind and idle_s > IDLE_S else self

    def _at(self, step: Step, at: float, **changes: Any) -> Way:
        """Something else lies before the visitor."""
        fresh: dict[str, Any] = {"page": 0, "refused": None, "may_leave": False, "asking": False, "touched_at": at}
        return replace(self, **{**fresh, "step": step, "offer": self.offer + 1, **changes})


def _told(door: Door) -> tuple[object, ...]:
    """What decides between offering numbers and a notice."""
    return door.suspended, door.opening.open, door.opening.again
