"""What goes, comes and changes from one plan to the next, in few lines. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from shared.config import Plan
from shared.config.section import Section

_MOST_NAMES = 8
_LONGEST = 40


class Turn(StrEnum):
    """What happens to a part of the plan."""

    GOES = "goes"
    COMES = "comes"
    CHANGES = "changes"


_SIGNS = {Turn.GOES: "−", Turn.COMES: "+", Turn.CHANGES: "~"}  # a minus as wide as the plus


@dataclass(frozen=True, slots=True)
class Difference:
    """One kind of change in one section."""

    turn: Turn
    key: str
    """Of the plan: "desks", "hours", "site.languages"."""
    names: tuple[str, ...] = ()
    """Which entries of the section, if it has entries with names."""
    was: str | None = None
    """The value before, if it is short enough to be read; likewise `will`."""
    will: str | None = None

    @property
    def sentence(self) -> str:
        """One line: "− desks 2, 3", "~ languages: 15 → 4"."""
        told = f"{_SIGNS[self.turn]} {self.key.partition('.')[2] or self.key}"
        if self.names:
            more = len(self.names) - _MOST_NAMES
            told += f" {', '.join(self.names[:_MOST_NAMES])}" + (f" and {more} more" if more > 0 else "")
        return told if self.was is None or self.will is None else f"{told}: {self.was} → {self.will}"


def differences(was: Plan, will: Plan) -> tuple[Difference, ...]:
    """Every difference, in the order of the plan; none for the same plan."""
    return tuple(_sections(was, will))


def _sections(was: Plan, will: Plan) -> Iterator[Difference]:
    for key in Plan.model_fields:
        before, after = getattr(was, key), getattr(will, key)
        if isinstance(before, dict):
            yield from _entries(key, before, after)
        elif key in ("site", "rules"):
            yield from _values(key, before, after)
        elif before != after:
            yield Difference(_turn(before, after), key)


def _entries(key: str, was: dict[str, Section], will: dict[str, Section]) -> Iterator[Difference]:
    both = [name for name in was if name in will and was[name] != will[name]]
    for turn, names in (
        (Turn.GOES, [name for name in was if name not in will]),
        (Turn.COMES, [name for name in will if name not in was]),
        (Turn.CHANGES, both),
    ):
        if names:
            yield Difference(turn, key, tuple(names))


def _values(section: str, was: Section, will: Section) -> Iterator[Difference]:
    for name in type(was).model_fields:
        before, after = getattr(was, name), getattr(will, name)
        if before != after:
            turn = _turn(before, after)
            shown = _shown(before, after) if turn is Turn.CHANGES else (None, None)
            yield Difference(turn, f"{section}.{name}", (), *shown)


def _turn(was: object, will: object) -> Turn:
    return Turn.GOES if will is None else Turn.COMES if was is None else Turn.CHANGES


def _shown(was: object, will: object) -> Sequence[str | None]:
    """Both values as people read them; the numbers of entries if one of two lists has more; nothing if it is long."""
    if isinstance(was, tuple) and isinstance(will, tuple):
        counts = len(was) != len(will)
        texts = [str(len(value)) if counts else ", ".join(map(str, value)) for value in (was, will)]
    else:
        texts = [str(value).lower() if isinstance(value, bool) else str(value) for value in (was, will)]
    return texts if max(map(len, texts)) <= _LONGEST else (None, None)
