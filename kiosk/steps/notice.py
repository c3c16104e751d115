"""A sentence instead of a number, in the visitor's language."""

from __future__ import annotations

from datetime import datetime

from kiosk.moves import Act
from kiosk.offer import Offer, button
from kiosk.steps.closed import closed
from kiosk.way import Way
from shared.errors import AnkommenError, Closed, OtherDay, QuotaUsed
from shared.language import Language, language
from shared.model import ClosedReason, Opening, spaced


def shows(way: Way, now: datetime) -> Offer:
    """Why there is no number, or that it is no longer valid."""
    say = language(way.reads)
    return Offer(say, word=_word(way, say, now), back=button(Act.BACK, say.text("Back"), say))


def _word(way: Way, say: Language, now: datetime) -> str:
    if way.crowded:
        many = say.text("Many numbers were taken here just now.")
        return f"{many} {say.text('Please go to reception. We help you there.')}"
    if way.refused is not None:
        return _refusal(say, way.refused, now, way.plan.site.timezone)
    return say.text("Number {code} is no longer valid. Please do not use it.", code=spaced(way.cancelled))


def _refusal(say: Language, error: AnkommenError, now: datetime, timezone: str) -> str:
    match error:
        case Closed():
            return closed(say, Opening(False, ClosedReason(error.reason), again=error.again), now, timezone)
        case QuotaUsed():
            return say.text("There are no more numbers today. Please ask at reception.")
        case OtherDay():
            return say.text("This number was for another day. Please take a new one.")
        case _:
            return say.text("There is a fault. Please go to reception.")
