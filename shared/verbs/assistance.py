"""An interpreter, a guide or help in an emergency: a desk or a kiosk asks, somebody accepts, goes and is there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from shared.config.printer_url import NO_URL
from shared.errors import AssistanceUnknown, Malformed, WrongState
from shared.model import Assistance, AssistanceKind, AssistanceState, GuideReason, PrintKind
from shared.rules.assistance import MOST_UNHEARD, STEPS, Help
from shared.store import schema
from shared.store.database import Transaction
from shared.verbs.look_up import find_visit
from shared.verbs.paper import print_jobs
from shared.views.assistance import assistance_of, find_assistance, wanted_today
from shared.views.in_force import plan_in_force

_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}")
"""The tag of a spoken or signed language. Not only of this program's: who lacks theirs needs help most."""
_FACE = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
"""The key of a face that accepts: nothing that could be somebody's name."""
_ROW = schema.assistance.c


def ask(
    t: Transaction, kind: AssistanceKind, desk_key: str, language: str | None = None, code: str | None = None
) -> Assistance:
    """Ask for help at a desk. The same request that is still open is not made twice.

    Args:
        language: The tag of the language to speak; an interpreter needs one. Else that of the visit.
        code: The number or token of the visit that it is for.

    Raises:
        DeskUnknown: the plan does not have the desk.
        NumberUnknown, OtherDay: not a number of today.
        Malformed: it is no tag of a language, or an interpreter is asked for without one.
    """
    plan = plan_in_force(t)
    plan.require_desk(desk_key)
    _require_spoken(kind, language)
    visit_id = find_visit(t, code) if code is not None else None
    t.lock(schema.desk, site=t.site, key=desk_key)
    wanted = {"kind": kind, "language": language, "visit_id": visit_id, "desk": desk_key}
    return _still_open(t, **wanted) or _opened(t, **wanted, area=plan.desks[desk_key].area)


def ask_for_guide(
    t: Transaction,
    reason: GuideReason,
    kiosk: str | None,
    language: str | None,
    code: str | None = None,
    before: int | None = None,
    printer: str | None = None,
) -> Assistance:
    """Ask for a guide at a kiosk. One visitor has one guide, however often the visitor asks.

    Args:
        kiosk: Its key in the plan. Somebody comes even if the plan does not have it: then the area is unknown.
        language: The language that the visitor speaks; None if it is unknown.
        code: The number of the visitor, if there is one already.
        before: The id of what the same visitor has asked for before.
        printer: Key or URL of the printer for a slip that says so; None or "none" for no paper.

    Raises:
        NumberUnknown, OtherDay: not a number of today.
        Malformed: it is no tag of a language.
    """
    plan = plan_in_force(t)
    _require_spoken(AssistanceKind.GUIDE, language)
    visit_id = find_visit(t, code) if code is not None else None
    if visit_id is not None:
        t.lock(schema.visit, id=visit_id)
    planned = plan.kiosks.get(kiosk or "")
    own = {"language": language, "visit_id": visit_id, "reason": reason}
    known = find_assistance(t, before) if before is not None else None
    if known is not None and not known.state.ended:
        return _known_better(t, known, own)
    where = {"kind": AssistanceKind.GUIDE, "kiosk": kiosk, "area": planned.area if planned else None}
    if (asked := _asked_before(t, kiosk, visit_id)) is not None:
        return asked
    opened = _opened(t, **where, **own)
    if printer not in (None, NO_URL):
        print_jobs.queue(t, printer, PrintKind.COMING, None, assistance_id=opened.id)
    return opened


def accept(t: Transaction, assistance_id: int, face: str) -> Assistance:
    """Take an assistance. `face` is a key, never a person's name.

    Raises AssistanceUnknown; WrongState if it is over, or another face has it; Malformed for a face that is no key.
    """
    if not _FACE.fullmatch(face):
        raise Malformed(f"{face[:40]!r} is no key of a face; allowed are a-z, 0-9, - and _, at most 40.")
    return _take_step(t, assistance_id, Help.ACCEPT, face)


def underway(t: Transaction, assistance_id: int, face: str | None = None) -> Assistance:
    """Say that somebody is on the way. Raises AssistanceUnknown; WrongState also if another face has it.

    Args:
        face: Who says so, as for `there`; None for somebody who may speak for each face.
    """
    return _take_step(t, assistance_id, Help.UNDERWAY, face)


