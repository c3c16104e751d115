"""One look before paper comes: the concern large, people to count, and what else can be asked for."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.getters import query_one

from faces.text import Bidi, Direction, Phrase
from kiosk.drawn import Label
from kiosk.moves import Act
from kiosk.offer import Choice, Counter, Summary, Switch
from kiosk.way import Way
from kiosk.widgets.label import DrawnPhrase, LabelView
from kiosk.widgets.mirror import mirror
from kiosk.widgets.row import Part, Row
from kiosk.widgets.tiles import labelled
from kiosk.widgets.touchable import Touchable
from kiosk.wish import Extra, Person

_SIGN, _COUNT = 8, 6
"""Cells of what adds and takes away, and of a number."""


class Stepper(Row):
    """How many come: a word, less, the number, more."""

    def offer(self, counter: Counter | None, direction: Direction, way: Way) -> None:
        """Show a count; nothing without one."""
        self.display = counter is not None
        if counter is None:
            self.parts = ()
            return
        who = Label(counter.who.title, "", counter.who.pictogram, direction)
        count = Label(str(counter.count), centred=True)
        parts = (
            Part(who, kind="words"),
            _sign(counter.less, way, "less"),
            Part(count, kind="words", width=_COUNT),
            _sign(counter.more, way, "more"),
        )
        self.parts = parts if direction == "ltr" else parts[::-1]


def _sign(choice: Choice | None, way: Way, name: str) -> Part:
    """One person more or less; pale if there cannot be."""
    if choice is None:
        return Part(Label(" "), kind="off", width=_SIGN)
    return Part(Label(choice.title, centred=True), way.touch(choice.act, choice.key), "step", _SIGN, name=name)


class SwitchTile(LabelView, Touchable):
    """Something to ask for besides. It says its state in a word, not by colour alone."""

    def offer(self, switch: Switch | None, way: Way) -> None:
        """Show what may be asked for; nothing without it."""
        self.display = switch is not None
        self.offers = way.touch(Act.SWITCH, switch.choice.key) if switch else None
        if switch is not None:
            self.set_class(switch.on, "-on")
            self.label = labelled(switch.choice)


class SummaryView(Vertical):
    """Draws a summary."""

    can_focus = False
    _asked = query_one("#asked", Phrase)
    _concern = query_one("#concern", LabelView)
    _people = query_one("#people", Horizontal)
    _extras = query_one("#extras", Horizontal)

    def __init__(self, bidi: Bidi, *, id: str) -> None:
        super().__init__(id=id)
        self._bidi = bidi
        self._steppers = [Stepper(bidi) for _ in Person]
        self._switches = [SwitchTile(bidi) for _ in Extra]

    def compose(self) -> ComposeResult:
        """Everything at once; what is not offered is hidden."""
        yield DrawnPhrase(bidi=self._bidi, id="asked")
        yield LabelView(self._bidi, id="concern")
        with Horizontal(id="people"):
            yield from self._steppers
        with Horizontal(id="extras"):
            yield from self._switches

    def offer(self, question: str, summary: Summary, direction: Direction, way: Way) -> None:
        """Show what was chosen."""
        self._asked.say(question, direction)
        self._concern.label = labelled(summary.about)
        self._people.display = bool(summary.counters)
        for number, stepper in enumerate(self._steppers):
            stepper.offer(next(iter(summary.counters[number:]), None), direction, way)
        for number, switch in enumerate(self._switches):
            switch.offer(next(iter(summary.switches[number:]), None), way)
        mirror(self._people, self._steppers, direction)
        mirror(self._extras, self._switches, direction)

    def clear(self) -> None:
        """Keep nothing of what a visitor has chosen."""
        self._concern.label = None
        for stepper in self._steppers:
            stepper.parts = ()
        for switch in self._switches:
            switch.label = None
