"""The number: the state of its slip, how long it stays on the screen, and what is said meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from kiosk.moves import Act
from kiosk.offer import Offer, button
from kiosk.steps.concerns import waiting
from kiosk.way import Way
from shared.config import Plan
from shared.config.plan import text_in
from shared.language import Language, language
from shared.model import PrintJob, Ticket, Wait


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
    wait: Wait | None = None
    """How long the visitor waits; None where nobody knows."""
    patience: int = 1
    """How many times as long it stays as for who reads."""
    guided: bool = False
    """Whether somebody comes to the visitor."""

    @classmethod
    def begun(cls, ticket: Ticket, say: Language, plan: Plan, at: float, carried_s: float, patience: int = 1) -> Shown:
        """A number that was just given. Without a slip it is shown for a photo at once."""
        stage = Stage.PRINTING if ticket.print else Stage.PHOTO
        return cls(ticket, say, plan, ticket.print, at, carried_s, stage, given_at=at, patience=patience)

    @property
    def may_leave(self) -> bool:
        """Whether the outcome of the slip is known."""
        return self.stage is not Stage.PRINTING

    def may_cancel(self, at: float) -> bool:
        """Whether the visitor can still say that the number is wrong."""
        return at - self.given_at < self.plan.rules.kiosk_wrong_s * self.patience

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
        rules, for_s = self.plan.rules, at - self.since
        match self.stage:
            case Stage.PRINTING if for_s > rules.kiosk_printing_s + self.carried_s:
                return self._at(Stage.PHOTO, at)
            case Stage.PHOTO if for_s > rules.kiosk_photo_s * self.patience:
                return self._at(Stage.OVER, at)
            case Stage.TAKEN if for_s > rules.kiosk_paper_s * self.patience:
                return self._at(Stage.OVER, at)
            case _:
                return self

    def _at(self, stage: Stage, at: float) -> Shown:
        return replace(self, stage=stage, since=at)


@dataclass(frozen=True, slots=True)
class Words:
    """The texts around the number, from top to bottom, and while it is requested."""

    intro: str = ""
    where: str = ""
    """What comes now."""
    then: str = ""
    """Where to wait for it."""
    place: str = ""
    """How to get there."""
    wait: str = ""
    """How long, as far as anybody knows."""
    after: str = ""
    """What comes later, in its order."""
    paper: str = ""


def shows(way: Way) -> Offer:
    """Cancelling while it is new, and leaving once the outcome of the slip is known."""
    say = language(way.reads)
    wrong = button(Act.WRONG, say.text("That was wrong"), say)
    done = button(Act.DONE, say.text("Done"), say)
    return Offer(say, back=wrong if way.may_cancel else None, forward=done if way.may_leave else None)


def words(shown: Shown) -> Words:
    """The texts around a number."""
    say, plan, now = shown.say, shown.plan, shown.ticket.next_stop
    intro, paper = say.text("Your number"), _of_paper(say, shown)
    if shown.guided:
        paper = f"{paper} {say.text('Somebody will come to you.')}"
    service = plan.services.get(now.service) if now else None
    if now is None or service is None:
        return Words(intro, paper=paper)
    stops, area = _numbered(shown), plan.areas[service.area]
    then = say.text("Please wait here: {area}. We call your number.", area=text_in(area.name, say.tag))
    where = stops.pop(now.service)
    waits = waiting(shown.wait, say) if shown.wait else ""
    return Words(intro, where, then, text_in(area.sentence, say.tag), waits, " · ".join(stops.values()), paper)


def _numbered(shown: Shown) -> dict[str, str]:
    """The names of all stops by service, in their order; several are numbered as on paper."""
    stops = [stop.service for stop in shown.ticket.stops if stop.state.open]
    planned = shown.plan.services
    names = {key: text_in(planned[key].name, shown.say.tag) if key in planned else key for key in stops}
    return {key: f"{n}\N{NO-BREAK SPACE}{names[key]}" for n, key in enumerate(stops, 1)} if len(stops) > 1 else names


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
