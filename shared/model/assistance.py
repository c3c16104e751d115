"""Help that somebody is asked to bring: an interpreter, a guide, or help in an emergency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class AssistanceKind(StrEnum):
    """Who is asked to come."""

    INTERPRETER = "interpreter"
    GUIDE = "guide"
    EMERGENCY = "emergency"


class AssistanceState(StrEnum):
    """How far it is."""

    OPEN = "open"  # nobody has accepted it yet: it rings
    ACCEPTED = "accepted"
    UNDERWAY = "underway"
    THERE = "there"
    DONE = "done"
    CANCELLED = "cancelled"

    @property
    def ended(self) -> bool:
        """Whether nobody has to do anything any more."""
        return self in (AssistanceState.DONE, AssistanceState.CANCELLED)


class GuideReason(StrEnum):
    """Why a kiosk asks for a guide."""

    UNSURE = "unsure"  # the visitor does not know what to choose
    MINOR = "minor"  # somebody under 18 is alone
    LANGUAGE = "language"  # the visitor's language is missing
    NEED = "need"  # a guide is among the needs of the visit
    CROWD = "crowd"  # many numbers in a minute: the kiosk rests and sends everybody to reception


@dataclass(frozen=True, slots=True)
class Assistance:
    """One request for help, as it stands at one moment."""

    id: int
    kind: AssistanceKind
    state: AssistanceState
    language: str | None
    """The tag of the language to speak with the visitor, which need not be one of this program; None if unknown."""
    area: str | None
    """Where help is wanted; None if the plan does not have the kiosk that asks."""
    desk: str | None
    """The desk that asks; None if a kiosk does."""
    kiosk: str | None
    reason: GuideReason | None
    """Why a kiosk asks; None if a desk does."""
    code: str | None
    """The number of the visit that it is for, if there is one."""
    face: str | None
    """The face or person that has accepted it."""
    opened_at: datetime
    changed_at: datetime
    waited_s: int
    """Whole seconds since it was asked for."""
    ring: int | None
    """How often it has rung while nobody has accepted it; None once somebody has."""
