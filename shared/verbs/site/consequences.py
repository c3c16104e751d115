"""What each change of a plan means for the visitors in the house: one table, by section. Pure.

A change that would strand, rename or repeat a number, or change the day while visits are open, is refused and named in
full. What can go on elsewhere is moved. What somebody should know is told. `apply` acts on it, `apply --check` only
reports it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from shared.clock import day_begins, local_day
from shared.config import Plan
from shared.errors import DeskUnknown, Malformed, ServiceUnknown
from shared.model.in_use import DeskInUse, InUse, OpenStop
from shared.rules import hours
from shared.rules.closing import Ending, Fate, fate
from shared.views.hours import planned_hours, tickets_from


class Means(StrEnum):
    """What happens to the people whom a change concerns."""

    REFUSED = "refused"  # somebody would be lost: the plan does not come into force
    BUSY = "busy"  # refused as long as a desk has its visitor
    MOVED = "moved"  # they go on elsewhere
    TOLD = "told"  # nobody is lost, somebody should know


@dataclass(frozen=True, slots=True)
class Consequence:
    """What one change means."""

    means: Means
    key: str
    """The changed key of the plan, "desks.3"."""
    sentence: str
    codes: tuple[str, ...] = ()
    """The numbers that it concerns."""

    @property
    def refuses(self) -> bool:
        """Whether the plan cannot come into force now."""
        return self.means in (Means.REFUSED, Means.BUSY)


@dataclass(frozen=True, slots=True)
class Moves:
    """Keys that the new plan leaves out, each with its replacement."""

    services: Mapping[str, str]
    desks: Mapping[str, str]
    printers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """The change from one plan to the next while the house is at work."""

    was: Plan
    will: Plan
    now: InUse
    moves: Moves

    def serves(self, plan: Plan, stop: OpenStop) -> bool:
        """Whether a desk of a plan can take a stop."""
        service = self.moves.services.get(stop.service, stop.service) if plan is self.will else stop.service
        return any(
            service in plan.services_of_desk(key) and (desk.step_free or not stop.step_free)
            for key, desk in plan.desks.items()
        )


def consequences(change: Change) -> tuple[Consequence, ...]:
    """Everything that a new plan means now, in the order of the table."""
    return tuple(found for look in TABLE.values() if look for found in look(change))


def read_moves(was: Plan, will: Plan, now: InUse, wanted: Mapping[str, str]) -> Moves:
    """Which services, desks and printers move where.

    Raises:
        Malformed: a key to be moved stays as it was, or is in neither plan.
        ServiceUnknown, DeskUnknown: the new plan does not have the target.
    """
    served = {service for key in will.desks for service in will.services_of_desk(key)}
    needed = {*was.services, *(stop.service for stop in now.stops)}
    services = {key: to for key, to in wanted.items() if key in needed and key not in served}
    desks = {key: to for key, to in wanted.items() if key in was.desks and key not in will.desks}
    printers = {key: to for key, to in wanted.items() if key in was.printers and key not in will.printers}
    if idle := [key for key in wanted if key not in {*services, *desks, *printers}]:
        raise Malformed(f"The new plan goes on with {', '.join(idle)}, or never had it: nothing is moved.")
    if unknown := [to for to in services.values() if to not in will.services]:
        raise ServiceUnknown(f"The new plan has no service {', '.join(unknown)}.")
    if unknown := [to for to in desks.values() if to not in will.desks]:
        raise DeskUnknown(f"The new plan has no desk {', '.join(unknown)}.")
    if unknown := [to for to in printers.values() if to not in will.printers]:
        raise Malformed(f"The new plan has no printer {', '.join(unknown)}.")
    return Moves(services, desks, printers)


def successor(change: Change, printer: str) -> str | None:
    """The printer that takes over the slips of one that is left out; None if there is none.

    The one named in `--move-to`, else the present printer of the same kiosk, else the fallback of the old one.
    """
    beside = (change.will.kiosks[key].printer for key, kiosk in change.was.kiosks.items()
              if kiosk.printer == printer and key in change.will.kiosks)  # fmt: skip
    candidates = (change.moves.printers.get(printer), *beside, change.was.printers[printer].fallback)
    return next((key for key in candidates if key in change.will.printers), None)


def _the_day(change: Change) -> Iterator[Consequence]:
    was, will, now = change.was.site, change.will.site, change.now
    moves = [name for name in ("timezone", "day_starts") if getattr(was, name) != getattr(will, name)]
    if not moves or not now.drawn:
        return
    tomorrow = now.day + timedelta(days=1)
    day = local_day(now.at, will.timezone, will.day_starts)
    ends = day_begins(tomorrow, will.timezone, will.day_starts)
    if day != now.day:
        told = f"today would be {day} instead of {now.day}, and its numbers would be unknown and begin again"
    elif now.stops and ends < day_begins(tomorrow, was.timezone, was.day_starts):
        told = f"today would end at {ends.astimezone(ZoneInfo(was.timezone)):%H:%M}, and with it what is open"
    else:
        return
    still = f"open are {', '.join(now.codes)}" if now.stops else f"{now.drawn} numbers were drawn"
    told = f"{told}; {still}. Apply it before the first number of a day."
    yield Consequence(Means.REFUSED, f"site.{moves[0]}", told, now.codes)


def _the_door(change: Change) -> Iterator[Consequence]:
    if change.now.training:
        return
    was, will = (_gives_numbers(plan, change.now) for plan in (change.was, change.will))
    if was != will:
        yield Consequence(Means.TOLD, "hours", f"from now on {'numbers' if will else 'no numbers'} are given")


def _gives_numbers(plan: Plan, now: InUse) -> bool:
    house = planned_hours(plan)
    house = house if now.open_until is None else hours.open_until(house, now.open_until)
    return hours.opening(house, now.at, tickets_from(plan)).open


def _series(change: Change) -> Iterator[Consequence]:
    for letter, was in change.was.series.items():
        will, last = change.will.series.get(letter), change.now.counted.get(letter)
        if last is not None and (will is None or (will.first, will.last) != (was.first, was.last)):
            told = f"numbers up to {letter}{last:03} stay valid as they are; the next ones skip what somebody has"
            yield Consequence(Means.TOLD, f"series.{letter}", told)


def _services(change: Change) -> Iterator[Consequence]:
    needed: dict[str, list[OpenStop]] = {}
    for stop in change.now.stops:
        needed.setdefault(stop.service, []).append(stop)
    for service, stops in needed.items():
        yield from _service(change, service, stops)
    for service, planned in change.will.services.items():
        counted, before = change.now.counted.get(service, 0), change.was.services.get(service)
        new = before is None or before.quota != planned.quota
        if new and planned.quota is not None and counted >= planned.quota:
            told = f"{counted} visits had it today, and {planned.quota} may: nobody more today"
            yield Consequence(Means.TOLD, f"services.{service}", told)


def _service(change: Change, service: str, stops: Sequence[OpenStop]) -> Iterator[Consequence]:
    key, codes, to = f"services.{service}", _codes(stops), change.moves.services.get(service)
    served = (stop for stop in stops if change.serves(change.was, stop))
    alone = _codes(stop for stop in served if not change.serves(change.will, stop))
    target = to or service
    way = f"to go on elsewhere: --move-to {service}=OTHER"
    if target not in change.will.services:
        yield Consequence(Means.REFUSED, key, f"{_need(codes)} {service}, which the plan leaves out; {way}", codes)
    elif alone:
        yield Consequence(Means.REFUSED, key, f"{_need(alone)} {target}, and the plan has no desk for that", alone)
    elif to:
        yield Consequence(Means.MOVED, key, f"for {to} instead of {service}: {', '.join(codes)}", codes)


def _desks(change: Change) -> Iterator[Consequence]:
    for desk, now in change.now.desks.items():
        key, codes = f"desks.{desk}", (now.code,) if now.code else ()
        to = change.moves.desks.get(desk)
        if desk in change.will.desks:
            yield from _refitted(change, desk, now)
        elif to is None:
            with_whom = f" with {now.code}" if now.code else ""
            told = f"desk {desk} is open{with_whom}, and the plan leaves it out"
            yield Consequence(Means.REFUSED, key, f"{told}; close it, or --move-to {desk}=OTHER", codes)
        elif _must_stay(now) and _taken(change, to, desk):
            busy = f"desk {desk} serves {now.code}, and desk {to} has a visitor too: finish first"
            yield Consequence(Means.BUSY, key, busy, codes)
        else:
            yield Consequence(Means.MOVED, key, f"desk {desk} goes on as desk {to}", codes)


def _taken(change: Change, desk: str, by_others_than: str) -> bool:
    """Whether a desk has a visitor, or will get one from another desk."""
    others = change.now.desks.keys() - {by_others_than}
    return any(change.now.desks[key].code and change.moves.desks.get(key, key) == desk for key in others)


def _must_stay(desk: DeskInUse) -> bool:
    return desk.stop_state is not None and fate(Ending.REPLACED, desk.stop_state) is Fate.FIRST


def _refitted(change: Change, desk: str, now: DeskInUse) -> Iterator[Consequence]:
    services = refit(change.will, desk, now.services)
    if services != now.services:
        told = f"desk {desk} serves from now on: {', '.join(services)}"
        yield Consequence(Means.TOLD, f"desks.{desk}", told)


def refit(plan: Plan, desk: str, services: Iterable[str]) -> tuple[str, ...]:
    """The services that an open desk keeps under a plan; if none are left, all that it may serve."""
    may = plan.services_of_desk(desk)
    return tuple(service for service in services if service in may) or may


def _kiosks(change: Change) -> Iterator[Consequence]:
    for kiosk in change.was.kiosks.keys() - change.will.kiosks.keys():
        yield Consequence(Means.TOLD, f"kiosks.{kiosk}", "one that runs under this name says so, and prints no more")


def _areas(change: Change) -> Iterator[Consequence]:
    for area in change.was.areas.keys() - change.will.areas.keys():
        yield Consequence(Means.TOLD, f"areas.{area}", "a screen that runs for it says so, and shows all calls")


def _printers(change: Change) -> Iterator[Consequence]:
    for printer, slips in change.now.slips.items():
        if printer in change.was.printers and printer not in change.will.printers:
            to = successor(change, printer)
            means, told = (Means.MOVED, f"printed by {to}") if to else (Means.TOLD, "given up")
            yield Consequence(means, f"printers.{printer}", f"slips that wait for it are {told}: {slips}")


def _priorities(change: Change) -> Iterator[Consequence]:
    for priority in change.was.priorities.keys() - change.will.priorities.keys():
        codes = _codes(stop for stop in change.now.stops if stop.priority == priority)
        if codes:
            told = f"no head start any more where they begin to wait from now on: {', '.join(codes)}"
            yield Consequence(Means.TOLD, f"priorities.{priority}", told, codes)


def _codes(stops: Iterable[OpenStop]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(stop.code for stop in stops))


def _need(codes: tuple[str, ...]) -> str:
    return f"{', '.join(codes)} still {'needs' if len(codes) == 1 else 'need'}"


TABLE: Mapping[str, Callable[[Change], Iterable[Consequence]] | None] = {
    "site.key": None,  # the key names the centre: another key is another centre, and `apply` says so
    "site.name": None,
    "site.language": None,  # faces and paper speak it from now on
    "site.languages": None,  # who has a number keeps the language of the ticket
    "site.timezone": _the_day,
    "site.day_starts": None,  # with the time zone
    "site.logo": None,
    "site.public_url": None,  # printed codes still lead to the old address
    "site.scanners": None,
    "site.spoken": None,
    "hours": _the_door,  # everybody with a number is served
    "series": _series,  # a number in use is never renamed or given again
    "authorities": None,
    "services": _services,
    "packages": None,  # a visit has its stops; the package only matters at the kiosk
    "needs": None,  # only pictograms
    "areas": _areas,
    "desks": _desks,
    "kiosks": _kiosks,
    "displays": None,  # not used yet
    "printers": _printers,
    "priorities": _priorities,
    "rules": None,  # they hold from now on
    "reasons": None,  # if one is gone, its key is shown
}
"""The check for each key of a plan; None if nobody in the house can lose anything by its change."""
