"""What is said in a language: by the program, and by a plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from babel.messages.pofile import read_po

import shared.language
from shared.language import LANGUAGES

LOCALE = Path(shared.language.__file__).parent / "locale"


def program(tag: str) -> list[str]:
    """What the program says in a language: its catalogues; in English also what it says as the code does."""
    own = dict(_catalogues(tag))
    if tag == "en":
        own = {english: english for english, _ in _catalogues("de")} | own
    return list(own.values())


def _catalogues(tag: str) -> Iterator[tuple[str, str]]:
    for file in (LOCALE / tag).glob("*.po"):
        with file.open("rb") as opened:
            for message in read_po(opened, locale=tag):
                english, form = message.id, message.string
                if english:
                    yield (english, form) if isinstance(english, str) else ("\n".join(english), "\n".join(form))


def planned(plan: object, tag: str) -> Iterator[str]:
    """What a plan says in a language, wherever it stands in it."""
    for value in vars(plan).values() if hasattr(plan, "__dict__") else ():
        if isinstance(value, Mapping) and value and set(value) <= set(LANGUAGES):
            said = value.get(tag, ())
            yield from (said,) if isinstance(said, str) else said
        elif isinstance(value, Mapping):
            for part in value.values():
                yield from planned(part, tag)
        else:
            yield from planned(value, tag)
