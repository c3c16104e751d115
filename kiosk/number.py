"""The number of the visitor who is here: asked for, held on the screen, cancelled."""

from __future__ import annotations

from functools import partial

from kiosk.aloud import PATIENCE
from kiosk.issuing import Issuing
from kiosk.moves import Step
from kiosk.stand import Stand
from kiosk.steps.ticket import Shown, Stage
from kiosk.way import Way
from shared.clock import monotonic
from shared.errors import AnkommenError
from shared.language import language
from shared.model import GuideReason, Need, PrintJob, Ticket, Wait


class Number:
    """At most one for each visitor. An answer that comes when the next visitor is there changes nothing."""

    def __init__(self, stand: Stand, issuing: Issuing) -> None:
        self._stand, self._issuing = stand, issuing

    @property
    def slip(self) -> int | None:
        """The slip of the number on the screen."""
        shown = self._stand.ticket.shown
        return shown.job.id if shown and shown.job else None

    @property
    def visit(self) -> int | None:
        """The visit of the number on the screen."""
        shown = self._stand.ticket.shown
        return shown.ticket.visit_id if shown else None

    def ask(self) -> None:
        """Request it for what was chosen."""
        way = self._stand.way
        self._stand.ticket.ask(language(way.reads))
        self._issuing.ask(way.wish.arrival(), partial(self._take, way))

    def reread(self) -> None:
        """Say everything beside it in the language that is read now; its paper stays as it is."""
        self._stand.ticket.reread(language(self._stand.way.reads), monotonic())

    def cancel(self) -> None:
        """Take it back."""
        if (shown := self._stand.ticket.shown) is not None:
            self._issuing.cancel(shown.ticket, partial(self._take_cancelled, shown.ticket))

    def knows(self, visit: int | None, slip: PrintJob | None, wait: Wait | None, now: float) -> None:
        """More is known about the slip of a visit, and about its wait."""
        if visit is None or visit != self.visit:
            return
        if slip is not None:
            self._stand.ticket.knows(slip, now)
            self.hold(now)
        self._stand.ticket.tells(wait)

    def hold(self, now: float) -> None:
        """Offer what can be done with it now, and leave once it was shown long enough."""
        way = self._stand.way
        if way.step is Step.TICKET and (shown := self._stand.ticket.shown) is not None:
            if shown.stage is Stage.OVER and not way.over:
                self._stand.go(way.begun(now))
            else:
                may_cancel = shown.may_cancel(now) and not way.cancelling
                self._stand.go(way.holds(now, may_leave=shown.may_leave, may_cancel=may_cancel))

    def _take(self, asked: Way, answer: Ticket | AnkommenError) -> None:
        now, stand = monotonic(), self._stand
        if (stand.way.visit, stand.way.step) != (asked.visit, Step.TICKET):
            return
        if isinstance(answer, AnkommenError):
            stand.ticket.log.error(answer.message)
            stand.go(stand.way.refuse(answer, now))
            return
        stand.go(stand.way.gave(now))
        carried_s = self._issuing.carried_s(answer)
        say, patience = language(stand.way.reads), PATIENCE if stand.way.aloud.on else 1
        stand.ticket.show(Shown.begun(answer, say, asked.plan, now, carried_s, patience))
        self.hold(now)
        if Need.GUIDE in asked.wish.needs:
            speaks = asked.wish.speaks or asked.wish.language
            self._issuing.ask_for_guide(GuideReason.NEED, speaks, lambda _: None, answer.code)

    def _take_cancelled(self, ticket: Ticket, answer: Ticket | AnkommenError) -> None:
        """A number that the database did not cancel stays on the screen, because it still counts."""
        stand = self._stand
        if (shown := stand.ticket.shown) is None or shown.ticket is not ticket:
            return
        if isinstance(answer, AnkommenError):
            stand.ticket.log.error(answer.message)
        stand.go(stand.way.cancel_answered("" if isinstance(answer, AnkommenError) else ticket.code, monotonic()))
