"""What the kiosk offers at each step, as tiles. Pure: from the plan and a language."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.widgets.tiles import CAPACITY, Choice
from shared.config import Plan
from shared.config.plan import text_in
from shared.language import LANGUAGES, Language, language

MISSING_LANGUAGE = "?language"
SINGLE_CONCERN = "?concern"
MORE = "?more"
"""Keys of tiles that lead on. "?" is in no key of a plan."""
_NAMED_AHEAD = 4
"""So many of the following choices are named on the tile that leads to them."""


def languages(house: Language) -> list[Choice]:
    """Each language by its own name and in its own words, and a way out for whoever's is missing."""
    own = [language(tag) for tag in LANGUAGES]
    choices = [Choice(say.tag, say.autonym, say.text("Please choose your language."), say.direction) for say in own]
    missing = [say.text("Is your language missing?") for say in dict.fromkeys((house, language("en")))]
    return [*choices, Choice(MISSING_LANGUAGE, "?  " + " ".join(missing), house.text("Touch here. We help you."))]


def packages(plan: Plan, say: Language) -> list[Choice]:
    """The ready journeys, then the way to single services."""
    ready = [
        Choice(key, _titled(item.symbol, text_in(item.name, say.tag)), _optional(item.sentence, say), say.direction)
        for key, item in plan.packages.items()
    ]
    single = Choice(
        SINGLE_CONCERN, say.text("Something else"), say.text("Choose one service."), direction=say.direction
    )
    return [*ready, single]


def services(plan: Plan, say: Language) -> list[Choice]:
    """Every service by itself."""
    return [
        Choice(key, _titled(item.symbol, text_in(item.name, say.tag)), _optional(item.sentence, say), say.direction)
        for key, item in plan.services.items()
    ]


def page(choices: Sequence[Choice], number: int, say: Language) -> list[Choice]:
    """The page of that number, beginning again after the last; longer lists end in a tile that leads on.

    That tile names what comes next: whoever cannot read "More" may find the own language there.
    """
    if len(choices) <= CAPACITY:
        return list(choices)
    size = CAPACITY - 1
    pages = [choices[first : first + size] for first in range(0, len(choices), size)]
    following = " · ".join(choice.title for choice in pages[(number + 1) % len(pages)][:_NAMED_AHEAD])
    more = Choice(MORE, f"{say.text('More')} …", following, say.direction)
    return [*pages[number % len(pages)], more]


def _titled(symbol: str, name: str) -> str:
    return f"{symbol} {name}".strip()


def _optional(sentence: dict[str, str], say: Language) -> str:
    return text_in(sentence, say.tag) if sentence else ""
