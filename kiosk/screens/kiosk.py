"""Language, concern, summary, number: draws the visitor's way through the kiosk and handles touches."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.getters import query_one
from textual.screen import Screen

from faces.messages import Changed, Scanned
from faces.reading import Reading
from kiosk import steps
from kiosk.guide import Guide
from kiosk.issuing import Issuing
from kiosk.look import Looking, door_by
from kiosk.messages import Touched
from kiosk.moves import Step
from kiosk.number import Number
from kiosk.scanning import Scanning
from kiosk.speech import Speech
from kiosk.steady import BEAT_S, Steady
from kiosk.upkeep import Upkeep
from kiosk.way import Way
from kiosk.widgets.corners import Corners, Pressed
from kiosk.widgets.front import Front
from kiosk.widgets.ticket import TicketView
from kiosk.widgets.too_small import USABLE, TooSmall
from shared.centre import Centre
from shared.clock import monotonic


class KioskScreen(Screen[None]):
    """One screen with steps, so that a hidden kiosk never changes which screen is in front.

    It keeps the visitor's position as a `Way` and draws it; what is drawn is never read back.
    """

    CSS_PATH = ["kiosk.tcss", "looks.tcss"]  # noqa: RUF012  (Textual's own)
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (USABLE[0], "-narrow"), (90, "-wide")]  # noqa: RUF012  (Textual's own)
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (USABLE[1], "-low"), (26, "-high")]  # noqa: RUF012
    front = query_one(Front)
    ticket = query_one(TicketView)

    def __init__(self, centre: Centre, kiosk: str | None = None, printer: str | None = None) -> None:
        """`kiosk` is a key of the plan, `printer` a key or URL that replaces the kiosk's own."""
        super().__init__()
        self._centre = centre
        self._issuing = Issuing(self, centre, kiosk, printer)
        self._number, self.guide = Number(self, self._issuing), Guide(self, self._issuing)
        self._scanning = Scanning(self, self, centre, self._issuing)
        self._upkeep = Upkeep(self, self, centre, self._issuing)
        self._speech = Speech(self, centre.device)
        prints, has_voice = self._issuing.prints, self._speech.has_voice
        self.way = Way(centre.plan, kiosk=kiosk, prints=prints, has_voice=has_voice, trains=centre.training)
        """Where the visitor is."""
        self.offer = steps.offer(self.way, centre.now())
        self._steady = Steady()
        self._reading = Reading(self, centre, Looking(centre, self._number).ask, self._show_centre)

    def compose(self) -> ComposeResult:
        """Everything that can be shown."""
        yield Corners("left")
        yield Corners("right")
        yield Front(self._centre.device.bidi, training=self._centre.training)
        yield TooSmall(self._centre)

    def on_mount(self) -> None:
        """Start to draw, to print and to read."""
        self.screen_layout_refresh_signal.subscribe(self, lambda _: self._steady.painted(monotonic()), immediate=True)
        self.set_interval(BEAT_S, self.beat)
        self._issuing.begin()
        self.go(self.way.begun(monotonic()))
        self._reading.begin()

    def on_unmount(self) -> None:
        """Stop reading, and leave the printer to other programs."""
        self._reading.end()
        self._speech.end()
        self._issuing.end()

    @property
    def takes_touches(self) -> bool:
        """Whether the content of the screen has been there long enough."""
        return self._steady.counts(monotonic())

    # ---- where the visitor is

    def go(self, way: Way) -> None:
        """Move to this way, and draw what has changed."""
        before, self.way = self.way, way
        if (way.offer, way.wish, way.staff) == (before.offer, before.wish, before.staff):
            return
        self.offer = steps.offer(way, self._centre.now())
        self._upkeep.follow(before)
        if way.offer == before.offer:
            self.front.draw_summary(way, self.offer)
            return
        self.front.draw(way, self.offer)
        self._content_changed()
        if way.step is not before.step:
            self._enter(way, before.step)
        if way.visit != before.visit:
            self._issuing.next_visitor()
        elif way.wish.language != before.wish.language:
            self._reread()
        self.guide.follows(way, before)
        if way.cancelling and not before.cancelling:
            self._number.cancel()
        if way.doing is not None and way.doing is not before.doing:
            self._scanning.do(way.doing)

    def _enter(self, way: Way, before: Step) -> None:
        """Ask for what a step needs, and keep nothing of the step before."""
        if before is Step.TICKET:
            self.ticket.clear()
        if way.step is Step.TICKET:
            self._number.ask()
        self._upkeep.look()

    def _reread(self) -> None:
        """The visitor has chosen a language, perhaps another one."""
        if self.way.step is Step.TICKET:
            self._number.reread()
        else:
            self.call_after_refresh(self._issuing.expect, self.way.reads)

    # ---- what happens

    @on(Touched)
    def _touch(self, touched: Touched) -> None:
        """Handle a touch on what it was made for, if that was visible long enough."""
        touched.stop()
        now, touch = monotonic(), touched.touch
        pressed = now - touched.age_s
        if self._steady.counts(pressed) and self._speech.lets_act(touch, pressed):
            self.go(steps.after(self.way, touch, self.offer, now))

    @on(Scanned)
    def _scan(self, scanned: Scanned) -> None:
        self._scanning.read(scanned.text)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Every touch bubbles up to here and shows that somebody is there, perhaps somebody of the staff."""
        self._speech.hush()
        self.go(self.way.touched(monotonic()))
        self._upkeep.touched(event.screen_x, event.screen_y)

    def on_key(self, event: events.Key) -> None:
        """A key of the keypad for people who listen."""
        self._speech.key(event.key)

    @on(Pressed)
    def _press(self, pressed: Pressed) -> None:
        """A corner of the screen stands for a key."""
        self._speech.press(pressed.meaning)

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
        if not self.way.over:
            self.ticket.beat(now)
        self.go(self.way.later(now))
        self.front.warning.bar.show(self.way.left(now))
        self._number.hold(now)
        self._speech.beat()

    @on(Changed)
    def _read(self) -> None:
        self._reading.ask()

    def _show_centre(self) -> None:
        """Show what has changed elsewhere: the plan, the hours, the slip."""
        now = monotonic()
        self._upkeep.look()
        self.go(self.way.under(self._centre.plan, now, prints=self._issuing.prints))
        if (door := door_by(self._reading)) is not None:
            self.go(self.way.at_the_door(door, now))
        if (seen := self._reading.known) is not None:
            self.way = self.way.knows(seen.today) if seen.today else self.way
            self._number.knows(seen.visit, seen.slip, seen.wait, now)
        self._scanning.look_again()
