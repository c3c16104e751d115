"""Any sequence of touches draws only numbers that somebody meant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk import steps
from kiosk.moves import Step, Touch
from kiosk.offer import Choice
from kiosk.steady import BEAT_S, STEADY_S, Steady
from kiosk.way import Way
from shared.model import Arrival, Door, Origin, StopState
from tests.unit.kiosk.walk import ASK_S, FIRE, NOW, OPEN, PLAN, SHUT, standing, start


@dataclass
class Hands:
    """Somebody who touches anything, early or late; knows what was painted when."""

    patient: bool = True
    """Whether the kiosk waits until new content could be read."""
    way: Way = field(default_factory=start)
    steady: Steady = field(default_factory=Steady)
    at: float = 0.0
    painted: float | None = None
    touches: list[tuple[Touch, float]] = field(default_factory=list)
    """Each with the moment at which the finger came down."""
    meant: set[tuple[Step, str]] = field(default_factory=set)
    """Touched tiles that could be read before the touch."""
    numbers: list[Arrival] = field(default_factory=list)

    def become(self, way: Way) -> None:
        before, self.way = self.way, way
        if way.offer != before.offer:
            self.steady.changed()
            self.painted = None
        if way.step is Step.TICKET and before.step is not Step.TICKET:
            self.numbers.append(way.wish.arrival())
        if way.step is Step.LANGUAGE and before.step is not Step.LANGUAGE:
            self.meant.clear()

    def choices(self) -> list[Choice]:
        return steps.offer(self.way, NOW).choices

    def touch(self, which: int) -> None:
        """Touch one of the tiles and buttons that are on the screen."""
        if choices := self.choices():
            choice = choices[which % len(choices)]
            touch = self.way.touch(choice.act, choice.key)
            self.touches.append((touch, self.at))
            if not self.patient or (self.painted is not None and self.at - self.painted >= STEADY_S):
                self.meant.add((self.way.shown, choice.key))
            self.hear(touch, self.at)

    def again(self, which: int) -> None:
        """An earlier touch arrives only now."""
        if self.touches:
            self.hear(*self.touches[which % len(self.touches)])

    def hear(self, touch: Touch, pressed_at: float) -> None:
        if not self.patient or self.steady.counts(pressed_at):
            after = steps.after(self.way, touch, steps.offer(self.way, NOW), self.at)
            assert after is self.way or touch.offer == self.way.offer, "made for something else"
            self.become(after)

    def passes(self, seconds: float) -> None:
        until = self.at + seconds
        while self.at < until:
            self.at = min(self.at + BEAT_S, until)
            self.steady.beat(self.at)
        self.become(self.way.later(self.at))

    def paint(self) -> None:
        self.steady.painted(self.at)
        self.painted = self.at if self.painted is None else self.painted

    def opens(self, door: Door) -> None:
        self.become(self.way.at_the_door(door, self.at))

    def plans(self) -> None:
        self.become(self.way.under(PLAN.model_copy(), self.at))

    def scans(self) -> None:
        """A ticket is held to the scanner."""
        if self.way.takes_scans:
            self.become(self.way.scanned(standing(StopState.WAITING), self.at))

    def answers(self) -> None:
        """What the visitor of a scanned ticket wanted is done."""
        if self.way.doing is not None:
            self.become(self.way.done(standing(StopState.PARKED), self.way.doing, self.at))

    def leaves(self) -> None:
        """The number has been there long enough, and finally goes by itself."""
        if self.way.step is Step.TICKET:
            begun = self.way.begun(self.at)
            self.become(begun if self.way.may_leave else self.way.holds(self.at, may_leave=True, may_cancel=True))


Event = tuple[Callable[..., None], tuple[object, ...]]
LOOKS: Event = (lambda hands: [hands.paint(), hands.passes(2 * STEADY_S)], ())
EVENTS: st.SearchStrategy[Event] = st.one_of(
    st.tuples(st.just(Hands.touch), st.tuples(st.integers(0, 20))),
    st.tuples(st.just(Hands.again), st.tuples(st.integers(0, 20))),
    st.tuples(st.just(Hands.passes), st.tuples(st.floats(0.0, STEADY_S) | st.just(ASK_S))),
    st.tuples(st.just(Hands.opens), st.tuples(st.sampled_from([OPEN, SHUT, FIRE]))),
    st.sampled_from([(Hands.paint, ()), (Hands.plans, ()), (Hands.leaves, ()), LOOKS, LOOKS]),
    st.sampled_from([(Hands.scans, ()), (Hands.answers, ())]),
)


@settings(max_examples=300, deadline=None)
@given(st.booleans(), st.lists(EVENTS, max_size=80))
def test_no_touches_whatsoever_draw_a_number_that_nobody_meant(patient: bool, events: list[Event]) -> None:
    """Nor would they without the wait: a touch counts only for its own offer, whenever it arrives."""
    hands = Hands(patient)
    for event, values in events:
        drawn = len(hands.numbers)
        event(hands, *values)
        if len(hands.numbers) > drawn:
            number = hands.numbers[-1]
            chosen = {(Step.CONCERN, key) for key in number.packages} | {(Step.SERVICE, key) for key in number.services}
            assert chosen | {(Step.SUMMARY, "")} <= hands.meant
            assert hands.meant & {(Step.LANGUAGE, number.language), (Step.REREAD, number.language)}


def test_the_touches_above_do_reach_a_number() -> None:
    """Otherwise the test above would prove nothing."""
    hands = Hands()
    for which in (0, 0, -1):
        LOOKS[0](hands)
        hands.touch(which)
    assert hands.numbers == [Arrival(("neu",), (), "de", origin=Origin.KIOSK)]
