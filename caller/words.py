"""Texts of the console in the house's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from babel import Locale, UnknownLocaleError

from shared.config import Plan
from shared.config.plan import lines_in, text_in
from shared.language import Language, language
from shared.language.spoken import own_name
from shared.language.terminal_text import Bidi, visual_lines
from shared.model import Call, Need, Waiting

_NEEDS = {
    Need.STEP_FREE: "no steps",
    Need.GUIDE: "a guide",
    Need.LOOP: "hearing loop",
    Need.QUIET_ROOM: "a quiet room",
    Need.MORE_TIME: "more time",
    Need.SEEING: "sees little or nothing",
}


@dataclass(frozen=True, slots=True)
class Words:
    """The language of a house, and what is needed to write it on a terminal."""

    house: Language
    plan: Plan
    bidi: Bidi

    @classmethod
    def of(cls, plan: Plan, bidi: Bidi) -> Words:
        """The words of a plan's house."""
        return cls(language(plan.site.language), plan, bidi)

    def say(self, english: str, /, **values: object) -> str:
        """A text of the catalogue."""
        return self.house.text(english, **values)

    def lines(self, text: str, width: int) -> list[str]:
        """Any text, also from outside, as lines that are safe for the terminal and in its order of display."""
        return visual_lines(text, width, self.house.direction, self.bidi)

    def line(self, text: str) -> str:
        """The same on one line, however long."""
        return self.lines(text, len(text) * 2 + 1)[0]

    def clock(self, moment: datetime) -> str:
        """A local time of day, "08:05"."""
        return self.house.time(moment, self.plan.site.timezone)

    def minutes(self, since: datetime, at: datetime) -> str:
        """The time from `since` to `at`, in whole minutes."""
        n = max(0, int((at - since).total_seconds() // 60))
        return self.say("{n} min", n=n)

    def name(self, texts: Mapping[str, str]) -> str:
        """The name in the house's language."""
        return text_in(texts, self.house.tag)

    def service(self, key: str) -> str:
        """The name of a service; its key if the plan no longer has it."""
        return self.name(self.plan.services[key].name) if key in self.plan.services else key

    def documents(self, service: str) -> tuple[str, ...]:
        """What a visitor should bring for a service."""
        return lines_in(self.plan.services[service].documents, self.house.tag) if service in self.plan.services else ()

    def speech(self, tag: str) -> str:
        """The name of a language in the language of the house."""
        try:
            return Locale.parse(tag).get_display_name(self.house.tag) or tag
        except (UnknownLocaleError, ValueError):
            return own_name(tag)

    def speech_and_autonym(self, tag: str) -> str:
        """The name of a language in the language of the house and in itself, "Ukrainisch (Українська)"."""
        known, own = self.speech(tag), own_name(tag)
        return known if known.casefold() == own.casefold() else f"{known} ({own})"

    def family(self, call: Call) -> str:
        """Adults and children, "2 Erwachsene, 1 Kind"."""
        adults = self.house.count("{n} adult", "{n} adults", call.adults) if call.adults else ""
        children = self.house.count("{n} child", "{n} children", call.children) if call.children else ""
        return self.house.listed(part for part in (adults, children) if part)

    def persons(self, waiting: Waiting) -> str:
        """How many come on this number, "3 Personen"."""
        return self.house.count("{n} person", "{n} persons", waiting.adults + waiting.children)

    def need(self, need: Need) -> str:
        """A measure that helps, "ohne Treppen"."""
        return self.say(_NEEDS[need])
