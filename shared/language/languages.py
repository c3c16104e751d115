"""One immutable object per language: its texts, plurals, times, direction, voice. No global language anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from gettext import GNUTranslations
from importlib import resources
from io import BytesIO
from typing import Literal
from zoneinfo import ZoneInfo

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from shared.errors import Malformed
from shared.language.dates import written

Direction = Literal["ltr", "rtl"]
"""On which side a line begins."""

_SPOKEN: dict[str, tuple[str, Direction, str | None]] = {
    "de": ("Deutsch", "ltr", "de"),
    "en": ("English", "ltr", "en-us"),
    "uk": ("Українська", "ltr", "uk"),
    "ru": ("Русский", "ltr", "ru"),
    "ar": ("العربية", "rtl", "ar"),
    "fa": ("فارسی", "rtl", "fa"),
    "ti": ("ትግርኛ", "ltr", None),  # espeak-ng cannot speak Tigrinya
    "tr": ("Türkçe", "ltr", "tr"),
    "vi": ("Tiếng Việt", "ltr", "vi"),
    "fr": ("Français", "ltr", "fr"),
    "es": ("Español", "ltr", "es"),
    "pl": ("Polski", "ltr", "pl"),
    "ka": ("ქართული", "ltr", "ka"),
    "ku": ("Kurdî (kurmancî)", "ltr", "ku"),
    "ro": ("Română", "ltr", "ro"),
}
"""Autonym, direction, and espeak-ng's voice. CLDR knows the first two as well, but takes 19 MiB: a test compares."""
_CYRILLIC = {"A": "А", "L": "Л", "M": "М", "R": "Р", "W": "В"}
_LETTERS: dict[str, dict[str, str]] = {
    "uk": _CYRILLIC,
    "ru": _CYRILLIC,
    "fa": {"A": "آ", "L": "ل", "M": "م", "R": "ر", "W": "و"},
    "ti": {"A": "አ", "L": "ል", "M": "ም", "R": "ር", "W": "ው"},
    "pl": {"W": "Wu"},
    "ka": {"A": "ა", "L": "ლ", "M": "მ", "R": "რ", "W": "ვ"},
}
_COMMAS = {"ar": "، ", "fa": "، ", "ti": "፣ "}
"""What stands between the parts of a list, where it is no Latin comma."""
LANGUAGES: tuple[str, ...] = tuple(_SPOKEN)
"""Tags of all languages, in the order in which the kiosk offers them."""


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """A language that visitors can choose. Texts are written in English in the code and translated by .po files."""

    tag: str
    autonym: str
    """Its name in itself, "Українська"."""
    direction: Direction
    voice: str | None
    """espeak-ng's name of its voice; None if there is no voice."""
    letters: Mapping[str, str]
    """The series letters as this language's voice needs them, where not as Latin letters: in its own, or by name."""
    _catalogue: GNUTranslations = field(repr=False)

    def text(self, english: str, /, **values: object) -> str:
        """The text in this language with `values` filled in; in English if the catalogue lacks it."""
        return self._catalogue.gettext(english).format(**values)

    def count(self, singular: str, plural: str, n: int, /) -> str:
        """A text that depends on the number `n`; it may contain {n}."""
        return self._catalogue.ngettext(singular, plural, n).format(n=n)

    def date(self, day: date) -> str:
        """A day, "22. November 2026"; Western digits in every language."""
        return written(day, self.tag)

    def listed(self, parts: Iterable[str]) -> str:
        """The parts in a row, with the comma of this language between them."""
        return _COMMAS.get(self.tag, ", ").join(parts)

    def time(self, moment: datetime, timezone: str) -> str:
        """A local time of day, "08:05"."""
        return f"{moment.astimezone(ZoneInfo(timezone)):%H:%M}"


@cache
def language(tag: str) -> Language:
    """The language of a tag. Raises KeyError for one that is not in LANGUAGES."""
    if tag not in LANGUAGES:
        raise KeyError(tag)
    autonym, direction, voice = _SPOKEN[tag]
    return Language(tag, autonym, direction, voice, _LETTERS.get(tag, {}), _catalogue(tag))


def require_languages(tags: Iterable[str]) -> None:
    """Raises Malformed if one of these is no language of this program."""
    if unknown := [tag for tag in tags if tag not in LANGUAGES]:
        named = ", ".join(repr(tag[:40]) for tag in unknown)
        raise Malformed(f"Unknown language {named}; known are: {', '.join(LANGUAGES)}.")


def program_texts(tag: str) -> list[str]:
    """Everything that the program says in a language, as its catalogues have it."""
    forms = (message.string or () for message in _messages(tag) if message.id)
    return [text for form in forms for text in ([form] if isinstance(form, str) else form)]


def _messages(tag: str) -> Catalog:
    """The catalogues of all rooms in one language, merged."""
    folder = resources.files("shared.language") / "locale" / tag
    rooms = b"\n".join(file.read_bytes() for file in sorted(folder.iterdir(), key=lambda entry: entry.name))
    return read_po(BytesIO(rooms), locale=tag)


def _catalogue(tag: str) -> GNUTranslations:
    """The texts of a language; the plural rule is that of the .po files."""
    compiled = BytesIO()
    write_mo(compiled, _messages(tag))
    compiled.seek(0)
    return GNUTranslations(compiled)
