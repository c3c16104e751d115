"""Leipzig's plan with changes, as somebody edits the file."""

from __future__ import annotations


def without_desk(toml: str, desk: str) -> str:
    return "".join(line for line in toml.splitlines(keepends=True) if not line.startswith(f"{desk} = {{"))


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
