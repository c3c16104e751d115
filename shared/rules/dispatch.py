"""Who is next at a desk."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.rules.rank import Rank
from shared.rules.suits import suits


@dataclass(frozen=True, slots=True)
class Head:
    """One of the first visitors who wait for a service."""

    stop_id: int
    service: str
    language: str
    rank_at: datetime
    needs: Collection[str]
    """Values of `Need`."""

    @property
    def rank(self) -> Rank:
        """The place in the order of waiting."""
        return self.rank_at, self.stop_id


@dataclass(frozen=True, slots=True)
class Profile:
    """What a desk can do for visitors."""

    languages: frozenset[str]
    """Spoken by the official who sits there now."""
    step_free: bool
    language_window: timedelta
    """How much later a visitor may rank and still go first because the official speaks the language."""


def choose(heads: Iterable[Head], desk: Profile) -> Head | None:
    """The earliest visitor, or the earliest one whose language is spoken here if that one ranks only a little later.

    Args:
        heads: The first of each service that the desk serves, and the first of each language it speaks.
    """
    come = (head for head in heads if suits(head.needs, step_free=desk.step_free))
    order = sorted(come, key=lambda head: head.rank)
    if not order:
        return None
    spoken = next((head for head in order if head.language in desk.languages), None)
    if spoken and spoken.rank_at - order[0].rank_at <= desk.language_window:
        return spoken
    return order[0]
