"""The state of a console: what can be done now, and what it says. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from caller.choices import choices_of
from caller.guidance import guidance, is_awake, who
from caller.refusals import refusal
from caller.steps import BACK, STEPS, Stage, Step, stage_of
from caller.words import Words
from faces.known import as_of
from shared.errors import AnkommenError
from shared.model import Ticket, Workplace


@dataclass(frozen=True, slots=True)
class Refused:
    """A step that was not taken."""

    error: AnkommenError
    step: Step


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything that decides what a console shows, besides the visitors themselves."""

    words: Words
    workplace: Workplace | None
    """The desk as it was last read; None before the first read."""
    as_of: datetime | None
    """When it was read."""
    trouble: AnkommenError | None
    """Why it was not read again since then."""
    choosing: Step | None
    """The step that something must be chosen for."""
    refused: Refused | None
    """The last step, if it was refused."""
    busy: bool
    """Whether a step is being taken."""
    scanned: Ticket | AnkommenError | None = None
    """The ticket scanned since the last press, or why it is not known."""

    @property
    def stage(self) -> Stage | None:
        """The stage of the desk; None while it is unknown."""
        return stage_of(self.workplace.desk) if self.workplace else None

    @property
    def classes(self) -> dict[str, bool]:
        """The CSS classes that the stylesheet uses."""
        stages = {f"-{each}": each is self.stage for each in Stage}
        failed = self.trouble is not None or self.refused is not None
        return stages | {"-busy": self.busy, "-choosing": self.choosing is not None, "-failed": failed}

    @property
    def steps(self) -> dict[str, Step]:
        """The steps that can be taken now, by place; during a choice, the choices and the way back."""
        if self.stage is None:
            return {}
        if self.choosing:
            return {"back": BACK} | {f"choice {n}": choice for n, choice in enumerate(self.choices(self.choosing))}
        return STEPS[self.stage]

    def awake(self, step: Step) -> bool:
        """Whether a step can be taken now."""
        return not self.busy and self.workplace is not None and is_awake(self.words, self.workplace, step)

    def choices(self, step: Step) -> tuple[Step, ...]:
        """What can be chosen for a step."""
        return choices_of(self.words, self.workplace.desk, step) if self.workplace else ()

    @property
    def question(self) -> str:
        """The text above the choices; empty if there is nothing to choose."""
        call = self.workplace.desk.call if self.workplace else None
        return self.words.say(self.choosing.question, code=call.code if call else "") if self.choosing else ""

    @property
    def sentence(self) -> str:
        """What went wrong, else what to do now."""
        if self.trouble:
            old = as_of(self.words.house, self.as_of, self.words.plan.site.timezone)
            return f"{refusal(self.words, self.trouble)} {old}".strip()
        if self.refused:
            return refusal(self.words, self.refused.error, self.refused.step)
        if isinstance(self.scanned, AnkommenError):
            return refusal(self.words, self.scanned)
        if self.scanned:
            return who(self.words, self.scanned)
        return guidance(self.words, self.workplace, choosing=self.choosing is not None)
