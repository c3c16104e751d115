"""Language, concern, number: the visitor's whole way through the kiosk."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from uuid import uuid4

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Center, Horizontal, Vertical
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import ContentSwitcher

from kiosk import offer
from kiosk.closed import closed, refusal, suspended
from kiosk.messages import Changed, Chosen, Hour, Issued, Printed, Refused
from kiosk.widgets.big_number import BigNumber
from kiosk.widgets.button import TouchButton
from kiosk.widgets.notices import Notices
from kiosk.widgets.phrase import Phrase
from kiosk.widgets.qr_code import QrCode
from kiosk.widgets.tiles import Choice, TileGrid
from printers.spool import chain, printer_for, seconds_to
from printers.states import seems_out
from printers.worker import PrintWorker
from shared.centre import Centre
from shared.clock import monotonic
from shared.config.plan import text_in
from shared.errors import AnkommenError, Unavailable
from shared.language import Language, language
from shared.model import Arrival, Door, Opening, Origin, PrintJob, PrintState, Ticket
from shared.verbs.visits.issue import issue
from shared.views.paper import read_print_job
from shared.views.site import read_door

_PRINT_S = 8.0
"""How long a visitor looks at "is being printed" before the number is offered for a photo."""
_PAPER_S = 12.0
"""How long the number stays when its paper is out."""
_PHOTO_S = 60.0
"""How long it stays for a photo when there is no paper."""
_IDLE_S = 60.0
"""After so long without a touch the kiosk asks whether more time is needed …"""
_ASK_S = 20.0
"""… and after so much longer it begins anew (WCAG 2.2.1 asks for at least 20 s)."""
_STEADY_S = 1.0
"""The second tap of a double tap must not touch what has just appeared under the finger."""

_STEPS = ("language", "concern", "service", "ticket", "notice", "closed")
"""Each is a CSS class of the screen while it is shown."""


class KioskScreen(Screen[None]):
    """One screen with steps, so that a hidden kiosk never moves what is in front of it."""

    CSS_PATH = "kiosk.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (90, "-wide")]  # noqa: RUF012  (Textual's own declaration)
    VERTICAL_BREAKPOINTS = [(0, "-low"), (26, "-high")]  # noqa: RUF012

    def __init__(self, centre: Centre, kiosk: str | None = None, printer: str | None = None) -> None:
        """`kiosk` is a key of the plan, `printer` a key or URL that replaces the kiosk's own."""
        super().__init__()
        self._centre = centre
        self._printer = printer or printer_for(centre.plan, kiosk)
        self._language: Language = language(centre.plan.site.language)
        self._choices: list[Choice] = []
        self._page = 0
        self._request = uuid4()
        self._touched_at = self._shown_at = monotonic()
        self._return: Timer | None = None
        self._door = Door(Opening(True))
        self._offered = centre.plan
        """The plan that the tiles are of."""
        self._job: PrintJob | None = None
        """The slip of the number that is shown."""
        self._worker = PrintWorker(
            chain(centre.database, lambda: centre.plan, self._printer, training=centre.training, host=kiosk)
        )

    def compose(self) -> ComposeResult:
        bidi = self._centre.device.bidi
        with Horizontal(id="head"):
            yield Phrase(self._centre.plan.site.name, bidi=bidi, id="site")
            yield Phrase(bidi=bidi, id="training")
        with ContentSwitcher(initial="choose"):
            with Vertical(id="choose"):
                yield Phrase(bidi=bidi, id="question")
                yield TileGrid(bidi, id="tiles")
            with Horizontal(id="ticket"):
                with Vertical(id="number"):
                    yield Phrase(bidi=bidi, id="intro")
                    yield BigNumber()
                    yield Phrase(bidi=bidi, id="where")
                    yield Phrase(bidi=bidi, id="then")
                    yield Phrase(bidi=bidi, id="paper")
                with Center(id="photo"):
                    yield QrCode()
            with Vertical(id="notice"):
                yield Phrase(bidi=bidi, id="word")
            yield Notices(bidi, id="closed")
        with Horizontal(id="foot"):
            yield TouchButton(bidi, id="back")
            yield TouchButton(bidi, id="forward")

    def on_mount(self) -> None:
        self.set_interval(1.0, self._look_for_idleness)
        self._worker.start()
        self._unsubscribe = self._centre.subscribe(self._woken)
        self._begin()
        self._look_at_the_hour()

    def on_unmount(self) -> None:
        self._unsubscribe()
        self._worker.stop()

    def _woken(self) -> None:
        """On another thread, after each change in the centre: somebody may have queued a slip for this printer."""
        self._worker.wake()
        self.post_message(Changed())

    # ---- steps

    def _begin(self) -> None:
        """Start anew: nothing of the last visitor stays."""
        self._job = None
        self._language = language(self._centre.plan.site.language)
        if self._door.suspended:
            self._halt(self._language)
            return
        if not self._door.opening.open:
            self._close()
            return
        question = self._language.text("Please choose your language.")
        self._offer("language", question, offer.languages(self._language))

    def _offer(self, step: str, question: str, choices: list[Choice], page: int = 0) -> None:
        self._choices, self._page, self._offered = choices, page, self._centre.plan
        say = self._language
        self._say("question", question)
        self.query_one(TileGrid).offer(offer.page(choices, page, say))
        self.query_one("#tiles").set_class(say.direction == "rtl", "-rtl")
        self.query_one("#site", Phrase).say(self._centre.plan.site.name)
        self._say("training", say.text("EXERCISE") if self._centre.training else "")
        self._enter(step, back=say.text("Back") if step != "language" else "")

    def _offer_concerns(self) -> None:
        self._request = uuid4()  # one for this visitor: however often a tile is touched, there is one number
        question = self._language.text("What would you like to do today?")
        self._offer("concern", question, offer.packages(self._centre.plan, self._language))

    def _offer_services(self) -> None:
        question = self._language.text("What would you like to do today?")
        self._offer("service", question, offer.services(self._centre.plan, self._language))

    def _close(self) -> None:
        """No numbers are given now: why, and when again, for everybody who comes."""
        self._enter("closed")
        now, timezone = self._centre.database.clock.now(), self._centre.plan.site.timezone
        self.query_one(Notices).show(lambda say: closed(say, self._door.opening, now, timezone))

    def _halt(self, first: Language) -> None:
        """The centre is suspended: say so to everybody, beginning with the language of whoever stands here."""
        self._enter("closed")
        self.query_one(Notices).show(suspended, first)

    def _notice(self, text: str) -> None:
        """A sentence instead of a number."""
        self._say("word", text)
        self._enter("notice", back=self._language.text("Back"))
        self._return_after(_PHOTO_S)

    def _enter(self, step: str, *, back: str = "", forward: str = "") -> None:
        self._stay()
        self._shown_at = self._touched_at = monotonic()
        for name in _STEPS:
            self.set_class(name == step, f"-{name}")
        self.remove_class("-asking", "-photo")
        self.query_one(ContentSwitcher).current = step if step in ("ticket", "notice", "closed") else "choose"
        self.query_one("#back", TouchButton).offer(back, self._language.direction)
        self.query_one("#forward", TouchButton).offer(forward, self._language.direction)

    # ---- touches

    @on(Chosen)
    def _choose(self, chosen: Chosen) -> None:
        chosen.stop()
        if chosen.key == offer.MORE:
            self._page += 1
            self.query_one(TileGrid).offer(offer.page(self._choices, self._page, self._language))
        elif self.has_class("-language"):
            self._choose_language(chosen.key)
        elif chosen.key == offer.SINGLE_CONCERN:
            self._offer_services()
        elif self.has_class("-concern") or self.has_class("-service"):
            self._choose_concern(chosen.key)

    def _choose_language(self, key: str) -> None:
        if key == offer.MISSING_LANGUAGE:
            readers = dict.fromkeys((self._language, language("en")))
            words = [say.text("Please go to reception. Somebody there speaks with you.") for say in readers]
            self._notice(" ".join(words))
        else:
            self._language = language(key)
            self._offer_concerns()
            self.call_after_refresh(self._worker.expect, key)

    def _choose_concern(self, concern: str) -> None:
        plan = self._centre.plan
        if concern in plan.packages and not plan.packages[concern].services:
            self._notice(self._language.text("Please go to reception. We help you there."))
            return
        packages, services = ((), (concern,)) if self.has_class("-service") else ((concern,), ())
        arrival = Arrival(packages, services, self._language.tag, origin=Origin.KIOSK)
        self._say("intro", self._language.text("One moment, please."))
        self._show_number(None)
        self._centre.once(self._request, issue, arrival, self._printer).add_done_callback(self._answered)

    def _answered(self, answer: Future[Ticket]) -> None:
        """On the database thread: hand the answer to the screen."""
        error = answer.exception()
        if error is None:
            self.post_message(Issued(answer.result()))
        else:
            self.post_message(Refused(error if isinstance(error, AnkommenError) else Unavailable(str(error))))

    @on(TouchButton.Pressed, "#back")
    def _go_back(self) -> None:
        if self.has_class("-service"):
            self._offer_concerns()
        else:
            self._begin()

    @on(TouchButton.Pressed, "#forward")
    def _go_forward(self) -> None:
        if self.has_class("-ticket") and monotonic() - self._shown_at >= _STEADY_S:
            self._begin()
        elif self.has_class("-asking"):
            self._touched_at = monotonic()

    # ---- the number

    @on(Issued)
    def _show_issued(self, issued: Issued) -> None:
        self._show_number(issued.ticket)
        self._job = issued.ticket.print
        self._worker.wake()
        self._return_after(_PRINT_S + self._way_s(), self._offer_photo)

    def _way_s(self) -> float:
        """How long the bytes of a slip are on their way: a serial line that is slow is not out of order."""
        planned = self._centre.plan.printers.get(self._printer)
        return seconds_to(planned.url if planned else self._printer)

    def _show_number(self, ticket: Ticket | None) -> None:
        say = self._language
        self.query_one(BigNumber).code = ticket.code if ticket else ""
        self.query_one(QrCode).content_text = self._centre.plan.qr_text(ticket.token) if ticket else ""
        if ticket is not None:
            self._say("intro", say.text("Your number"))
        stop = ticket.next_stop if ticket else None
        plan = self._centre.plan
        service = plan.services.get(stop.service) if stop else None
        self._say("where", text_in(service.name, say.tag) if service else "")
        area = text_in(plan.areas[service.area].name, say.tag) if service else ""
        self._say("then", say.text("Please wait here: {area}. We call your number.", area=area) if service else "")
        self._say("paper", say.text("Your ticket is being printed.") if ticket else "")
        self._enter("ticket")

    @on(Changed)
    def _look_after_paper(self) -> None:
        """Read how the slip of the number on the screen fares, whoever prints it."""
        if self._job is not None and self.has_class("-ticket"):
            self._centre.read(read_print_job, self._job.id).add_done_callback(self._looked)

    def _looked(self, answer: Future[PrintJob]) -> None:
        if not answer.cancelled() and answer.exception() is None:
            self.post_message(Printed(answer.result()))

    @on(Printed)
    def _show_printed(self, message: Printed) -> None:
        job = message.job
        if not self.has_class("-ticket") or self._job is None or self._job.id != job.id or self._job == job:
            return  # nothing new, or somebody else stands here now
        self._job = job
        if seems_out(job):
            self._say("paper", self._language.text("Please take your ticket."))
            self.remove_class("-photo")
            self._let_go_after(_PAPER_S)
        elif job.state.settled or (job.state is PrintState.QUEUED and job.detail):
            self._offer_photo()

    def _offer_photo(self) -> None:
        """The number is valid without paper. The slip may still come while it is shown."""
        say = self._language
        self._say("paper", say.text("The printer does not work. Your number is valid. Please take a photo."))
        self.add_class("-photo")
        self._let_go_after(_PHOTO_S)

    def _let_go_after(self, seconds: float) -> None:
        self.query_one("#forward", TouchButton).offer(self._language.text("Done"), self._language.direction)
        self._return_after(seconds)

    @on(Refused)
    def _show_refused(self, refused: Refused) -> None:
        self.log.error(refused.error.message)
        now, timezone = self._centre.database.clock.now(), self._centre.plan.site.timezone
        self._notice(refusal(self._language, refused.error, now, timezone))

    # ---- what others change

    @on(Changed)
    def _look_at_the_hour(self) -> None:
        """Offer what the plan in force has, and numbers only while they are given."""
        self._centre.read(read_door).add_done_callback(self._tell_the_hour)
        if self._offered is not self._centre.plan:
            if self.has_class("-language"):
                self._begin()
            elif self.has_class("-concern"):
                self._offer_concerns()
            elif self.has_class("-service"):
                self._offer_services()

    def _tell_the_hour(self, answer: Future[Door]) -> None:
        if not answer.cancelled() and answer.exception() is None:
            self.post_message(Hour(answer.result()))

    @on(Hour)
    def _keep_hours(self, hour: Hour) -> None:
        """Close when numbers are given no more, but not under the hands of somebody; open again by itself.

        Where the centre is suspended nobody chooses on; only a number that is shown stays.
        """
        before, self._door = self._door, hour.door
        nobody_here = self.has_class("-language") or self.has_class("-closed")
        if hour.door.suspended and not before.suspended and not self.has_class("-ticket"):
            reader, self._language = self._language, language(self._centre.plan.site.language)
            self._halt(reader)
        elif nobody_here and _told(hour.door) != _told(before):
            self._begin()

    # ---- time

    def on_mouse_down(self, _: events.MouseDown) -> None:
        """Every touch bubbles up to here."""
        self._touched_at = monotonic()

    def _look_for_idleness(self) -> None:
        idle_s = monotonic() - self._touched_at
        if not (self.has_class("-concern") or self.has_class("-service")):
            return
        if idle_s > _IDLE_S + _ASK_S:
            self._begin()
            return
        asking = idle_s > _IDLE_S
        self.set_class(asking, "-asking")
        more = self._language.text("I need more time") if asking else ""
        self.query_one("#forward", TouchButton).offer(more, self._language.direction)

    def _return_after(self, seconds: float, then: Callable[[], None] | None = None) -> None:
        self._stay()
        self._return = self.set_timer(seconds, then or self._begin)

    def _stay(self) -> None:
        if self._return is not None:
            self._return.stop()
            self._return = None

    # ---- looks

    def _say(self, id: str, text: str) -> None:
        phrase: Widget = self.query_one(f"#{id}")
        assert isinstance(phrase, Phrase)
        phrase.say(text, self._language.direction)
        phrase.display = bool(text)


def _told(door: Door) -> tuple[object, ...]:
    """What decides between offering numbers and a notice."""
    return door.suspended, door.opening.open, door.opening.again
