"""Why there are no numbers now and when there are again, in the words of a language. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from kiosk.offer import Offer
from kiosk.way import Way
from shared.language import Language, language
from shared.model import ClosedReason, Opening


def shows(way: Way, now: datetime) -> Offer:
    """A sentence for everybody, first in the language of the visitor who is here."""
    if way.door.suspended:
        return Offer(language(way.reads), everybody=suspended)
    timezone = way.plan.site.timezone
    return Offer(language(way.reads), everybody=lambda say: closed(say, way.door.opening, now, timezone))


def closed(say: Language, opening: Opening, now: datetime, timezone: str) -> str:
    """Why it is closed and when it opens again, in two or three short sentences."""
    return " ".join(filter(None, (_why(say, opening.reason), _when(say, opening.again, now, timezone))))


def suspended(say: Language) -> str:
    """A sentence that the centre is suspended; staff say why."""
    halt = say.text("At the moment no numbers are given and nobody is called.")
    return f"{halt} {say.text('Please follow the instructions of the staff.')}"


def _why(say: Language, reason: ClosedReason | None) -> str:
    match reason:
        case ClosedReason.BREAK:
            return say.text("We have a break.")
        case ClosedReason.NOT_YET:
            return say.text("It is not open yet.")
        case ClosedReason.ENDED:
            return say.text("There are no more numbers today. Please ask at reception.")
        case ClosedReason.FAULT:
            return say.text("There is a fault. Please go to reception.")
        case ClosedReason.CLOCK:
            unsure = say.text("At the moment it is not certain what time it is.")
            return f"{unsure} {say.text('Please go to reception. We help you there.')}"
        case _:
            return say.text("It is closed here today.")


def _when(say: Language, again: datetime | None, now: datetime, timezone: str) -> str:
    if again is None:
        return ""
    zone = ZoneInfo(timezone)
    day, time = again.astimezone(zone).date(), say.time(again, timezone)
    match day - now.astimezone(zone).date():
        case timedelta(days=0):
            return say.text("Today from {time} it is open again.", time=time)
        case timedelta(days=1):
            return say.text("Tomorrow from {time} it is open again.", time=time)
        case _:
            return say.text("On {date} from {time} it is open again.", date=say.date(day), time=time)
