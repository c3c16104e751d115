"""The screen at a desk: who is here, who waits, and the steps that are possible now."""

from __future__ import annotations

from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import Screen

from caller.at_desk import read_at_desk
from caller.attention import alarm, halt, paper
from caller.choices import KEYS
from caller.lease import HOLD_EVERY_S, Lease
from caller.messages import Pressed
from caller.presses import Presses
from caller.scan import Scan
from caller.situation import Refused, Situation
from caller.steps import PLACES, Step
from caller.widgets.choices import Choices
from caller.widgets.present import Present
from caller.widgets.queue import Queue
from caller.widgets.step_button import StepButton
from caller.widgets.top import Top
from caller.words import Words
from faces.asking import Asking
from faces.faults import watch
from faces.messages import Changed, Scanned
from faces.reading import Reading
from faces.text import Phrase
from shared.centre import Centre
from shared.clock import monotonic
from shared.errors import AnkommenError
from shared.model import Desk, DeskAnswer


class DeskScreen(Screen[None]):
    """One desk of a centre, for its official.

    The screen shows only what the database says. A step is requested once: from the press until the screen shows the
    result no other press counts, and all presses on the same shown state carry the same request id.
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
        self._reading = Reading(self, centre, lambda: centre.read(read_at_desk, desk), self._take)
        self._asking = Asking(self, centre)
        self._presses = Presses()
        self._shown: Desk | None = None
        """The desk as it was when the screen last offered a press."""
        self._choosing: Step | None = None
        self._refused: Refused | None = None
        self._scan = Scan(self, centre, self._show)

    def compose(self) -> ComposeResult:
        """Top: which desk; middle: who is here and who waits; bottom: what to do."""
        bidi = self._centre.device.bidi
        yield Top(bidi, id="top")
        yield Phrase(bidi=bidi, id="halt")
        yield Phrase(bidi=bidi, id="alarm")
        yield Choices(bidi, id="choices")
        with Horizontal(id="middle"):
            yield Present(bidi, id="present")
            with Vertical(id="waiting"):
                yield Phrase(bidi=bidi, id="waiting-heading")
                with VerticalScroll(id="queue-scroll"):
                    yield Queue(id="queue")
        with Vertical(id="bottom"):
            yield Phrase(bidi=bidi, id="guidance")
            yield Phrase(bidi=bidi, id="paper")
            with Horizontal(id="steps"):
                yield StepButton(id="main")
                yield StepButton(id="beside")
            with Horizontal(id="rarer"):
                for place in ("first", "second", "third"):
                    yield StepButton(id=place, classes="quiet")
            with Horizontal(id="keys"):
                for place in ("turn", "pause", "undo", "back"):
                    yield StepButton(id=place, classes="quiet")
                yield Phrase(bidi=bidi, id="quit")

    def on_mount(self) -> None:
        """Start to read, and hold the desk from now on."""
        self.set_interval(HOLD_EVERY_S, self._hold)
        self._reading.begin()
        self._show()

    def on_unmount(self) -> None:
        """Stop listening."""
        self._reading.end()

    @on(Changed)
    def read(self) -> None:
        """Ask for the desk and its queue."""
        self._reading.ask()

    def _take(self) -> None:
        """Show what was read. Without a new answer, the old data stays and no new press counts."""
        if self._reading.known and self._reading.trouble is None:
            self._asking.shown()  # one thread answers in order, so this read includes the last answer
            before, self._shown = self._shown, self._reading.known.workplace.desk
            if before != self._shown:
                self._asking.start_over()
                self._choosing = None
            if before is None or before.state != self._shown.state:
                self._hold()
        self._show()

    def _hold(self) -> None:
        watch(self, self._lease.keep())

    def action_press(self, key: str) -> None:
        """Take the step that this key stands for now."""
        self._press(key, next((step for step in self._situation.steps.values() if step.key == key), None))

    @on(Pressed)
    def press_button(self, message: Pressed) -> None:
        """Take the step of a button."""
        self._press(message.button, message.step)

    def _press(self, where: str, step: Step | None) -> None:
        now_s, situation = monotonic(), self._situation
        if self._presses.repeated(where, now_s) or situation.busy or step not in situation.steps.values():
            return
        assert step is not None
        self._refused = None
        self._scan.forget()
        if situation.awake(step):
            self._presses.count(where, now_s)
            self._choosing = step if situation.choices(step) else None
            if self._choosing is None and step.verb:
                self._asking.ask(partial(self._answer, step), step.verb, self._desk, *step.arguments)
        self._show()

    def _answer(self, step: Step, answer: DeskAnswer | AnkommenError) -> None:
        """The step is taken or refused: read the desk's new state."""
        if isinstance(answer, AnkommenError):
            self._refused = Refused(answer, step)
        self._reading.ask()
        self._show()

    @on(Scanned)
    def name_visitor(self, scanned: Scanned) -> None:
        """Say whose ticket it is, and do nothing else."""
        self._scan.look_up(scanned.text)

    @property
    def _words(self) -> Words:
        return Words.of(self._centre.plan, self._centre.device.bidi)

    @property
    def _situation(self) -> Situation:
        reading, words, at_desk = self._reading, self._words, self._reading.known
        how = (words, at_desk.workplace if at_desk else None, reading.as_of, reading.trouble)
        return Situation(*how, self._choosing, self._refused, self._asking.busy, self._scan.known)

    def _show(self) -> None:
        """Let every part of the screen show what is known now."""
        now = self._situation
        for name, holds in now.classes.items():
            self.set_class(holds, name)
        desk = now.workplace.desk if now.workplace else None
        self.query_one(Top).show(now.words, self._desk, desk, training=self._centre.training)
        self._say("guidance", now.sentence)
        self._show_steps(now)
        self.query_one(Choices).show(now.words, now.question, now.choices(now.choosing) if now.choosing else ())
        if known := self._reading.known:
            count = known.workplace.waiting_count
            self._say("waiting-heading", now.words.house.count("{n} number waits", "{n} numbers wait", count))
            self._say("halt", halt(now.words, known.workplace.suspended))
            self._say("alarm", alarm(now.words, known.lost, known.workplace.doubt))
            self._say("paper", paper(now.words, known.printers))
            self.query_one(Present).show(now.words, known.workplace)
            self.query_one(Queue).show(now.words, known.workplace)

    def _show_steps(self, now: Situation) -> None:
        for place in PLACES:
            step = now.steps.get(place)
            label = now.words.line(now.words.say(step.label)) if step else ""
            awake = step is not None and now.awake(step)
            self.query_one(f"#{place}", StepButton).offer(step, label, awake=awake)
        self._say("quit", now.words.say("Ctrl+Q  quit") if "ctrl+q" in self.active_bindings else "")

    def _say(self, id: str, text: str) -> None:
        self.query_one(f"#{id}", Phrase).say(text, self._words.house.direction)
