"""The texts of a plan for people: in the language of the house as the file has them, and in others as they come in.

In the file a text is `name = "…"` in the language of the house, or `name.TAG = "…"` for each language. Everything
behind the file knows one form: a section of languages, with that of the house in front.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

from shared.config.fields import Lines, Texts
from shared.config.lines import KeyPath
from shared.config.plan import Plan, Site
from shared.language import LANGUAGES

Content = dict[str, Any]
HOUSE = "de"
"""The language of a house that names none."""
_PROPER_NAMES = ("authorities",)
"""Sections whose names stay as they are on doors and in letters. English has them, for those who read no German."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One text of the house, or one list of lines, to be translated."""

    path: KeyPath
    """Section, entry and key."""
    lines: tuple[str, ...]
    """The text, or each line of the list."""
    listed: bool
    """Whether it is a list."""
    given: Mapping[str, Any]
    """What the file itself has, by language."""

    @property
    def key(self) -> str:
        """The dotted key, "packages.neu.name"."""
        return ".".join(map(str, self.path))

    def needed_in(self, tag: str) -> bool:
        """Whether readers of a language miss it if it is not translated."""
        return tag == "en" or self.path[0] not in _PROPER_NAMES

    def path_of(self, tag: str, line: int) -> KeyPath:
        """The path of a line in a language."""
        return (*self.path, tag, line) if self.listed else (*self.path, tag)


@cache
def text_keys() -> Mapping[str, frozenset[str]]:
    """The keys that are texts in several languages, by their section: as the models have them."""
    found: dict[str, frozenset[str]] = {}
    for section, field in Plan.model_fields.items():
        entry = next((part for part in get_args(field.annotation) if hasattr(part, "model_fields")), None)
        if entry is not None:
            keys = {key: each.annotation for key, each in entry.model_fields.items()}
            found[section] = frozenset(key for key, kind in keys.items() if kind in (Texts, Lines))
    return {section: keys for section, keys in found.items() if keys}


def house_of(content: Content) -> str:
    """The language of the house; the default if the file names none that there is."""
    named = _table(content.get("site")).get("language", HOUSE)
    return named if isinstance(named, str) and named in LANGUAGES else HOUSE


def offered(content: Content) -> tuple[str, ...]:
    """The languages that visitors can choose, as far as the file names some that there are."""
    named = _table(content.get("site")).get("languages")
    tags = [tag for tag in named if tag in LANGUAGES] if isinstance(named, list) else []
    return tuple(tags) or tuple(Site.model_fields["languages"].default)


def by_language(content: Content) -> Content:
    """The same content with every text as a section of languages, that of the house in front."""
    house = house_of(content)
    changed = {path: _first(house, value) for path, value in _texts(content)}
    return _with(content, changed)


def bare_texts(content: Content) -> frozenset[KeyPath]:
    """The paths of texts that the file has in the language of the house alone, without its tag."""
    return frozenset(path for path, value in _texts(content) if not isinstance(value, dict))


def wordings(content: Content) -> Iterator[Wording]:
    """The texts of the house. `content` is what `by_language` returns; what is no text in it is left out."""
    house = house_of(content)
    for path, given in _texts(content):
        own = given.get(house)
        lines = own if isinstance(own, list) else [own]
        if all(isinstance(line, str) and line.strip() for line in lines) and lines:
            yield Wording(path, tuple(lines), isinstance(own, list), given)


def with_texts(content: Content, added: Mapping[KeyPath, Mapping[str, Any]]) -> Content:
    """The same content with texts in more languages, behind those that it has."""
    return _with(content, {path: {**value, **more} for path, value in _texts(content) if (more := added.get(path))})


def _texts(content: Content) -> Iterator[tuple[KeyPath, Any]]:
    for section, entries in content.items():
        for entry, values in _table(entries).items():
            for key, value in _table(values).items():
                if key in text_keys().get(section, ()):
                    yield (section, entry, key), value


def _first(house: str, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        return {house: value}
    return {tag: value[tag] for tag in sorted(value, key=lambda tag: tag != house)}


def _with(content: Content, changed: Mapping[KeyPath, Any]) -> Content:
    """The same content with other values at some paths of three keys."""
    new = dict(content)
    for section in {str(path[0]) for path in changed}:
        new[section] = {
            entry: {key: changed.get((section, entry, key), value) for key, value in values.items()}
            if isinstance(values, dict)
            else values
            for entry, values in content[section].items()
        }
    return new


def _table(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
