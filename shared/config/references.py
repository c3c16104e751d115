"""Problems between values: keys that lead nowhere, ranges that overlap, services that require each other in a circle.

Everything here reads the parsed file before the models do, so problems are found even if other parts are wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import Any

from shared.config.hours import WEEKDAYS, range_of
from shared.config.lines import KeyPath
from shared.config.plan import EVERYBODY
from shared.config.problems import Problem, key_path, nearest, quoted
from shared.config.texts import house_of
from shared.config.words import DATE, SLUG, TIME_OF_DAY, TIME_RANGE

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
        *_languages(document),
        *_ranges(document),
        *_circles(document),
        *_times(document),
    ]


def found_references(document: Document) -> set[KeyPath]:
    """The places that name an entry which is there. If its key is wrong, that is one problem, not one at each place."""
    return {
        path
        for section, key, target in _REFERENCES
        for entry, values in _entries(document, section)
        for path, name in _names(values, (section, entry, key))
        if isinstance(document.get(target), dict) and name in document[target]
    }


def _dangling(document: Document) -> Iterator[Problem]:
    """One problem for each missing entry, where it is first named: if an area goes, much names it."""
    missing: dict[tuple[str, str], list[KeyPath]] = {}
    for section, key, target in _REFERENCES:
        # If the whole target section is missing, or a key in it is wrong, only that is reported, not who points there.
        known = document.get(target, {} if target == "printers" else None)
        if not isinstance(known, dict) or not all(re.match(SLUG, name) for name in known):
            continue
        for entry, values in _entries(document, section):
            seen: set[str] = set()
            for path, name in _names(values, (section, entry, key)):
                if name not in known and not (section == "desks" and name == EVERYBODY):
                    missing.setdefault((target, name), []).append(path)
                elif name in seen:
                    yield Problem(path, f"{quoted(name)} stands here twice; once is allowed")
                seen.add(name)
    for (target, name), (path, *others) in missing.items():
        text = f"{quoted(name)} is not in [{target}]; {nearest(name, document.get(target, {}))}"
        stop = "" if text.endswith("?") else "."
        also = f"{stop} It is also named by {', '.join(dict.fromkeys(map(key_path, others)))}."
        yield Problem(path, text + also * bool(others))


def _languages(document: Document) -> Iterator[Problem]:
    site = document.get("site")
    offered = site.get("languages") if isinstance(site, dict) else None
    if not isinstance(offered, list):
        return
    for position, tag in enumerate(offered):
        if tag in offered[:position]:
            yield Problem(("site", "languages", position), f"{quoted(tag)} stands here twice; once is allowed")
    if offered and (house := house_of(document)) not in offered:
        yield Problem(("site", "languages"), f"lacks {quoted(house)}, the language of the house; it is always offered")


def _nameless(document: Document) -> Iterator[Problem]:
    site = document.get("site")
    house = house_of(document)
    if isinstance(site, dict) and site.get("language", house) != house:
        return  # the models say what is wrong with it
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
    """One circle at a time: the next one is reported when the first is mended."""
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


def _times(document: Document) -> Iterator[Problem]:
    """Ranges of hours that go backwards, overlap or run into the next day, and dates that do not exist."""
    site = document.get("site")
    day_starts = site.get("day_starts", "03:00") if isinstance(site, dict) else None
    if not isinstance(day_starts, str) or not re.match(TIME_OF_DAY, day_starts):
        return
    hours = document.get("hours")
    weeks: list[tuple[KeyPath, object]] = [(("hours",), hours)]
    weeks += [(("services", key, "hours"), values.get("hours")) for key, values in _entries(document, "services")]
    for path, week in weeks:
        named: Document = week if isinstance(week, dict) else {}
        for day in WEEKDAYS:
            yield from _overlaps(named.get(day), (*path, day), day_starts)
    special: object = hours.get("special") if isinstance(hours, dict) else None
    for day, ranges in special.items() if isinstance(special, dict) else ():
        yield from _overlaps(ranges, ("hours", "special", day), day_starts)
        if re.match(DATE, day) and not _is_date(day):
            yield Problem(("hours", "special", day), "is no day of the calendar; allowed: a date that there is")


def _overlaps(ranges: object, path: KeyPath, day_starts: str) -> Iterator[Problem]:
    if not isinstance(ranges, list) or not all(isinstance(text, str) and re.match(TIME_RANGE, text) for text in ranges):
        return  # the models say what is wrong with it
    last_end = 0
    for position, text in enumerate(ranges):
        begin, end = range_of(text, day_starts)
        if begin >= end:
            allowed = f"a later end; the day of the centre begins and ends at {day_starts}"
            yield Problem((*path, position), f"is {quoted(text)}; allowed: {allowed}")
        elif begin < last_end:
            yield Problem((*path, position), f"{quoted(text)} begins before the range in front of it ends")
        last_end = end


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


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
