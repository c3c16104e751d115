"""Who is next at a desk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Head:
    """One of the first who wait for a service."""

    stop_id: int
    service: str
    language: str
    rank_at: datetime
    needs_step_free: bool


@dataclass(frozen=True, slots=True)
class Profile:
    """What a desk can do for visitors."""

    languages: frozenset[str]
    """Spoken by the official who sits there now."""
    step_free: bool
    language_window: timedelta
    """By how much somebody may rank later whose language is spoken here."""


def suits(head: Head, desk: Profile) -> bool:
    """Whether this visitor can come to this desk at all."""
    return desk.step_free or not head.needs_step_free


def choose(heads: Iterable[Head], desk: Profile) -> Head | None:
    """The earliest visitor, or the earliest whose language is spoken here if that one ranks hardly later.

    Args:
        heads: The first of each service that the desk serves, and the first of each language it speaks.
    """
    order = sorted((head for head in heads if suits(head, desk)), key=lambda head: (head.rank_at, head.stop_id))
    if not order:
        return None
    spoken = next((head for head in order if head.language in desk.languages), None)
    if spoken and spoken.rank_at - order[0].rank_at <= desk.language_window:
        return spoken
    return order[0]
