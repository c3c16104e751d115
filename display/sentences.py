"""What a waiting room reads besides the numbers. Pure, so that any kind of screen can show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from faces.known import as_of, unsure
from shared.config import Plan
from shared.config.plan import text_in
from shared.language import Direction, Language, language
from shared.model import ClockDoubt

TURN_S = 8.0
"""How long another language stays beside the house's: enough to read three short sentences twice."""
CALM = ("Please wait.", "We call your number.")
HALT = ("At the moment nobody is called.", "Your number stays valid.", "Please follow the instructions of the staff.")
"""The sentences while the centre is suspended."""
FAULT = "There is a fault. Please stay here. Your number stays valid."
_BETWEEN = " · "


@dataclass(frozen=True, slots=True)
class Said:
    """Sentences in one language, each shown on its own line."""

    sentences: tuple[str, ...]
    direction: Direction


def title(plan: Plan, area: str | None) -> str:
    """The title of the screen: the centre, and the area if the screen is for one."""
    named = plan.areas.get(area or "")
    here = [text_in(named.name, plan.site.language)] if named else []
    return _BETWEEN.join([plan.site.name, *here])


def bilingual(house: Language, english: str) -> str:
    """A word in the language of the house and in English, "Nummer · Number"."""
    return _BETWEEN.join(dict.fromkeys(say.text(english) for say in (house, language("en"))))


def exercise(house: Language) -> str:
    """The mark of an exercise."""
    return bilingual(house, "EXERCISE")


def headings(house: Language) -> tuple[str, str]:
    """The headings of the two columns: numbers, then desks."""
    return bilingual(house, "Number"), bilingual(house, "Desk")


def waiting(house: Language, waiting_speak: Sequence[str], suspended: bool, at_s: float) -> tuple[Said, ...]:
    """The sentences while nobody is called: in the language of the house, then in another one.

    Args:
        waiting_speak: Tags of the languages of waiting visitors, most frequent first; English if there are none.
        suspended: Whether nobody is called because the centre is suspended.
        at_s: Seconds that decide which of several languages beside the house's is shown.
    """
    others = [tag for tag in waiting_speak if tag != house.tag] or ["en"]
    readers = dict.fromkeys((house, language(others[int(at_s / TURN_S) % len(others)])))
    return tuple(_said(say, HALT if suspended else CALM) for say in readers)


def trouble(house: Language, known_at: datetime | None, timezone: str) -> tuple[Said, ...]:
    """The sentences under numbers that may be old, with up to when they were right, in two languages."""
    readers = dict.fromkeys((house, language("en")))
    return tuple(
        Said((f"{say.text(FAULT)} {as_of(say, known_at, timezone)}".strip(),), say.direction) for say in readers
    )


def area_gone(house: Language, plan: Plan, area: str | None) -> tuple[Said, ...]:
    """A sentence for the staff, if the plan no longer has the area of this screen; it then shows all calls."""
    if area is None or area in plan.areas:
        return ()
    text = house.text("The plan of the centre has no area {area} any more. This screen shows all calls.", area=area)
    return (Said((text,), house.direction),)


def clock_doubted(house: Language, doubt: ClockDoubt | None) -> tuple[Said, ...]:
    """What the staff reads under the calls while the clock is not believed: everything goes on, but the time above may
    be wrong."""
    return () if doubt is None else (Said((unsure(house),), house.direction),)


def _said(say: Language, sentences: Sequence[str]) -> Said:
    return Said(tuple(say.text(sentence) for sentence in sentences), say.direction)
