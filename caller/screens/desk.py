"""The screen at a desk: who is here, who waits, and the steps that are right now."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from uuid import uuid4

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import Screen

from caller.choices import KEYS, choices_of
from caller.guidance import STATES, guidance, is_awake
from caller.lease import HOLD_EVERY_S, Lease
from caller.messages import Answered, Changed, Pressed, Read, ReadFailed
from caller.presses import Presses
from caller.refusals import refusal
from caller.steps import BACK, PLACES, STEPS, Stage, Step, stage_of
from caller.widgets.banner import Banner
from caller.widgets.choices import Choices
from caller.widgets.known_line import AlarmLine, KnownLine, PaperLine
from caller.widgets.lines import Paragraph
from caller.widgets.present import Present
from caller.widgets.queue import Queue
from caller.widgets.step_button import StepButton
from caller.words import Words
from shared.centre import Centre
from shared.clock import monotonic
from shared.errors import AnkommenError
from shared.model import Call, Desk, Workplace
from shared.views.desk import read_workplace


class DeskScreen(Screen[None]):
    """One desk of a centre, as its official works with it.

    The screen shows what the database says and nothing else. A step is asked for once: from the press to the answer
    no other press counts, and all presses on one shown state carry one request id.
    """

    CSS_PATH = "desk.tcss"
    AUTO_FOCUS = "#queue-scroll"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-low"), (32, "-high")]  # noqa: RUF012
    BINDINGS = [  # noqa: RUF012
        Binding("escape", "press('escape')", show=False),
        *(Binding(",".join({key, key.upper()}), f"press('{key}')", show=False) for key in KEYS),
    ]

    def __init__(self, centre: Centre, desk: str) -> None:
        super().__init__()
        self._centre = centre
        self._desk = desk
        self._lease = Lease(centre, desk)
        self._workplace: Workplace | None = None
        self._choosing: Step | None = None
        self._request = uuid4()
        self._presses = Presses()
        self._asked: Step | None = None
        self._answered = False
        self._refusal: tuple[AnkommenError, Step] | None = None
        self._failure: AnkommenError | None = None
        self._reading = False
        self._outdated = False
        self._unsubscribe: Callable[[], None] | None = None

    def compose(self) -> ComposeResult:
        """Top: which desk; middle: who is here and who waits; bottom: what to do."""
        with Horizontal(id="top"):
            yield Paragraph(id="place")
            yield Paragraph(id="state")
            yield Paragraph(id="services")
            yield Paragraph(id="training")
        yield Banner(id="banner")
        yield AlarmLine()
        yield Choices(id="choices")
        with Horizontal(id="middle"):
            yield Present(id="present")
            with Vertical(id="waiting"):
                yield Paragraph(id="waiting-heading")
                with VerticalScroll(id="queue-scroll"):
                    yield Queue(id="queue")
        with Vertical(id="bottom"):
            yield Paragraph(id="guidance")
            yield PaperLine(id="paper")
            with Horizontal(id="steps"):
                yield StepButton(id="main")
                yield StepButton(id="beside")
            with Horizontal(id="rarer"):
                for place in ("first", "second", "third"):
                    yield StepButton(id=place, classes="quiet")
            with Horizontal(id="keys"):
                for place in ("turn", "pause", "undo", "back"):
                    yield StepButton(id=place, classes="quiet")
                yield Paragraph(id="quit")

    def on_mount(self) -> None:
        """Listen for changes, read for the first time, and hold the desk from now on."""
        self.query_one(Choices).display = False
        self.set_interval(HOLD_EVERY_S, self._lease.keep)
        self._unsubscribe = self._centre.subscribe(self._wake)
        self.post_message(Changed())

    def on_unmount(self) -> None:
        """Listen no longer."""
        if self._unsubscribe:
            self._unsubscribe()

    def _wake(self) -> None:
        self.post_message(Changed())

    @on(Changed)
    def read(self) -> None:
        """Ask for the desk and its queue; while an answer is on its way, once more after it."""
        self._outdated = self._reading
        if not self._reading:
            self._reading = True
            for line in self.query(KnownLine):
                line.read(self._centre, self._words)
            self._centre.read(read_workplace, self._desk).add_done_callback(self._tell_what_was_read)

    @on(Read)
    def show_workplace(self, message: Read) -> None:
        """Show what was read."""
        before, now = self._workplace.desk if self._workplace else None, message.workplace.desk
        if before != now:
            self._request, self._choosing = uuid4(), None
        if before is None or before.state != now.state:
            self._lease.keep()
        self._workplace = message.workplace
        self._end_reading(None)

    @on(ReadFailed)
    def show_failure(self, message: ReadFailed) -> None:
        """Keep what is shown and say that it is old."""
        self._end_reading(_expected(message.error))

    def _end_reading(self, failure: AnkommenError | None) -> None:
        self._failure = failure
        self._reading = False
        if self._answered:  # one thread answers in order: what was read after the answer knows of it
            self._asked, self._answered = None, False
        if self._outdated:
            self.read()
        self._show()

    def _tell_what_was_read(self, future: Future[Workplace]) -> None:
        error = future.exception()
        self.post_message(ReadFailed(error) if error else Read(future.result()))

    def action_press(self, key: str) -> None:
        """Take the step that this key means now."""
        step = next((step for step in self._steps().values() if step.key == key), None)
        self._press(key, step)

    @on(Pressed)
    def press_button(self, message: Pressed) -> None:
        """Take the step of a button."""
        self._press(message.button, message.step)

    def _press(self, where: str, step: Step | None) -> None:
        now_s = monotonic()
        if self._presses.repeated(where, now_s) or self._asked or step is None or step not in self._steps().values():
            return
        self._refusal = None
        if self._awake(step):
            self._presses.count(where, now_s)
            self._choosing = step if step.choose and self._choices(step) else None
            if self._choosing is None and step.verb:
                self._asked = step
                future = self._centre.once(self._request, step.verb, self._desk, *step.arguments)
                future.add_done_callback(partial(self._tell_answer, step))
        self._show()

    def _awake(self, step: Step) -> bool:
        return self._workplace is not None and is_awake(self._words, self._workplace, step)

    def _tell_answer(self, step: Step, future: Future[Desk] | Future[Call] | Future[Desk | Call]) -> None:
        self.post_message(Answered(step, future.exception()))

    @on(Answered)
    def take_answer(self, message: Answered) -> None:
        """The step is taken or refused: see how the desk stands now."""
        if message.error:
            self._refusal = (_expected(message.error), message.step)
        else:
            self._request = uuid4()
        self._answered = True
        self.read()

    def _steps(self) -> dict[str, Step]:
        """What can be done now, by place; while something is to be chosen, the choices and the way back."""
        if self._workplace is None:
            return {}
        if self._choosing:
            return {"back": BACK} | {f"choice {n}": step for n, step in enumerate(self._choices(self._choosing))}
        return STEPS[stage_of(self._workplace.desk)]

    def _choices(self, step: Step | None) -> tuple[Step, ...]:
        return choices_of(self._words, self._workplace.desk, step) if self._workplace and step else ()

    @property
    def _words(self) -> Words:
        return Words.of(self._centre.plan, self._centre.device.bidi)

    def _show(self) -> None:
        """Let every part of the screen say what is known now."""
        stage = stage_of(self._workplace.desk) if self._workplace else None
        for each in Stage:
            self.set_class(each is stage, f"-{each}")
        self.set_class(self._asked is not None, "-busy")
        self.set_class(self._choosing is not None, "-choosing")
        self.set_class(self._failure is not None or self._refusal is not None, "-failed")
        self._show_top()
        self._show_steps()
        self._show_choices()
        self.query_one("#guidance", Paragraph).show(self._words, self._guidance())
        if self._workplace:
            self.query_one(Banner).tell(self._words, self._workplace.suspended)
            self.query_one(Present).show(self._words, self._workplace)
            self.query_one(Queue).show(self._words, self._workplace)

    def _show_top(self) -> None:
        words = self._words
        self.query_one("#place", Paragraph).show(words, words.say("Desk {desk}", desk=self._desk))
        self.query_one("#training", Paragraph).show(words, words.say("EXERCISE") if self._centre.training else "")
        if self._workplace is None:
            return
        desk, count = self._workplace.desk, self._workplace.waiting_count
        self.query_one("#state", Paragraph).show(words, words.say(STATES[desk.state]))
        services = " · ".join(words.service(service) for service in desk.services)
        self.query_one("#services", Paragraph).show(words, services)
        heading = words.house.count("{n} number waits", "{n} numbers wait", count)
        self.query_one("#waiting-heading", Paragraph).show(words, heading)

    def _show_steps(self) -> None:
        words, steps = self._words, self._steps()
        for place in PLACES:
            step = steps.get(place)
            awake = step is not None and self._asked is None and self._awake(step)
            label = words.line(words.say(step.label)) if step else ""
            self.query_one(f"#{place}", StepButton).offer(step, label, awake=awake)
        leaves = "ctrl+q" in self.active_bindings
        self.query_one("#quit", Paragraph).show(words, words.say("Ctrl+Q  quit") if leaves else "")

    def _show_choices(self) -> None:
        call = self._workplace.desk.call if self._workplace else None
        asked = self._choosing.question if self._choosing else ""
        question = self._words.say(asked, code=call.code if call else "") if asked else ""
        self.query_one(Choices).show(self._words, question, self._choices(self._choosing))

    def _guidance(self) -> str:
        """One sentence: what went wrong, else what is right now."""
        if error := self._failure:
            return refusal(self._words, error)
        if self._refusal:
            return refusal(self._words, *self._refusal)
        return guidance(self._words, self._workplace, choosing=self._choosing is not None)


def _expected(error: BaseException) -> AnkommenError:
    """The error as a refusal to be shown; a fault of the program ends the face, loudly."""
    if isinstance(error, AnkommenError):
        return error
    raise error
