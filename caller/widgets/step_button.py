"""A button that shows a step and its key."""

from __future__ import annotations

from rich.text import Text
from textual import events, on
from textual.widget import Widget

from caller.messages import Pressed
from caller.steps import Step


class StepButton(Widget, can_focus=False):
    """Takes a step by mouse or touch. Its key works everywhere on the screen, so it needs no focus."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES = {"step-button--key"}  # noqa: RUF012

    _step: Step | None = None
    _label = ""

    def offer(self, step: Step | None, label: str = "", *, awake: bool = True) -> None:
        """Offer a step, dimmed if it is not awake; without a step the button is hidden."""
        self.display = step is not None
        self.disabled = not awake
        if (self._step, self._label) != (step, label):
            self._step, self._label = step, label
            self.refresh(layout=True)

    def render(self) -> Text:
        """The key as a cap, then the words."""
        if self._step is None:
            return Text()
        cap = (f" {self._step.cap or ' '} ", self.get_component_rich_style("step-button--key"))
        return Text.assemble(cap, f"  {self._label}", no_wrap=True, overflow="ellipsis")

    @on(events.Click)
    def press(self, event: events.Click) -> None:
        """Tell the screen."""
        event.stop()
        if self._step is not None:
            self.post_message(Pressed(self.id or "", self._step))
