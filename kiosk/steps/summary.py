"""One look before paper comes: what was chosen, who comes, and what is needed besides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from kiosk.looks import Look
from kiosk.moves import Act
from kiosk.offer import Choice, Counter, Offer, Summary, button
from kiosk.steps.concerns import named
from kiosk.way import Way
from kiosk.wish import COUNTS, INTERPRETER, Person, Wish
from printers.needs import need_name
from shared.config.plan import Package, Service, text_in
from shared.language import Language, language
from shared.model import Need


def shows(way: Way, now: datetime) -> Offer:
    """The concerns, people to count if one wants to know them, and what else can be asked for."""
    say = language(way.reads)
    concerns = way.wish.concerns(way.plan)
    counters = tuple(_counter(way.wish, person, say) for person in Person) if any(c.persons for c in concerns) else ()
    interpreter = (_interpreter(way, say),) if say.tag != way.plan.site.language or way.wish.speaks else ()
    stairs = () if Look.REACH in way.wish.looks else (switch(way, Need.STEP_FREE, say),)  # one row: it is with the help
    another = Choice(Act.ANOTHER, say.text("Add something else"), "", say.direction, pictogram="more")
    return Offer(
        say,
        say.text("Is this right?"),
        summary=Summary(
            _today(way, _about(concerns, say), say, now),
            counters,
            (*interpreter, *stairs, _help(way, say), another),
        ),
        back=button(Act.BACK, say.text("Change"), say),
        forward=_yes(way, say),
    )


def _about(concerns: Sequence[Package | Service], say: Language) -> Choice:
    """The concern large; several of them one after the other."""
    first, *more = (named(Act.PRINT, "", concern, say) for concern in concerns)
    return replace(first, title=" + ".join([first.title, *(one.title for one in more)]), sentence="") if more else first


def _today(way: Way, about: Choice, say: Language, now: datetime) -> Choice:
    """The concern, with what of it cannot be had today."""
    wish, plan = way.wish, way.plan
    later = way.today.impossible(plan, wish.journey(plan), now, wish.adults, wish.children)
    if not later:
        return about
    names = say.listed(text_in(plan.services[key].name, say.tag) for key in later)
    told = say.text("Not today: {services}. Please come again for this.", services=names)
    return replace(about, sentence=told, pale=True)


def _yes(way: Way, say: Language) -> Choice:
    if way.prints:
        return button(Act.PRINT, say.text("Yes, print"), say)
    return replace(button(Act.PRINT, say.text("Yes, take a number"), say), pictogram="done")


def added(wish: Wish, key: str) -> Wish:
    """One person more."""
    return wish.counted(Person(key), +1)


def taken(wish: Wish, key: str) -> Wish:
    """One person less."""
    return wish.counted(Person(key), -1)


def switched(wish: Wish, key: str) -> Wish:
    """Something is asked for besides, or no longer."""
    return wish.switched(key)


def dropped(wish: Wish, _: str) -> Wish:
    """The concern was the wrong one."""
    return wish.without_concern()


def _counter(wish: Wish, person: Person, say: Language) -> Counter:
    count, allowed = wish.count(person), COUNTS[person]
    less = Choice(Act.TAKE, "\N{MINUS SIGN}", key=person) if count - 1 in allowed else None
    more = Choice(Act.ADD, "+", key=person) if count + 1 in allowed else None
    word, sign = (say.text("Adults"), "person") if person is Person.ADULTS else (say.text("Children"), "child")
    return Counter(Choice(Act.ADD, word, "", say.direction, pictogram=sign), count, less, more)


def switch(way: Way, need: Need, say: Language) -> Choice:
    """Something that helps; it says its state in a word, not by colour alone."""
    named = say.text("I need a way without stairs") if need is Need.STEP_FREE else need_name(need, say)
    return _switched(way, need, named, way.plan.pictogram_of(need), say)


def _interpreter(way: Way, say: Language) -> Choice:
    return _switched(way, INTERPRETER, say.text("I need an interpreter"), "interpreter", say)


def _switched(way: Way, key: str, title: str, sign: str, say: Language) -> Choice:
    on = way.wish.has(key)
    return Choice(Act.SWITCH, title, say.text("Yes") if on else say.text("No"), say.direction, key, sign, on=on)


def _help(way: Way, say: Language) -> Choice:
    """The way to everything that can help, and what of it is asked for."""
    here = set() if Look.REACH in way.wish.looks else {Need.STEP_FREE}
    asked = [need_name(need, say) for need in Need if need in way.wish.needs - here]
    told = say.listed(asked) or say.text("No")
    return Choice(Act.NEEDS, say.text("I need help"), told, say.direction, "", "helping_hand", on=bool(asked))
