"""The left half of the console: who is here now, or how many wait."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll

from caller.steps import Stage, stage_of
from caller.widgets.big_number import BigNumber
from caller.widgets.facts import Fact, Facts
from caller.widgets.lines import Paragraph
from caller.words import Words
from shared.model import Call, Workplace

_HEADINGS = {
    Stage.CLOSED: "Waiting for this desk",
    Stage.FREE: "Waiting for this desk",
    Stage.CALLED: "Called to your desk",
    Stage.SERVING: "At your desk",
}


class Present(Vertical):
    """The present visitor with everything that the official should know; while there is none, how many wait."""

    def compose(self) -> ComposeResult:
        """Heading and number as one block, below it what is known."""
        with Vertical(id="block"):
            yield Paragraph(id="heading")
            yield BigNumber(id="number")
        with VerticalScroll(id="known", can_focus=False):
            yield Facts(id="facts")

    def show(self, words: Words, workplace: Workplace) -> None:
        """Show the desk as it stands."""
        call = workplace.desk.call
        self.query_one("#heading", Paragraph).show(words, words.say(_HEADINGS[stage_of(workplace.desk)]))
        self.query_one(BigNumber).number = words.line(call.code) if call else str(workplace.waiting_count)
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
        facts.append(Fact(words.say("Needs"), (words.needs(call.needs),), attention=True))
    facts.append(Fact(words.say("Called"), (_called(words, call),)))
    if call.started_at:
        facts.append(Fact(words.say("Since"), (words.clock(call.started_at),)))
    if documents := words.documents(call.service):
        facts.append(Fact(words.say("Brings along"), documents))
    return tuple(facts)


def _called(words: Words, call: Call) -> str:
    if call.ring == 1:
        return words.clock(call.called_at)
    return words.say("{time}, {ring} times, last at {last}", time=words.clock(call.called_at), ring=call.ring,
                     last=words.clock(call.rung_at))  # fmt: skip
