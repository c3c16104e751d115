"""Somebody who is asked to come to the visitor at the kiosk."""

from __future__ import annotations

from functools import partial

from kiosk.issuing import Issuing
from kiosk.moves import Step
from kiosk.stand import Stand
from kiosk.way import Way
from shared.clock import monotonic
from shared.errors import AnkommenError
from shared.model import Assistance, GuideReason


class Guide:
    """One for each visitor, however often the visitor asks."""

    def __init__(self, stand: Stand, issuing: Issuing) -> None:
        self._stand, self._issuing = stand, issuing

    def follows(self, way: Way, before: Way) -> None:
        """Ask when the visitor comes to the page that says so, and when this kiosk begins to rest."""
        if way.guide and way.shown is Step.GUIDE and before.shown is not Step.GUIDE:
            self.ask(way.guide)
        if way.pace.rests_until > before.pace.rests_until:
            self._issuing.tell_of_crowd()

    def ask(self, reason: GuideReason) -> None:
        """Ask somebody to come, who is told what the visitor speaks and the number, if there is one."""
        way, shown = self._stand.way, self._stand.ticket.shown
        has = shown or way.standing
        code = has.ticket.code if has is not None else None
        speaks = way.wish.speaks or way.wish.language
        self._issuing.ask_for_guide(reason, speaks, partial(self._take, way), code)

    def _take(self, asked: Way, answer: Assistance | AnkommenError) -> None:
        stand = self._stand
        if stand.way.visit != asked.visit:
            return
        if isinstance(answer, AnkommenError):
            stand.ticket.log.error(answer.message)
        stand.go(stand.way.guide_asked(monotonic(), coming=not isinstance(answer, AnkommenError)))
