"""The choices for a step, shown instead of visitor and queue."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll

from caller.steps import Step
from caller.widgets.step_button import StepButton
from caller.words import Words
from faces.text import Bidi, Phrase


class Choices(Vertical):
    """A question and a row for each answer, which is chosen by its key or by mouse."""

    def __init__(self, bidi: Bidi, id: str) -> None:
        super().__init__(id=id)
        self._bidi = bidi
        self._steps: tuple[Step, ...] = ()

    def compose(self) -> ComposeResult:
        """The question, below it the answers."""
        yield Phrase(bidi=self._bidi, id="question")
        yield VerticalScroll(id="answers", can_focus=False)

    def show(self, words: Words, question: str, steps: tuple[Step, ...]) -> None:
        """Show these choices; without choices show nothing."""
        self.display = bool(steps)
        self.query_one("#question", Phrase).say(question, words.house.direction)
        if steps != self._steps:
            self._steps = steps
            answers = self.query_one("#answers", VerticalScroll)
            answers.remove_children()
            answers.mount_all(self._answer(words, step) for step in steps)

    def _answer(self, words: Words, step: Step) -> StepButton:
        button = StepButton(classes="answer")
        button.offer(step, words.line(step.label))
        return button
