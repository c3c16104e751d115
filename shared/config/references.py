"""What no single value can show to be wrong: keys that lead nowhere, ranges that overlap, services in a circle.

Everything here reads the parsed file as it is, so that it is found even where other parts do not fit the models.
"""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import Any

from shared.config.lines import KeyPath
from shared.config.plan import EVERYBODY
from shared.config.problems import Problem, nearest, quoted
from shared.language import LANGUAGES

Document = dict[str, Any]

_REFERENCES = (
    ("services", "authority", "authorities"),
    ("services", "area", "areas"),
    ("services", "requires", "services"),
    ("services", "better_after", "services"),
    ("packages", "services", "services"),
    ("packages", "offered", "services"),
    ("desks", "area", "areas"),
    ("desks", "services", "services"),
    ("kiosks", "area", "areas"),
    ("kiosks", "printer", "printers"),
    ("displays", "area", "areas"),
    ("printers", "fallback", "printers"),
)
"""Section, key, and the section that the key's values name."""
_NAMED = ("authorities", "services", "packages", "areas", "reasons")
"""Sections whose entries people read by name."""


def reference_problems(document: Document) -> list[Problem]:
    """Every problem between two places of the file."""
    return [
        *_dangling(document),
        *_nameless(document),
        *_ranges(document),
        *_circles(document),
    ]


def _dangling(document: Document) -> Iterator[Problem]:
    for section, key, target in _REFERENCES:
        # Without the target section everything would dangle: then only its absence is worth a word.
        known = document.get(target, {} if target == "printers" else None)
        if not isinstance(known, dict):
            continue
        for entry, values in _entries(document, section):
            seen: set[str] = set()
            for path, name in _names(values, (section, entry, key)):
                if name not in known and not (section == "desks" and name == EVERYBODY):
                    yield Problem(path, f"{quoted(name)} is not in [{target}]; {nearest(name, known)}")
                elif name in seen:
                    yield Problem(path, f"{quoted(name)} stands here twice; once is allowed")
                seen.add(name)


def _nameless(document: Document) -> Iterator[Problem]:
    site = document.get("site")
    house = site.get("language", "de") if isinstance(site, dict) else "de"
    if house not in LANGUAGES:
        return
    for section in _NAMED:
        for entry, values in _entries(document, section):
            name = values.get("name")
            if isinstance(name, dict) and house not in name:
                yield Problem((section, entry, "name"), f"lacks the language of the house; name.{house} is needed")


def _ranges(document: Document) -> Iterator[Problem]:
    ranges = []
    for letter, values in _entries(document, "series"):
        first, last = values.get("first"), values.get("last")
        if not isinstance(first, int) or not isinstance(last, int):
            continue
        if first > last:
            yield Problem(("series", letter, "last"), f"is {last}; allowed: {first} (its first) or more")
        else:
            ranges.append((first, last, letter))
    for (_, last_before, before), (first, _, letter) in pairwise(sorted(ranges)):
        if first <= last_before:
            path = ("series", letter, "first")
            yield Problem(path, f"is {first}, but series {quoted(before)} goes to {last_before}; allowed: no overlap")


def _circles(document: Document) -> Iterator[Problem]:
    """One circle at a time: the next one shows when the first is mended."""
    graph = {
        service: [name for _, name in _names(values, ("services", service, "requires"))]
        for service, values in _entries(document, "services")
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle: list[str] = error.args[1][::-1]
        way = " → ".join(quoted(service) for service in circle)
        yield Problem(("services", circle[0], "requires"), f"goes in a circle: {way}; allowed: an order without one")


def _entries(document: Document, section: str) -> Iterator[tuple[str, Document]]:
    """The entries of a section that are sections themselves."""
    entries = document.get(section)
    if isinstance(entries, dict):
        yield from ((key, values) for key, values in entries.items() if isinstance(values, dict))


def _names(values: Document, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    """The names under the last key of `path`, one or a list of them, each with its own path."""
    named = values.get(str(path[-1]))
    if isinstance(named, str):
        yield path, named
    elif isinstance(named, list):
        yield from (((*path, position), name) for position, name in enumerate(named) if isinstance(name, str))
