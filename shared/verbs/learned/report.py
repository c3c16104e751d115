"""Reports of a day, for people who plan: counts and waits, from samples alone. Small counts are hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

import sqlalchemy as sa

from shared.clock import day_begins
from shared.model import StopState
from shared.rules.small_cells import LEAST, hide
from shared.store import schema
from shared.store.database import Transaction
from shared.verbs.learned.samples import (
    JourneySample,
    PromiseSample,
    Sample,
    Tally,
    journeys_of,
    promises_of,
    samples_of,
    tallies_of,
)
from shared.views.in_force import plan_in_force, today
from shared.views.site import purged_before


@dataclass(frozen=True, slots=True)
class Waits:
    """The waits of visitors who joined a service's queue in one half hour. All None if they were too few."""

    service: str
    slot: int
    """Minutes after midnight, local time."""
    n: int | None
    wait_p50_s: int | None
    wait_p90_s: int | None
    service_p50_s: int | None


@dataclass(frozen=True, slots=True)
class DayReport:
    """A day in numbers."""

    day: date
    visits: int | None
    """None if there were fewer than five."""
    journeys: int | None
    """Visits with every stop settled."""
    minutes_p50: int | None
    """From the issue of the number to the end of the last stop."""
    waits: tuple[Waits, ...]
    outcomes: dict[str, int | None]
    languages: dict[str, int | None]
    needs: dict[str, int | None]
    origins: dict[str, int | None]


@dataclass(frozen=True, slots=True)
class Kept:
    """How well the promised waits for a service were kept. None in place of figures about too few visitors."""

    service: str
    n: int | None
    """Promises to visitors who were called."""
    kept: float | None
    """The share of them who were called within the promised range."""
    earlier: float | None
    later: float | None
    width_p50_min: int | None
    """How wide the ranges were."""


def day(t: Transaction, wanted: date | None = None) -> DayReport:
    """The report of a day, or of today if no day is given."""
    which = wanted or today(t, plan_in_force(t))
    stops, ways, tallies = samples(t, which), _journeys(t, which), _tallies(t, which)
    cells: dict[tuple[str, int], list[Sample]] = {}
    for one in stops:
        cells.setdefault((one.service, one.slot), []).append(one)
    dimensions = {
        name: hide({one.value: one.n for one in tallies if one.dimension == name})
        for name in ("language", "need", "origin")
    }
    visits = sum(one.n for one in tallies if one.dimension == "origin")
    return DayReport(
        day=which,
        visits=visits if visits >= LEAST else None,
        journeys=len(ways) if len(ways) >= LEAST else None,
        minutes_p50=_quantile([one.minutes for one in ways], 0.5),
        waits=tuple(_waits(service, slot, cell) for (service, slot), cell in sorted(cells.items())),
        outcomes=hide({state: sum(one.outcome is state for one in stops) for state in StopState if not state.open}),
        languages=dimensions["language"],
        needs=dimensions["need"],
        origins=dimensions["origin"],
    )


def promises(t: Transaction, days: int) -> tuple[Kept, ...]:
    """How promises of the last days, today included, were kept; by service in the order of the plan."""
    plan = plan_in_force(t)
    last = today(t, plan)
    told = promises_of(t, last - timedelta(days=days - 1), last)
    return tuple(
        kept for service in plan.services if (kept := _kept(service, [one for one in told if one.service == service]))
    )


def _kept(service: str, told: Sequence[PromiseSample]) -> Kept | None:
    came = [(one.came, one.low, one.high) for one in told if one.came is not None]
    n = len(came)
    if n < LEAST:
        return Kept(service, None, None, None, None, None) if told else None
    earlier = sum(minutes < low for minutes, low, _ in came)
    later = sum(minutes > high for minutes, _, high in came)
    counts = hide({"kept": n - earlier - later, "earlier": earlier, "later": later})
    shares = {name: None if count is None else count / n for name, count in counts.items()}
    return Kept(service, n, **shares, width_p50_min=_quantile([high - low for _, low, high in came], 0.5))


def samples(t: Transaction, which: date) -> list[Sample]:
    """The samples of a day: the stored ones, or, while its visits are kept, those that the purge would store."""
    if not _purged(t, which):
        return samples_of(t, which)
    row = schema.sample.c
    columns = (row.slot, row.service, row.wait_s, row.service_s, row.desk_s, row.persons, row.outcome)
    kept = sa.select(*columns).where(row.site == t.site, row.day == which).order_by(row.id)
    return [Sample(**{**one, "outcome": StopState(one["outcome"])}) for one in t.execute(kept).mappings()]


def _journeys(t: Transaction, which: date) -> list[JourneySample]:
    if not _purged(t, which):
        return journeys_of(t, which)
    row = schema.journey_sample.c
    kept = sa.select(row.slot, row.stops, row.minutes).where(row.site == t.site, row.day == which)
    return [JourneySample(**one) for one in t.execute(kept).mappings()]


def _tallies(t: Transaction, which: date) -> list[Tally]:
    if not _purged(t, which):
        return tallies_of(t, which)
    row = schema.tally.c
    kept = sa.select(row.dimension, row.value, row.n).where(row.site == t.site, row.day == which)
    return [Tally(**one) for one in t.execute(kept).mappings()]


def _purged(t: Transaction, which: date) -> bool:
    before, site = purged_before(t), plan_in_force(t).site
    return before is not None and day_begins(which, site.timezone, site.day_starts) < before


def _waits(service: str, slot: int, cell: Sequence[Sample]) -> Waits:
    waits = [one.wait_s for one in cell]
    served = [one.service_s for one in cell if one.service_s is not None]
    n = len(cell) if len(cell) >= LEAST else None
    return Waits(service, slot, n, _quantile(waits, 0.5), _quantile(waits, 0.9), _quantile(served, 0.5))


def _quantile(values: Sequence[int], share: float) -> int | None:
    """The smallest value that this share of the values does not exceed; None if there are too few."""
    return sorted(values)[ceil(share * len(values)) - 1] if len(values) >= LEAST else None
