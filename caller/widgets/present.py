"""The left half of the console: who is here now, or how many wait."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll

from caller.steps import Stage, stage_of
from caller.widgets.facts import Fact, Facts
from caller.words import Words
from faces.big_number import BigNumber
from faces.text import Bidi, Phrase
from shared.model import Call, Workplace, spaced

_HEADINGS = {
    Stage.CLOSED: "Waiting for your desk",
    Stage.PAUSED: "Waiting for your desk",
    Stage.FREE: "Waiting for your desk",
    Stage.CALLED: "{code} – called to your desk",
    Stage.SERVING: "{code} – at your desk",
}


class Present(Vertical):
    """The present visitor with everything that the official should know; without a visitor, how many wait."""

    def __init__(self, bidi: Bidi, id: str) -> None:
        super().__init__(id=id)
        self._bidi = bidi

    def compose(self) -> ComposeResult:
        """Heading and number as one block, and below it what is known."""
        with Vertical(id="block"):
            yield Phrase(bidi=self._bidi, id="heading")
            yield BigNumber(id="number")
        with VerticalScroll(id="known"):
            yield Facts(id="facts")

    def show(self, words: Words, workplace: Workplace) -> None:
        """Show the present state of the desk."""
        call = workplace.desk.call
        # The number is also in the heading, because a screen reader finds no letters in the large one.
        heading = words.say(_HEADINGS[stage_of(workplace.desk)], code=call.code if call else "")
        self.query_one("#heading", Phrase).say(heading, words.house.direction)
        self.query_one(BigNumber).number = spaced(call.code) if call else str(workplace.waiting_count)
        self.query_one(Facts).show(words, facts_of(words, call) if call else ())


def facts_of(words: Words, call: Call) -> tuple[Fact, ...]:
    """What the official should know of a visitor, most urgent first."""
    facts = [
        Fact(words.say("Service"), (words.service(call.service),)),
        Fact(words.say("Persons"), (words.family(call),)),
        Fact(words.say("Language"), (words.speech_and_autonym(call.language),)),
    ]
    if call.interpreter:
        facts.append(Fact(words.say("Interpreter"), (words.speech_and_autonym(call.interpreter),), attention=True))
    if call.needs:
        facts.append(
            Fact(words.say("Needs"), (words.house.listed(words.need(need) for need in call.needs),), attention=True)
        )
    facts.append(Fact(words.say("Called"), (_called(words, call),)))
    if documents := words.documents(call.service):
        facts.append(Fact(words.say("Brings along"), documents))
    return tuple(facts)


def _called(words: Words, call: Call) -> str:
    """When and how often the visitor was called, and when the visitor came: times of day, no running timer."""
    first, last = words.clock(call.called_at), words.clock(call.rung_at)
    rung = words.say("{time}, {ring} times, last at {last}", time=first, ring=call.ring, last=last)
    called = first if call.ring == 1 else rung
    if call.started_at is None:
        return called
    return words.say("{called}, here since {time}", called=called, time=words.clock(call.started_at))
