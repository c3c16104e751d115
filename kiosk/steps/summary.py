"""One look before paper comes: what was chosen, who comes, and what is needed besides."""

from __future__ import annotations

from dataclasses import replace

from kiosk.moves import Act
from kiosk.offer import Choice, Counter, Offer, Summary, Switch, button
from kiosk.steps.concerns import named
from kiosk.way import Way
from kiosk.wish import COUNTS, Extra, Person, Wish
from shared.language import Language, language
from shared.model import Need


def shows(way: Way) -> Offer:
    """The concern, people to count if it wants to know them, and what else can be asked for."""
    say = language(way.reads)
    concern = way.wish.concern(way.plan)
    assert concern is not None, "a way comes here only with a concern of its plan"
    about = named(Act.PRINT, "", concern, say)
    counters = tuple(_counter(way.wish, person, say) for person in Person) if concern.persons else ()
    extras = (extra for extra in Extra if extra is not Extra.INTERPRETER or say.tag != way.plan.site.language)
    return Offer(
        say,
        say.text("Is this right?"),
        summary=Summary(about, counters, tuple(_switch(way, one, say) for one in extras)),
        back=button(Act.BACK, say.text("Change"), say),
        forward=_yes(way, say),
    )


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
    return wish.switched(Extra(key))


def dropped(wish: Wish, _: str) -> Wish:
    """The concern was the wrong one."""
    return wish.without_concern()


def _counter(wish: Wish, person: Person, say: Language) -> Counter:
    count, allowed = wish.count(person), COUNTS[person]
    less = Choice(Act.TAKE, "\N{MINUS SIGN}", key=person) if count - 1 in allowed else None
    more = Choice(Act.ADD, "+", key=person) if count + 1 in allowed else None
    word, sign = (say.text("Adults"), "person") if person is Person.ADULTS else (say.text("Children"), "child")
    return Counter(Choice(Act.ADD, word, "", say.direction, pictogram=sign), count, less, more)


def _switch(way: Way, extra: Extra, say: Language) -> Switch:
    if extra is Extra.INTERPRETER:
        title, sign = say.text("I need an interpreter"), "interpreter"
    else:
        title, sign = say.text("I need a way without stairs"), way.plan.pictogram_of(Need.STEP_FREE)
    on = way.wish.has(extra)
    return Switch(Choice(Act.SWITCH, title, say.text("Yes") if on else say.text("No"), say.direction, extra, sign), on)
