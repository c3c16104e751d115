"""Why there are no numbers now and when there are again, in the words of a language. Pure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from kiosk import poster
from kiosk.offer import Offer
from kiosk.way import Way
from shared.language import Language, language
from shared.model import ClosedReason, Opening, SuspendReason


def shows(way: Way, now: datetime) -> Offer:
    """A sentence for everybody, first in the language of who is here, and above it what needs no reading."""
    if reason := way.door.suspended:
        said: Callable[[Language], str] = partial(suspended, reason=reason)
        above = poster.SUSPENDED[reason]
    elif way.door.opening.open:  # then the staff have paused this kiosk
        said, above = paused, poster.PAUSED
    else:
        opening, timezone = way.door.opening, way.plan.site.timezone
        said = partial(closed, opening=opening, now=now, timezone=timezone)
        above = poster.closed(opening, now, timezone)
    return Offer(language(way.reads), everybody=said, poster=above)


def closed(say: Language, opening: Opening, now: datetime, timezone: str) -> str:
    """Why it is closed and when it opens again, in two or three short sentences."""
    return " ".join(filter(None, (_why(say, opening.reason), when_again(say, opening.again, now, timezone))))


def suspended(say: Language, reason: SuspendReason) -> str:
    """What to do while the centre is suspended. Only a fire is named: everything else the staff explain."""
    if reason is SuspendReason.FIRE:
        first = f"{say.text('Please leave the building now. Stay calm.')} {say.text('Your number stays valid.')}"
    else:
        first = say.text("At the moment no numbers are given and nobody is called.")
    return f"{first} {say.text('Please follow the instructions of the staff.')}"


def paused(say: Language) -> str:
    """That another place gives numbers."""
    halt = say.text("This device gives no numbers at the moment.")
    return f"{halt} {say.text('Please go to reception. We help you there.')}"


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


def when_again(say: Language, again: datetime | None, now: datetime, timezone: str) -> str:
    """When it opens again, in a sentence; empty where nobody knows."""
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
