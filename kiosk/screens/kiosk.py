"""Language, concern, summary, number: draws the visitor's way through the kiosk and handles touches."""

from __future__ import annotations

from functools import partial

from textual import events, on
from textual.app import ComposeResult
from textual.getters import query_one
from textual.screen import Screen

from faces.messages import Changed
from faces.reading import Reading
from kiosk import steps
from kiosk.issuing import Issuing
from kiosk.look import door_by, look
from kiosk.messages import Touched
from kiosk.moves import Step
from kiosk.steady import BEAT_S, Steady
from kiosk.steps.ticket import Shown, Stage
from kiosk.way import Way
from kiosk.widgets.front import Front
from kiosk.widgets.too_small import USABLE, TooSmall
from shared.centre import Centre
from shared.clock import monotonic
from shared.errors import AnkommenError
from shared.language import language
from shared.model.visit import Ticket


class KioskScreen(Screen[None]):
    """One screen with steps, so that a hidden kiosk never changes which screen is in front.

    It keeps the visitor's position as a `Way` and draws it; what is drawn is never read back.
    """

    CSS_PATH = "kiosk.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (USABLE[0], "-narrow"), (90, "-wide")]  # noqa: RUF012  (Textual's own)
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (USABLE[1], "-low"), (26, "-high")]  # noqa: RUF012
    _front = query_one(Front)

    def __init__(self, centre: Centre, kiosk: str | None = None, printer: str | None = None) -> None:
        """`kiosk` is a key of the plan, `printer` a key or URL that replaces the kiosk's own."""
        super().__init__()
        self._centre = centre
        self._issuing = Issuing(self, centre, kiosk, printer)
        self.way = Way(centre.plan, kiosk=kiosk, prints=self._issuing.prints)
        """Where the visitor is."""
        self._offer = steps.offer(self.way, centre.now())
        self._steady = Steady()
        self._reading = Reading(self, centre, lambda: centre.read(look, self._slip), self._show_centre)

    def compose(self) -> ComposeResult:
        """Everything that can be shown."""
        yield Front(self._centre.device.bidi, training=self._centre.training)
        yield TooSmall(self._centre)

    def on_mount(self) -> None:
        """Start to draw, to print and to read."""
        self.screen_layout_refresh_signal.subscribe(self, lambda _: self._steady.painted(monotonic()), immediate=True)
        self.set_interval(BEAT_S, self.beat)
        self._issuing.begin()
        self._go(self.way.begun(monotonic()))
        self._reading.begin()

    def on_unmount(self) -> None:
        """Stop reading, and leave the printer to other programs."""
        self._reading.end()
        self._issuing.end()

    @property
    def takes_touches(self) -> bool:
        """Whether the content of the screen has been there long enough."""
        return self._steady.counts(monotonic())

    # ---- where the visitor is

    def _go(self, way: Way) -> None:
        """Move to this way, and draw what has changed."""
        before, self.way = self.way, way
        if (way.offer, way.wish) == (before.offer, before.wish):
            return
        self._offer = steps.offer(way, self._centre.now())
        if way.offer == before.offer:
            self._front.draw_summary(way, self._offer)
            return
        self._front.draw(way, self._offer)
        self._content_changed()
        if way.step is not before.step:
            self._enter(way, before.step)
        if way.cancelling and not before.cancelling:
            self._cancel_the_number()

    def _enter(self, way: Way, before: Step) -> None:
        """Ask for what a step needs, and keep nothing of the step before."""
        if before is Step.TICKET:
            self._front.ticket.clear()
        match way.step:
            case Step.LANGUAGE:
                self._issuing.next_visitor()
            case Step.CONCERN if before is Step.LANGUAGE:
                self.call_after_refresh(self._issuing.expect, way.reads)
            case Step.TICKET:
                self._ask_for_a_number()

    # ---- what happens

    @on(Touched)
    def _touch(self, touched: Touched) -> None:
        """Handle a touch on what it was made for, if that was visible long enough."""
        touched.stop()
        now = monotonic()
        if self._steady.counts(now - touched.age_s):
            self._go(steps.after(self.way, touched.touch, self._offer, now))

    def on_mouse_down(self, _: events.MouseDown) -> None:
        """Every touch bubbles up to here and shows that somebody is there."""
        self._go(self.way.touched(monotonic()))

    def on_resize(self) -> None:
        """Everything has moved."""
        self._content_changed()

    def on_screen_resume(self) -> None:
        """Another face was in front until now."""
        self._content_changed()

    def _content_changed(self) -> None:
        """Count from when the new content is laid out; Textual reports that even if nothing looks different."""
        self._steady.changed()
        self.refresh(repaint=False, layout=True)

    def beat(self) -> None:
        """Time goes by."""
        now = monotonic()
        self._steady.beat(now)
        self._front.ticket.beat(now)
        self._go(self.way.later(now))
        self._front.warning.bar.show(self.way.left(now))
        self._hold_the_number(now)

    @on(Changed)
    def _read(self) -> None:
        self._reading.ask()

    def _show_centre(self) -> None:
        """Show what has changed elsewhere: the plan, the hours, the slip."""
        now = monotonic()
        self._go(self.way.under(self._centre.plan, now, prints=self._issuing.prints))
        if (door := door_by(self._reading)) is not None:
            self._go(self.way.at_the_door(door, now))
        if (seen := self._reading.known) is not None and seen.slip is not None:
            self._front.ticket.knows(seen.slip, now)
            self._hold_the_number(now)

    # ---- the number

    def _ask_for_a_number(self) -> None:
        way = self.way
        self._front.ticket.ask(language(way.reads))
        self._issuing.ask(way.wish.arrival(), partial(self._take_answer, way))

    def _take_answer(self, asked: Way, answer: Ticket | AnkommenError) -> None:
        """The database answers; it counts only if the same visitor is still there."""
        now = monotonic()
        if self.way.offer != asked.offer:
            return  # another visitor is there now
        if isinstance(answer, AnkommenError):
            self.log.error(answer.message)
            self._go(self.way.refuse(answer, now))
            return
        carried_s = self._issuing.carried_s(answer)
        self._front.ticket.show(Shown.begun(answer, language(asked.reads), asked.plan, now, carried_s))
        self._hold_the_number(now)

    def _cancel_the_number(self) -> None:
        if (shown := self._front.ticket.shown) is not None:
            self._issuing.cancel(shown.ticket, partial(self._take_cancelled, shown.ticket))

    def _take_cancelled(self, ticket: Ticket, answer: Ticket | AnkommenError) -> None:
        """The database answers; a number that it did not cancel stays on the screen, because it still counts."""
        if (shown := self._front.ticket.shown) is None or shown.ticket is not ticket:
            return  # another visitor is there now
        if isinstance(answer, AnkommenError):
            self.log.error(answer.message)
        self._go(self.way.cancel_answered("" if isinstance(answer, AnkommenError) else ticket.code, monotonic()))

    def _hold_the_number(self, now: float) -> None:
        """Offer what can be done with the number now, and leave once it was shown long enough."""
        if self.way.step is Step.TICKET and (shown := self._front.ticket.shown) is not None:
            if shown.stage is Stage.OVER:
                self._go(self.way.begun(now))
            else:
                may_cancel = shown.may_cancel(now) and not self.way.cancelling
                self._go(self.way.holds(now, may_leave=shown.may_leave, may_cancel=may_cancel))

    @property
    def _slip(self) -> int | None:
        shown = self._front.ticket.shown
        return shown.job.id if shown and shown.job else None
