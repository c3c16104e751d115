"""What begins and ends speech, and whether what is chosen may be spoken although others may hear it."""

from __future__ import annotations

from dataclasses import replace

from kiosk.aloud import SILENT, Aloud
from kiosk.moves import Act, Step
from kiosk.offer import Choice, Offer, button
from kiosk.way import Way
from kiosk.wish import Wish
from shared.language import Language, language


def begun(way: Way, at: float, aloud: Aloud) -> Way:
    """The way of a visitor who listens, from its beginning; a number that is still being printed goes before."""
    return way if way.step is Step.TICKET and not way.may_leave else way.begun(at, aloud)


def ended(way: Way, at: float) -> Way:
    """Nothing is spoken any more. Whoever can read goes on from here."""
    if way.step in (Step.LANGUAGE, Step.CLOSED, Step.ALOUD) and not way.over:
        return way.begun(at)
    touched = way.touched(at)  # the answer for a number comes to the offer that asked for it
    return replace(touched, aloud=SILENT, offer=touched.offer + (way.step is not Step.TICKET))


def after(way: Way, act: Act, at: float) -> Way:
    """The way after an act that concerns only how it is spoken."""
    if act is Act.SPEAK:
        heard = begun(way, at, Aloud(on=True, corners=True))
        return replace(heard, wish=Wish(looks=way.wish.looks))
    return replace(way.touched(at), aloud=way.aloud.next_speed())


def shows(way: Way) -> Offer:
    """A yes goes on; a no leads to a person."""
    say = language(way.reads)
    yes = Choice(Act.CHOOSE, say.text("Yes"), direction=say.direction, pictogram="sound")
    person = say.text("Please go to reception. We help you there.")
    no = Choice(Act.HELP, say.text("No"), person, say.direction, pictogram="help")
    asked = say.text("Others can hear what is spoken here. Do you want to go on?")
    return Offer(say, asked, (yes, no), back=button(Act.BACK, say.text("Back"), say))


def speak(way: Way) -> Choice | None:
    """What begins speech, on the first screen."""
    house, english = language(way.plan.site.language), language("en")
    if not way.has_voice or way.aloud.on:
        return None
    title = " · ".join(dict.fromkeys(say.text("Read aloud") for say in (house, english)))
    return Choice(Act.SPEAK, title, direction=house.direction, pictogram="sound")


def speed(say: Language) -> Choice:
    """What makes speech faster or slower, at every step."""
    return Choice(Act.SPEED, say.text("Speed"), direction=say.direction, pictogram="more_time", sign="»")
