"""Leipzig's plan with changes, as somebody edits the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from shared.config.toml import toml_lines


def without_desk(toml: str, desk: str) -> str:
    return without_section(toml, f"desks.{desk}")


def without_service(toml: str, service: str) -> str:
    return without_section(toml, f"services.{service}")


def without_section(toml: str, section: str) -> str:
    start = toml.index(f"[{section}]")
    return toml[:start] + toml[toml.index("\n[", start + 1) + 1 :]


def with_line(toml: str, section: str, line: str) -> str:
    """With one more line in a section; it replaces a line with the same key."""
    key = line.partition(" = ")[0]
    start = toml.index(f"[{section}]\n") + len(f"[{section}]\n")
    end = toml.index("\n[", start)
    kept = "".join(old for old in toml[start:end].splitlines(keepends=True) if not old.startswith(f"{key} = "))
    return f"{toml[:start]}{line}\n{kept}{toml[end:]}"


def with_series(toml: str, **ranges: tuple[int, int, str]) -> str:
    """With only these letters: first and last number, and what they are for."""
    start, end = toml.index("[series."), toml.index("\n[", toml.rindex("[series."))
    written = "\n".join(
        f'[series.{letter}]\nfirst = {first}\nlast = {last}\nfor = "{use}"\n'
        for letter, (first, last, use) in ranges.items()
    )
    return toml[:start] + written + toml[end:]


Table = Mapping[str, Any]


def small_plan(
    site: Table, services: Mapping[str, Table], desks: Mapping[str, Sequence[str]], rules: Table, **sections: Table
) -> str:
    """The configuration of a small centre: one authority and one area, unless `sections` say more.

    A service is said by what it has of its own, a desk by its services.
    """
    language = site.get("language", "de")
    tables: dict[str, Table] = {
        "series": _SERIES,
        "authorities": {"office": {"name": {language: "Amt"}}},
        "areas": {"room": {"name": {language: "Wartebereich"}}},
        **sections,
    }
    place = {"area": next(iter(tables["areas"]))}
    tables["services"] = {
        key: {"authority": next(iter(tables["authorities"])), **place, "minutes": {"base": 10}, **own}
        for key, own in services.items()
    }
    tables["desks"] = {key: {**place, "services": served} for key, served in desks.items()}
    named = {f"{name}.{key}": table for name, group in tables.items() for key, table in group.items()}
    return "\n".join(
        f"[{name}]\n{toml_lines(table)}" for name, table in {"site": site, **named, "rules": rules}.items()
    )


_SERIES: Table = {
    "A": {"first": 1, "last": 499, "for": "packages"},
    "L": {"first": 500, "last": 799, "for": "concerns"},
}