def there(t: Transaction, assistance_id: int, face: str | None = None) -> Assistance:
    """Say that somebody is with the visitor. Raises as `underway` does."""
    return _take_step(t, assistance_id, Help.THERE, face)


def done(t: Transaction, assistance_id: int) -> Assistance:
    """Say that help was given. Raises AssistanceUnknown; WrongState if it was cancelled."""
    return _take_step(t, assistance_id, Help.DONE)


def cancel(t: Transaction, assistance_id: int) -> Assistance:
    """Say that nobody needs to come any more. Raises AssistanceUnknown; WrongState if help was given."""
    return _take_step(t, assistance_id, Help.CANCEL)


def _take_step(t: Transaction, assistance_id: int, help: Help, face: str | None = None) -> Assistance:
    """Move an assistance as the table says; a step that it has already taken changes nothing."""
    plan_in_force(t)  # first: it may change what time it is
    t.lock(schema.assistance, site=t.site, id=assistance_id)
    known = find_assistance(t, assistance_id)
    if known is None:
        raise AssistanceUnknown(f"No assistance {assistance_id}. Those that are open: ankommen assist list")
    step = STEPS[help]
    if step.by_taker and face is not None and known.face not in (None, face):
        raise WrongState(f"Somebody else has accepted assistance {assistance_id}.")
    if known.state is step.to:
        return known
    if known.state not in step.from_:
        raise WrongState(f"Assistance {assistance_id} is {known.state}, not {' or '.join(sorted(step.from_))}.")
    taken = {"face": face} if help is Help.ACCEPT else {}
    moved = sa.update(schema.assistance).where(_ROW.id == assistance_id)
    t.execute(moved.values(state=step.to, changed_at=t.now, **taken))
    return _told(t, f"assist_{help}", assistance_id)


def _opened(t: Transaction, **values: Any) -> Assistance:
    row = {**values, "site": t.site, "state": AssistanceState.OPEN, "opened_at": t.now, "changed_at": t.now}
    opened: int = t.execute(sa.insert(schema.assistance).values(row).returning(_ROW.id)).scalar_one()
    return _told(t, "assist_ask", opened)


def _known_better(t: Transaction, known: Assistance, values: Mapping[str, object]) -> Assistance:
    """The same visitor asks again: what is told now counts, what is not told stays."""
    told = {name: value for name, value in values.items() if value is not None}
    t.execute(sa.update(schema.assistance).where(_ROW.id == known.id).values(told))
    return _told(t, "assist_ask", known.id)


def _told(t: Transaction, kind: str, assistance_id: int) -> Assistance:
    """The assistance after a change, which is written down."""
    visit_id = t.execute(sa.select(_ROW.visit_id).where(_ROW.id == assistance_id)).scalar_one()
    assistance = assistance_of(t, assistance_id)
    t.event(kind, visit=visit_id, desk=assistance.desk)
    return assistance


def _still_open(t: Transaction, **values: object) -> Assistance | None:
    """The newest one of today with these values that nobody has ended yet."""
    known = sa.select(_ROW.id).filter_by(**values).where(wanted_today(t))
    found = t.execute(known.order_by(_ROW.id.desc()).limit(1)).scalar_one_or_none()
    return None if found is None else assistance_of(t, found)


def _asked_before(t: Transaction, kiosk: str | None, visit_id: int | None) -> Assistance | None:
    """What stands for this request, too: the one of the same visit, or the last one where too many have no number."""
    if visit_id is not None:
        return _still_open(t, kind=AssistanceKind.GUIDE, visit_id=visit_id)
    unheard = {"kiosk": kiosk, "visit_id": None, "state": AssistanceState.OPEN}
    count = sa.select(sa.func.count()).select_from(schema.assistance).filter_by(**unheard).where(wanted_today(t))
    return _still_open(t, **unheard) if t.execute(count).scalar_one() >= MOST_UNHEARD else None


def _require_spoken(kind: AssistanceKind, language: str | None) -> None:
    if language is None and kind is AssistanceKind.INTERPRETER:
        raise Malformed("Name the language to interpret from, such as uk.")
    if language is not None and not _TAG.fullmatch(language):
        raise Malformed(f"{language[:40]!r} is no tag of a language; allowed are tags such as uk, so or gsg.")
