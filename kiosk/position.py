"""Where a visitor is at the kiosk, as data. Pure; how it changes is in `kiosk/way.py`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from kiosk.aloud import PATIENCE, SILENT, Aloud
from kiosk.moves import Act, Step, Touch
from kiosk.pace import Pace
from kiosk.staff import Staff
from kiosk.today import Today
from kiosk.wish import Wish
from shared.config import Plan
from shared.errors import AnkommenError
from shared.model import Door, GuideReason, Opening, Standing

FIRST = (Step.LANGUAGE, Step.CLOSED)
"""Steps where nothing is chosen yet."""
_NOTHING = Wish()
_UNKNOWN = Today()
_STILL = Pace()
_NOBODY = Staff()
_OPEN = Door(Opening(True))
"""Assumed until the database has answered."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A step that lies over another one for a while."""

    step: Step
    page: int = 0


@dataclass(frozen=True, slots=True)
class Position:
    """A visitor's position on the way through the kiosk. Moments are in seconds of a clock that never jumps."""

    plan: Plan
    """The plan that the offer was made from, which may be older than the one in force."""
    door: Door = _OPEN
    today: Today = _UNKNOWN
    """What can be had today, as far as it is known."""
    kiosk: str | None = None
    """The key that this kiosk has in the plan; None where it was given none."""
    prints: bool = True
    """Whether it has a printer, working or not."""
    trains: bool = False
    """Whether everything here is an exercise: then any number of tickets is given."""
    pace: Pace = _STILL
    """How many numbers this kiosk has given lately."""
    has_voice: bool = False
    """Whether its computer can speak."""
    aloud: Aloud = SILENT
    """How it speaks to this visitor."""
    visit: int = 0
    """Number of the visitor, counted by this kiosk."""
    step: Step = Step.LANGUAGE
    over: tuple[Laid, ...] = ()
    """What lies over the step, the last on top."""
    wish: Wish = _NOTHING
    page: int = 0
    offer: int = 0
    """Number of the offer: it goes up with each change of what can be touched."""
    refused: AnkommenError | None = None
    """Why there is no number; None if the notice is about something else."""
    crowded: bool = False
    """Whether there is no number because this kiosk rests."""
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
    guide: GuideReason | None = None
    """Why a person was asked to help this visitor; None while nobody was."""
    coming: bool | None = None
    """Whether somebody comes; None while the database has not answered."""
    standing: Standing | None = None
    """Where the visit of the scanned ticket stands."""
    doing: Act | None = None
    """What its visitor has touched there; None once that is done."""
    did: Act | None = None
    """What was done last."""
    staff: Staff = _NOBODY
    """What the staff have typed and asked for here."""
    touched_at: float = 0.0

    @property
    def reads(self) -> str:
        """The language that is shown: the chosen one, else the house's."""
        return self.wish.language or self.plan.site.language

    @property
    def shown(self) -> Step:
        """The step that is on the screen: the one that lies on top."""
        return self.over[-1].step if self.over else self.step

    @property
    def leaf(self) -> int:
        """The page of it that is shown."""
        return self.over[-1].page if self.over else self.page

    def touch(self, act: Act, key: str = "") -> Touch:
        """A touch on what the visitor sees now."""
        return Touch(self.shown, self.offer, act, key)

    def meets(self, touch: Touch) -> bool:
        """Whether a touch was made for what the visitor sees now."""
        return (touch.step, touch.offer) == (self.shown, self.offer)

    def begun(self, at: float, aloud: Aloud = SILENT) -> Self:
        """The way of the next visitor: nothing is kept from the last one."""
        first = Step.CLOSED if self.is_closed else Step.LANGUAGE
        nobody = {"wish": _NOTHING, "guide": None, "coming": None, "staff": self.staff.left}
        return self._at(first, at, visit=self.visit + 1, aloud=aloud, **nobody)

    def touched(self, at: float) -> Self:
        """Somebody is here, which is more time. What was offered before comes back, to be looked at anew."""
        return self._anew(at, asking=False) if self.asking else replace(self, touched_at=at)

    def gave(self, at: float) -> Self:
        """This kiosk has given a number."""
        return replace(self, pace=self.pace.gave(at))

    def left(self, at: float) -> float:
        """How much of the time for an answer is left, 1 to 0."""
        ends_at = self.touched_at + self.idle_s + self.warning_s
        return min(1.0, max(0.0, (ends_at - at) / self.warning_s))

    @property
    def idle_s(self) -> int:
        """After so long without a touch it is asked whether more time is needed."""
        return self.plan.rules.kiosk_idle_s * (PATIENCE if self.aloud.on else 1)

    @property
    def warning_s(self) -> int:
        """How long there is for the answer."""
        return self.plan.rules.kiosk_warning_s * (PATIENCE if self.aloud.on else 1)

    @property
    def is_closed(self) -> bool:
        """Whether no numbers are given."""
        return self.door.suspended is not None or not self.door.opening.open or self.staff.paused

    def asks_for_pin(self, at: float) -> Self:
        """The staff want in: nobody has chosen anything, so nobody is in the way."""
        free = (
            self.step in FIRST and not self.over and self.wish == _NOTHING and self.guide is None and not self.aloud.on
        )
        return self._at(Step.PIN, at) if free else self

    def serves(self, staff: Staff, at: float, step: Step | None = None) -> Self:
        """Something has changed for the staff, and with it what they are offered."""
        return self._anew(at, staff=staff, step=step or self.step)

    def _at(self, step: Step, at: float, **changes: Any) -> Self:
        """The way at a step, with a new offer."""
        return self._anew(at, **{**_FRESH, "step": step, **changes})

    def _anew(self, at: float, **changes: Any) -> Self:
        """The same place with a new offer: what was touched before means nothing to it."""
        return replace(self, **{"touched_at": at, "offer": self.offer + 1, **changes})


_FRESH: Mapping[str, Any] = {
    "over": (),
    "page": 0,
    "refused": None,
    "crowded": False,
    "asking": False,
    "may_leave": False,
    "may_cancel": False,
    "cancelling": False,
    "cancelled": "",
    "standing": None,
    "doing": None,
    "did": None,
}
"""What a step begins with."""
