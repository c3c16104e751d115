"""Brings the texts of a plan together with texts/TAG.po beside its file, in both directions.

A translation counts for exactly one text of the house at one key. Where that text has changed, nobody knows whether the
translation is still right: it is not used, and named as out of date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Any

from babel.messages.catalog import Message

from shared.config.lines import KeyPath
from shared.config.po import PoFile, earlier, read_po_file, without_earlier
from shared.config.problems import Problem, quoted
from shared.config.sources import Place, Sources
from shared.config.texts import Content, Wording, house_of, offered, with_texts, wordings
from shared.errors import ConfigInvalid
from shared.language.terminal_text import clean

FOLDER = "texts"
_FROM_ELSEWHERE = "From the example of the program."
_HOLE = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True, slots=True, order=True)
class Gap:
    """A text that a language does not have."""

    language: str
    key: str
    """The dotted key, "packages.neu.name"."""
    outdated: bool
    """Whether there is a translation of an earlier text of the house."""
    marked: Place | None = field(default=None, compare=False)
    """Where a translation stands that only its mark, "fuzzy", keeps from being used."""


@dataclass
class Translated:
    """What came of the translations."""

    content: Content
    gaps: set[Gap] = field(default_factory=set)
    places: dict[KeyPath, Place] = field(default_factory=dict)
    """Where each text stands that is not in the configuration itself."""
    problems: list[Problem] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    """What is wrong with whole files, one line each."""


def languages_to_translate(content: Content) -> list[str]:
    """The languages that are offered, without that of the house; English first, because it stands in for others."""
    tags = [tag for tag in offered(content) if tag != house_of(content)]
    return sorted(tags, key=lambda tag: tag != "en")


def texts_file(source: Path, tag: str) -> Path:
    """Where the translations of a configuration are."""
    return source.parent / FOLDER / f"{tag}.po"


def files_not_read(source: Path, content: Content) -> list[str]:
    """A line for each file beside a configuration whose name or header is that of another language."""
    tags = languages_to_translate(content)
    told = []
    for path in sorted(texts_file(source, "").parent.glob("*.po")):
        name = clean(str(path))
        if path.stem not in tags:
            near = get_close_matches(path.stem, tags, 1, 0.5)
            meant = f"; did you mean {near[0]}.po?" if near else "."
            told.append(f"{name} is not read: its name is no language that needs translations here{meant}")
        elif other := _read(path, []).other_language:
            told.append(f'{name}: its header says "Language: {other}"; by its name it is read as {path.stem}.')
    return told


def translated(sources: Sources, content: Content) -> Translated:
    """The content with all that its files of translations have. `content` is what `by_language` returns."""
    result = Translated(content)
    files: dict[Path, PoFile] = {}
    added: dict[KeyPath, dict[str, Any]] = {}
    tags = languages_to_translate(content)
    for wording in wordings(content):
        beside = sources.source_of(wording.path).path
        for tag in (tag for tag in tags if tag not in wording.given):
            name = texts_file(beside, tag)
            if name not in files:
                files[name] = _read(name, result.unreadable)
            lines = list(_in_language(result, files[name], tag, wording))
            if any(lines):
                known = {**wording.given, **added.get(wording.path, {})}
                whole = _filled(lines, wording, known.get("en"))
                added.setdefault(wording.path, {})[tag] = whole if wording.listed else whole[0]
    result.content = with_texts(content, added)
    return result


Known = Mapping[tuple[str | int, str], str]
"""Translations that are known from elsewhere, by what a text is for ("name") and the text of the house."""


def updated(file: PoFile, wanted: list[Wording], known: Known = MappingProxyType({})) -> PoFile:
    """A file with an entry for each text of the house; of what it has nothing is lost.

    The translation of an earlier text becomes that of the text that has taken its place, marked as fuzzy. What has no
    translation yet takes it from `known`.
    """
    tag = file.path.stem
    left = {(message.context, str(message.id)): message for message in (*file.unused, *file.entries)}
    lines = {(wording.key, line): wording for wording in wanted for line in wording.lines}
    kept = {place: left.pop(place, None) for place in lines}
    entries = []
    for (key, line), wording in lines.items():
        message = kept[key, line] or _from_earlier(left, key, line)
        if message or wording.needed_in(tag):
            entries.append(message or _new(key, line, known.get((wording.path[-1], line), "")))
    unused = tuple(message for message in left.values() if _text(message))
    return PoFile(file.path, tuple(_settled(message) for message in entries), unused, file.header)


def known_from(content: Content, house: str, tag: str) -> Known:
    """The translations from one language into another that a whole plan has."""
    found: dict[tuple[str | int, str], str] = {}
    for wording in wordings(content):
        texts, translations = (
            each if isinstance(each, list) else [each] for each in (wording.given.get(house), wording.given.get(tag))
        )
        pairs = zip(texts, translations, strict=False)
        found |= {(wording.path[-1], text): other for text, other in pairs if text and other}
    return found


def _new(key: str, line: str, translation: str) -> Message:
    return Message(line, translation, user_comments=[_FROM_ELSEWHERE] if translation else (), context=key)


def _in_language(result: Translated, file: PoFile, tag: str, wording: Wording) -> Iterator[str | None]:
    """Each line of a text in one language, None where it is missing."""
    known = file.by_key.get(wording.key, {})
    for n, line in enumerate(wording.lines):
        message = known.get(line)
        if message and _text(message) and not message.fuzzy:
            path = wording.path_of(tag, n)
            result.places[path] = file.place(message)
            result.problems += _holes(path, line, _text(message))
            yield _text(message)
            continue
        if wording.needed_in(tag):
            older = [other for text, other in known.items() if text == line or text not in wording.lines]
            marked = file.place(message) if message and _text(message) else None
            result.gaps.add(Gap(tag, wording.key, any(map(_text, older)), marked))
        yield None


def _filled(lines: list[str | None], wording: Wording, english: Any) -> list[str]:
    """The lines, those that are missing in English or else as the house has them."""
    instead = english if isinstance(english, list) and len(english) == len(lines) else wording.lines
    return [line or other for line, other in zip(lines, instead, strict=True)]


def _holes(path: KeyPath, text: str, translation: str) -> Iterator[Problem]:
    needed = sorted(_HOLE.findall(text))
    if sorted(_HOLE.findall(translation)) != needed:
        allowed = f"the same placeholders as {quoted(text)}: {', '.join(needed) or 'none'}"
        yield Problem(path, f"is {quoted(translation)}; allowed: {allowed}")


def _read(path: Path, unreadable: list[str]) -> PoFile:
    try:
        return read_po_file(path)
    except ConfigInvalid as error:
        unreadable += error.problems
        return PoFile(path)


def _from_earlier(left: dict[tuple[str | None, str], Message], key: str, line: str) -> Message | None:
    """A fuzzy entry with the translation of the most similar text that stood at this key and does so no more."""
    there = {text: message for (context, text), message in left.items() if context == key and _text(message)}
    if not there:
        return None
    (old,) = get_close_matches(line, there, 1, 0.0)
    message = left.pop((key, old))
    comments = [*without_earlier(message.user_comments), earlier(old)]
    return Message(line, message.string, (), {*message.flags, "fuzzy"}, (), comments, context=key)


def _settled(message: Message) -> Message:
    """An entry without the earlier text of the house, unless it is still out of date."""
    if not message.fuzzy:
        message.user_comments = without_earlier(message.user_comments)
    return message


def _text(message: Message) -> str:
    return str(message.string).strip()
