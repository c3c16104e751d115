"""A visitor's way through the kiosk: which step comes next or came before, and what happens meanwhile.

Pure: no screen, no database, no clock. The screen keeps one `Way`, tells it what happens, and draws the `Way` that
comes back. What each step shows is in `kiosk/steps/`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import takewhile

from kiosk.aloud import SILENT
from kiosk.moves import BEFORE, LAYS, LIFTS, NEXT, Act, Step
from kiosk.position import FIRST, Laid, Position
from kiosk.staff import IDLE_S
from kiosk.today import Today
from kiosk.wish import Wish
from shared.config import Plan
from shared.errors import AnkommenError
from shared.model import Door, GuideReason, Standing

_CHOOSING = (Step.ALOUD, Step.CONCERN, Step.SERVICE, Step.SUMMARY)
_IN_THE_MIDDLE = (*_CHOOSING, Step.REREAD, Step.SPOKEN, Step.NEEDS, Step.SHUT, Step.LOOKS, Step.VISIT)
"""Steps that nobody is taken away from without being asked."""
_OF_STAFF = (Step.PIN, Step.STAFF)
_COUNTING = (Act.ADD, Act.TAKE)
"""Acts that count and leave everything else as it is, so that several in a row are several."""


@dataclass(frozen=True, slots=True)
class Way(Position):
    """How a visitor's position changes."""

    # ---- what the visitor does

    def after(self, act: Act, wish: Wish, at: float) -> Way:
        """The way after an act that is offered here, with this wish."""
        if act is Act.MORE:
            return self._paged(at)
        if act is Act.LOOK:  # with other looks a page has fewer tiles
            return self._anew(at, wish=wish, page=0)
        if act is Act.SWITCH:
            return self._anew(at, wish=wish)
        if (self.shown, act) in LAYS:
            return self._laid(LAYS[self.shown, act], wish, at)
        if (self.shown, act) in LIFTS:
            return self._lifted(wish, at)
        step = self._before if act is Act.BACK else NEXT.get((self.shown, act))
        if (self.step, step) == (Step.LANGUAGE, Step.CONCERN) and self.aloud.asks:
            step = Step.ALOUD
        if step is Step.CONCERN and not self.plan.packages:  # nothing to choose there: past it, on or back
            step = Step.LANGUAGE if act is Act.BACK else Step.SERVICE
        if step is Step.SUMMARY and wish.concern(self.plan) is None:  # the last one was taken off
            step = Step.SERVICE
        if step is None:
            return self.touched(at)
        if act is Act.PRINT and not self.trains and self.pace.is_full(at, self.plan.rules.tickets_a_minute):
            return self._at(Step.NOTICE, at, crowded=True, pace=self.pace.rests(at))
        if act in _COUNTING:
            return replace(self.touched(at), wish=wish)
        if step is Step.VISIT:
            return self._anew(at, doing=None if act is Act.KEEP else act, did=None)
        if step in FIRST:
            back = act is Act.BACK
            kept = self.wish.looks if back and self.step in _CHOOSING else frozenset()
            return replace(self.begun(at, self.aloud if back else SILENT), wish=Wish(looks=kept))
        aloud = replace(self.aloud, free=True) if self.step is Step.ALOUD else self.aloud
        return self._at(step, at, wish=wish, aloud=aloud, cancelling=act is Act.WRONG)

    @property
    def _before(self) -> Step | None:
        if self.step is Step.SUMMARY and not self.wish.packages:
            return Step.SERVICE
        if self.step is Step.SERVICE and self.wish.concern(self.plan) is not None:
            return Step.SUMMARY
        return BEFORE.get(self.step)

    def _paged(self, at: float) -> Way:
        if not self.over:
            return self._anew(at, page=self.page + 1)
        *below, top = self.over
        return self._anew(at, over=(*below, replace(top, page=top.page + 1)))

    def _laid(self, step: Step, wish: Wish, at: float) -> Way:
        """Lay a step over this one; what lies there already comes to the top."""
        if (step, self.step) == (Step.REREAD, Step.LANGUAGE):
            return self._anew(at, over=(), page=0)
        below = takewhile(lambda laid: laid.step is not step, self.over)
        guide = wish.help or GuideReason.UNSURE if step is Step.GUIDE else self.guide
        return self._anew(at, over=(*below, Laid(step)), wish=wish, guide=guide)

    def _lifted(self, wish: Wish, at: float) -> Way:
        over = self.over[:-1]
        if not over and self.step in FIRST and self.is_closed:
            return self.begun(at, self.aloud)
        return self._anew(at, over=over, wish=wish)

    # ---- what follows

    def refuse(self, error: AnkommenError, at: float) -> Way:
        """There is no number: show why."""
        return self._at(Step.NOTICE, at, refused=error, over=self.over)

    def holds(self, at: float, *, may_leave: bool, may_cancel: bool) -> Way:
        """What can be done now with the number on the screen."""
        if (self.may_leave, self.may_cancel) == (may_leave, may_cancel):
            return self
        return self._anew(at, may_leave=may_leave, may_cancel=may_cancel)

    def cancel_answered(self, code: str, at: float) -> Way:
        """The number was cancelled; with an empty code it was not, and stays on the screen."""
        return self._at(Step.NOTICE if code else self.step, at, cancelled=code, over=self.over)

    def guide_asked(self, at: float, *, coming: bool) -> Way:
        """Whether somebody comes to help is known now."""
        return self if self.coming is coming else self._anew(at, coming=coming)

    # ---- a scanned ticket

    @property
    def takes_scans(self) -> bool:
        """Whether a scanned ticket counts: nothing is chosen yet, or a scanned visit is shown."""
        return self.step in (*FIRST, Step.VISIT)

    def scanned(self, standing: Standing, at: float) -> Way:
        """Show where the visit of a scanned ticket stands, in its language. Whoever was here before has left.

        It is spoken only to somebody whom others cannot hear.
        """
        new = self.step in FIRST
        wish = Wish(standing.ticket.language, looks=self.wish.looks if new else frozenset())
        aloud = self.aloud if new and not self.aloud.asks else SILENT
        return self.begun(at, aloud)._at(Step.VISIT, at, wish=wish, standing=standing)

    def stands(self, standing: Standing, at: float) -> Way:
        """The visit that is shown may stand elsewhere now. That is no sign of its visitor, who may have left."""
        if self.doing is not None or self.standing in (None, standing):
            return self
        return self._anew(min(at, self.touched_at), standing=standing)

    def done(self, standing: Standing, did: Act | None, at: float) -> Way:
        """What the visitor wanted is done, and the visit stands here now; None if it was refused."""
        return self if self.standing is None else self._anew(at, standing=standing, doing=None, did=did)

    # ---- what others change

    def knows(self, today: Today) -> Way:
        """What can be had today is known better. What is on the screen stays: the verb refuses by the same rules."""
        return replace(self, today=today)

    def under(self, plan: Plan, at: float, *, prints: bool = True) -> Way:
        """Offer what another plan has, if this is a step with choices."""
        if plan is self.plan:
            return self
        way = replace(self, plan=plan, prints=prints, wish=self.wish.within(plan))
        if self.step in FIRST and not self.over:
            return way.begun(at, self.aloud)
        if self.step is Step.SUMMARY and way.wish.concern(plan) is None:
            chosen_in = Step.CONCERN if plan.packages else Step.SERVICE
            return way._at(chosen_in, at, wish=self.wish.without_concern(), over=self.over)
        if self.step in _CHOOSING:
            return way._at(self.step, at, over=self.over)
        return way._anew(at) if self.over or self.step is Step.VISIT else way

    def at_the_door(self, door: Door, at: float) -> Way:
        """Close when no more numbers are given, but not while somebody is choosing; open again by itself.

        If the centre is suspended, nobody can go on choosing; only a number that is shown stays.
        """
        way = replace(self, door=door)
        if door.suspended and not self.door.suspended and self.step is not Step.TICKET:
            return way._at(Step.CLOSED, at, wish=Wish(self.wish.language), staff=self.staff.left)
        changed = self.step in FIRST and not self.over and _told(door) != _told(self.door)
        return way.begun(at, self.aloud) if changed else way

    def later(self, at: float) -> Way:
        """What changes by time alone: after a visitor has left, nothing of the visit stays on the screen."""
        untouched_s = at - self.touched_at
        if self.step in _OF_STAFF:
            return self._with_staff(at)
        if self.shown in _IN_THE_MIDDLE:
            if untouched_s > self.idle_s + self.warning_s:
                return self.begun(at)
            asks = untouched_s > self.idle_s and not self.asking
            return self._anew(self.touched_at, asking=True) if asks else self
        begun = self.page or self.guide or self.wish.looks or self.aloud.on
        left_behind = self.shown in (Step.NOTICE, Step.GUIDE) or (self.shown in FIRST and begun)
        return self.begun(at) if left_behind and untouched_s > self.idle_s else self

    def _with_staff(self, at: float) -> Way:
        if at - self.touched_at > IDLE_S:
            return self.begun(at)
        is_over = 0.0 < self.staff.locked_until <= at
        return self.serves(replace(self.staff, locked_until=0.0), self.touched_at) if is_over else self


def _told(door: Door) -> tuple[object, ...]:
    """The parts of the door that decide between offering numbers and a notice."""
    return door.suspended, door.opening.open, door.opening.reason, door.opening.again
