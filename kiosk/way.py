"""A visitor's way through the kiosk as data: what is chosen, and which step comes next or came before.

Pure: no screen, no database, no clock. The screen keeps one `Way`, tells it what happens, and draws the `Way` that
comes back. What each step shows is in `kiosk/steps/`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from kiosk.moves import BEFORE, NEXT, Act, Step, Touch
from kiosk.wish import Wish
from shared.config import Plan
from shared.errors import AnkommenError
from shared.model import Door, Opening

_CHOOSING = (Step.CONCERN, Step.SERVICE, Step.SUMMARY)
_COUNTING = (Act.ADD, Act.TAKE)
"""Acts that count and leave everything else as it is, so that several in a row are several."""
_FIRST = (Step.LANGUAGE, Step.CLOSED)
"""Steps where nothing is chosen yet."""
_NOTHING = Wish()
_OPEN = Door(Opening(True))
"""Assumed until the database has answered."""


@dataclass(frozen=True, slots=True)
class Way:
    """A visitor's position on the way through the kiosk. Moments are in seconds of a clock that never jumps."""

    plan: Plan
    """The plan that the offer was made from, which may be older than the one in force."""
    door: Door = _OPEN
    kiosk: str | None = None
    """The key that this kiosk has in the plan; None where it was given none."""
    prints: bool = True
    """Whether it has a printer, working or not."""
    step: Step = Step.LANGUAGE
    wish: Wish = _NOTHING
    page: int = 0
    offer: int = 0
    """Number of the offer: it goes up with each change of what can be touched."""
    refused: AnkommenError | None = None
    """Why there is no number; None if the notice is about something else."""
    may_leave: bool = False
    """Whether the number on the screen may be dismissed."""
    may_cancel: bool = False
    """Whether it may be cancelled."""
    cancelling: bool = False
    """Whether the visitor has cancelled it, and the database has not answered yet."""
    cancelled: str = ""
    """The number that was cancelled; empty if the notice is about something else."""
    asking: bool = False
    """Whether more time is offered, and nothing else."""
    touched_at: float = 0.0

    @property
    def reads(self) -> str:
        """The language that is shown: the chosen one, else the house's."""
        return self.wish.language or self.plan.site.language

    def touch(self, act: Act, key: str = "") -> Touch:
        """A touch on what the visitor sees now."""
        return Touch(self.step, self.offer, act, key)

    def meets(self, touch: Touch) -> bool:
        """Whether a touch was made for what the visitor sees now."""
        return (touch.step, touch.offer) == (self.step, self.offer)

    # ---- what the visitor does

    def begun(self, at: float) -> Way:
        """The way of the next visitor: nothing is kept from the last one."""
        closed = self.door.suspended is not None or not self.door.opening.open
        return self._at(Step.CLOSED if closed else Step.LANGUAGE, at, wish=_NOTHING)

    def after(self, act: Act, wish: Wish, at: float) -> Way:
        """The way after an act that is offered here, with this wish."""
        if act is Act.MORE:
            return self._at(self.step, at, page=self.page + 1)
        step = self._before if act is Act.BACK else NEXT.get((self.step, act))
        if step is Step.CONCERN and not self.plan.packages:  # nothing to choose there: past it, on or back
            step = Step.LANGUAGE if act is Act.BACK else Step.SERVICE
        if step is None:
            return self.touched(at)
        if act in _COUNTING:
            return replace(self.touched(at), wish=wish)
        return self.begun(at) if step in _FIRST else self._at(step, at, wish=wish, cancelling=act is Act.WRONG)

    @property
    def _before(self) -> Step | None:
        if self.step is Step.SUMMARY and self.wish.services:
            return Step.SERVICE
        return BEFORE.get(self.step)

    def touched(self, at: float) -> Way:
        """Somebody is here, which is more time. What was offered before comes back, to be looked at anew."""
        return self._at(self.step, at, page=self.page) if self.asking else replace(self, touched_at=at)

    # ---- what follows

    def refuse(self, error: AnkommenError, at: float) -> Way:
        """There is no number: show why."""
        return self._at(Step.NOTICE, at, refused=error)

    def holds(self, at: float, *, may_leave: bool, may_cancel: bool) -> Way:
        """What can be done now with the number on the screen."""
        if (self.may_leave, self.may_cancel) == (may_leave, may_cancel):
            return self
        return self._at(self.step, at, may_leave=may_leave, may_cancel=may_cancel, cancelling=self.cancelling)

    def cancel_answered(self, code: str, at: float) -> Way:
        """The number was cancelled; with an empty code it was not, and stays on the screen."""
        return self._at(Step.NOTICE, at, cancelled=code) if code else self._at(self.step, at)

    # ---- what others change

    def under(self, plan: Plan, at: float, *, prints: bool = True) -> Way:
        """Offer what another plan has, if this is a step with choices."""
        if plan is self.plan:
            return self
        way = replace(self, plan=plan, prints=prints)
        if self.step in _FIRST:
            return way.begun(at)
        if self.step is Step.SUMMARY and self.wish.concern(plan) is None:
            chosen_in = Step.CONCERN if plan.packages else Step.SERVICE
            return way._at(chosen_in, at, wish=self.wish.without_concern())
        return way._at(self.step, at) if self.step in _CHOOSING else way

    def at_the_door(self, door: Door, at: float) -> Way:
        """Close when no more numbers are given, but not while somebody is choosing; open again by itself.

        If the centre is suspended, nobody can go on choosing; only a number that is shown stays.
        """
        way = replace(self, door=door)
        if door.suspended and not self.door.suspended and self.step is not Step.TICKET:
            return way._at(Step.CLOSED, at, wish=Wish(self.wish.language))
        return way.begun(at) if self.step in _FIRST and _told(door) != _told(self.door) else way

    def later(self, at: float) -> Way:
        """What changes by time alone: after a visitor has left, nothing of the visit stays on the screen."""
        rules, idle_s = self.plan.rules, at - self.touched_at
        if self.step in _CHOOSING:
            if idle_s > rules.kiosk_idle_s + rules.kiosk_warning_s:
                return self.begun(at)
            asks = idle_s > rules.kiosk_idle_s and not self.asking
            return self._at(self.step, self.touched_at, page=self.page, asking=True) if asks else self
        left_behind = self.step is Step.NOTICE or (self.step is Step.LANGUAGE and self.page)
        return self.begun(at) if left_behind and idle_s > rules.kiosk_idle_s else self

    def left(self, at: float) -> float:
        """How much of the time for an answer is left, 1 to 0."""
        rules = self.plan.rules
        ends_at = self.touched_at + rules.kiosk_idle_s + rules.kiosk_warning_s
        return min(1.0, max(0.0, (ends_at - at) / rules.kiosk_warning_s))

    def _at(self, step: Step, at: float, **changes: Any) -> Way:
        """The way with a new offer."""
        return replace(self, **{**_FRESH, "touched_at": at, "step": step, "offer": self.offer + 1, **changes})


_FRESH: Mapping[str, Any] = {
    "page": 0,
    "refused": None,
    "asking": False,
    "may_leave": False,
    "may_cancel": False,
    "cancelling": False,
    "cancelled": "",
}
"""What a new offer begins with."""


def _told(door: Door) -> tuple[object, ...]:
    """The parts of the door that decide between offering numbers and a notice."""
    return door.suspended, door.opening.open, door.opening.reason, door.opening.again
