"""The steps of the way, a module each: what a step shows, and what a choice there means. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from kiosk.moves import Act, Step, Touch
from kiosk.offer import Offer
from kiosk.steps import (
    aloud,
    closed,
    concern,
    guide,
    language,
    looks,
    needs,
    notice,
    service,
    shut,
    spoken,
    staff,
    summary,
    ticket,
    visit,
    warning,
)
from kiosk.steps.ways import ways
from kiosk.way import Way
from kiosk.wish import Wish
from shared.language import language as words_of

_SHOWS: Mapping[Step, Callable[[Way, datetime], Offer]] = {
    Step.LANGUAGE: lambda way, _: language.shows(way),
    Step.ALOUD: lambda way, _: aloud.shows(way),
    Step.CONCERN: concern.shows,
    Step.SERVICE: service.shows,
    Step.SUMMARY: summary.shows,
    Step.TICKET: lambda way, _: ticket.shows(way),
    Step.NOTICE: notice.shows,
    Step.CLOSED: closed.shows,
    Step.VISIT: lambda way, _: visit.shows(way),
    Step.PIN: lambda way, _: staff.shows_pin(way),
    Step.STAFF: lambda way, _: staff.shows(way),
    Step.REREAD: lambda way, _: language.shows_again(way),
    Step.NEEDS: lambda way, _: needs.shows(way),
    Step.SHUT: shut.shows,
    Step.SPOKEN: lambda way, _: spoken.shows(way),
    Step.GUIDE: lambda way, _: guide.shows(way),
    Step.LOOKS: lambda way, _: looks.shows(way),
}
_CHANGES: Mapping[tuple[Step, Act], Callable[[Wish, str], Wish]] = {
    (Step.LANGUAGE, Act.CHOOSE): language.chosen,
    (Step.REREAD, Act.CHOOSE): language.chosen,
    (Step.LOOKS, Act.LOOK): looks.switched,
    (Step.SPOKEN, Act.CHOOSE): spoken.chosen,
    (Step.CONCERN, Act.CHOOSE): concern.chosen,
    (Step.SERVICE, Act.CHOOSE): service.chosen,
    (Step.CONCERN, Act.SHUT): Wish.asking,
    (Step.SERVICE, Act.SHUT): Wish.asking,
    (Step.SUMMARY, Act.ADD): summary.added,
    (Step.SUMMARY, Act.TAKE): summary.taken,
    (Step.SUMMARY, Act.SWITCH): summary.switched,
    (Step.NEEDS, Act.SWITCH): summary.switched,
    (Step.SUMMARY, Act.BACK): summary.dropped,
}
"""What an act means for the wish; any other leaves it as it is."""


def offer(way: Way, now: datetime) -> Offer:
    """What the visitor sees now."""
    if way.asking:
        return replace(warning.shows(way), staff=_unknown(way))
    shown = _SHOWS[way.shown](way, now)
    return replace(shown, ways=ways(way, shown.say), staff=_unknown(way))


def _unknown(way: Way) -> str:
    """Tells the staff that the plan in force does not have this kiosk; empty while it does."""
    if way.kiosk is None or way.kiosk in way.plan.kiosks:
        return ""
    house = words_of(way.plan.site.language)
    told = "The plan of the centre has no kiosk {kiosk} any more. No tickets are printed here."
    return house.text(told, kiosk=way.kiosk)


def after(way: Way, touch: Touch, offered: Offer, at: float) -> Way:
    """The way after a touch; unchanged if the touch was made for something that is not offered now."""
    if not way.meets(touch) or not offered.has(touch.act, touch.key):
        return way
    if way.step in (Step.PIN, Step.STAFF):
        return staff.after(way, touch, at)
    if touch.act in (Act.SPEAK, Act.SPEED):
        return aloud.after(way, touch.act, at)
    change = _CHANGES.get((way.shown, touch.act))
    wish = change(way.wish, touch.key) if change else way.wish
    if (way.shown, touch.act) == (Step.CONCERN, Act.HELP):
        wish = concern.unsure(wish, way.plan, touch.key)
    if (way.shown, touch.act) == (Step.LANGUAGE, Act.CHOOSE) and way.aloud.on and not words_of(touch.key).voice:
        return way.after(Act.HELP, spoken.chosen(wish, touch.key), at)  # nothing can be read to this visitor
    return way.after(touch.act, wish, at)
