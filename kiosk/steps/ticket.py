"""The number: the state of its slip, how long it stays on the screen, and what is said meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from kiosk.moves import Act
from kiosk.offer import Offer, button
from kiosk.way import Way
from shared.config import Plan
from shared.config.plan import text_in
from shared.language import Language, language
from shared.model import PrintJob, Ticket

PRINT_S = 8.0
"""How long "is being printed" is shown before the number is offered for a photo."""
WRONG_S = 12.0
"""How long a number can be cancelled after it was given."""
PAPER_S = 12.0
"""How long the number stays after its paper is out."""
PHOTO_S = 60.0
"""How long it stays for a photo if there is no paper."""


class Stage(StrEnum):
    """What a visitor can do with the number now."""

    PRINTING = "printing"  # wait for the paper
    PHOTO = "photo"  # take a photo of it: there is no paper
    TAKEN = "taken"  # take the paper, which is out
    OVER = "over"  # the time for it is over


@dataclass(frozen=True, slots=True)
class Shown:
    """A number on the screen. Moments are in seconds of a clock that never jumps."""

    ticket: Ticket
    say: Language
    plan: Plan
    """The plan that the number was chosen from."""
    job: PrintJob | None
    """The last known state of its slip; None if no slip was requested."""
    since: float
    """When the stage began."""
    carried_s: float = 0.0
    """How long the bytes of a slip take on their way: a slow serial line is not broken."""
    stage: Stage = Stage.PRINTING
    given_at: float = 0.0

    @classmethod
    def begun(cls, ticket: Ticket, say: Language, plan: Plan, at: float, carried_s: float) -> Shown:
        """A number that was just given. Without a slip it is shown for a photo at once."""
        stage = Stage.PRINTING if ticket.print else Stage.PHOTO
        return cls(ticket, say, plan, ticket.print, at, carried_s, stage, given_at=at)

    @property
    def may_leave(self) -> bool:
        """Whether the outcome of the slip is known."""
        return self.stage is not Stage.PRINTING

    def may_cancel(self, at: float) -> bool:
        """Whether the visitor can still say that the number is wrong."""
        return at - self.given_at < WRONG_S

    def knows(self, job: PrintJob, at: float) -> Shown:
        """The number with new knowledge of its slip. The slip of another number changes nothing."""
        if self.job is None or job.id != self.job.id or job == self.job or self.stage is Stage.OVER:
            return self
        shown = replace(self, job=job)
        if job.seems_out:
            return shown._at(Stage.TAKEN, at)
        if job.state.settled or job.is_stuck:
            return shown._at(Stage.PHOTO, at)
        return shown

    def said_in(self, say: Language, at: float) -> Shown:
        """The number with words in another language, and time to read them."""
        since = self.since if self.stage is Stage.PRINTING else at
        return replace(self, say=say, since=since)

    def later(self, at: float) -> Shown:
        """What changes by time alone. The slip may still come while the number is shown for a photo."""
        match self.stage:
            case Stage.PRINTING if at - self.since > PRINT_S + self.carried_s:
                return self._at(Stage.PHOTO, at)
            case Stage.PHOTO if at - self.since > PHOTO_S:
                return self._at(Stage.OVER, at)
            case Stage.TAKEN if at - self.since > PAPER_S:
                return self._at(Stage.OVER, at)
            case _:
                return self

    def _at(self, stage: Stage, at: float) -> Shown:
        return replace(self, stage=stage, since=at)


@dataclass(frozen=True, slots=True)
class Words:
    """The texts beside the number, and while it is requested."""

    intro: str = ""
    where: str = ""
    then: str = ""
    paper: str = ""


def shows(way: Way) -> Offer:
    """Cancelling while it is new, and leaving once the outcome of the slip is known."""
    say = language(way.reads)
    wrong = button(Act.WRONG, say.text("That was wrong"), say)
    done = button(Act.DONE, say.text("Done"), say)
    return Offer(say, back=wrong if way.may_cancel else None, forward=done if way.may_leave else None)


def words(shown: Shown) -> Words:
    """The texts beside a number."""
    say, plan = shown.say, shown.plan
    intro, paper = say.text("Your number"), _of_paper(say, shown)
    stop = shown.ticket.next_stop
    service = plan.services.get(stop.service) if stop else None
    if service is None:
        return Words(intro, paper=paper)
    area = text_in(plan.areas[service.area].name, say.tag)
    then = say.text("Please wait here: {area}. We call your number.", area=area)
    return Words(intro, text_in(service.name, say.tag), then, paper)


def _of_paper(say: Language, shown: Shown) -> str:
    match shown.stage:
        case Stage.PRINTING:
            return say.text("Your ticket is being printed.")
        case Stage.PHOTO if shown.job is None:
            return say.text("Please take a photo of this number.")
        case Stage.PHOTO:
            return say.text("The printer does not work. Your number is valid. Please take a photo.")
        case _:
            return say.text("Please take your ticket.")
