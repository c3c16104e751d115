"""The spoken sentence of a call in each language, written the way the voice needs it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from shared.errors import Malformed
from shared.language import Language, language
from shared.model import parse_code

RATE = 130
"""Words a minute; slower than the usual 175, for people who are learning the language."""
_SECOND_LANGUAGE = "en"
"""Spoken after the house's language if the visitor's own has no voice."""
_SHOWN = re.compile(r"\b([A-Z]) 0*(\d+)\b")


@dataclass(frozen=True, slots=True)
class Spoken:
    """One sentence in one language."""

    language: str
    """Tag of a language that has a voice."""
    text: str
    rate: int = RATE
    """Words a minute."""


def announcement(code: str, desk: str, language: Language) -> str:
    """The sentence that calls the number `code` ("A017") to a desk: "Nummer A, 17. Bitte zu Platz 5."

    Voices read "A017" as "A null siebzehn", and a lone "A" in English as an article. So letter and number are separated
    by a comma, and the letter is in the voice's own script. Raises Malformed if `code` is not a code.
    """
    parts = parse_code(code)
    if parts is None:
        raise Malformed(f"{code!r} is no number such as A017.")
    series, number = parts
    return language.text(
        "Number {letter}, {number}. Please go to desk {desk}.",
        letter=language.letters.get(series, series),
        number=number,
        desk=desk,
    )


def as_spoken(text: str, language: Language) -> str:
    """A text in which each number as it is shown ("A 017") is written as voices need it: "A, 17"."""
    return _SHOWN.sub(lambda found: f"{language.letters.get(found[1], found[1])}, {found[2]}", text)


def texts(code: str, desk: str, visitor: str, house: str) -> tuple[Spoken, ...]:
    """The sentences of a call: first in the visitor's language, then in the house's; only one if they are the same.

    A visitor whose language has no voice, or is not known here, hears the house's language and English.
    """
    tags = (visitor, house) if _voiced(visitor) else (house, _SECOND_LANGUAGE)
    voiced = [found for tag in dict.fromkeys(tags) if (found := _voiced(tag))]
    return tuple(Spoken(each.tag, announcement(code, desk, each)) for each in voiced)


def _voiced(tag: str) -> Language | None:
    try:
        known = language(tag)
    except KeyError:
        return None
    return known if known.voice else None
