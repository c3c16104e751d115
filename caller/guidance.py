"""Which steps can be taken at a desk, and the one sentence that says what to do now."""

from __future__ import annotations

from caller.choices import choices_of
from caller.marks import comes_here
from caller.steps import FORWARD, NEXT, RECALL, Stage, Step, stage_of
from caller.words import Words
from shared.model import DeskState, Ticket, Workplace
from shared.rules.recall import may_recall

STATES = {
    DeskState.OPEN: "open",
    DeskState.DRAINING: "takes nobody more",
    DeskState.PAUSED: "pauses",
    DeskState.CLOSED: "closed",
}
_GUIDANCE = {
    Stage.CLOSED: "Your desk is closed. Open it when you are ready.",
    Stage.PAUSED: "Nobody is called to your desk now. Go on when you are ready.",
    Stage.FREE: "Your desk is free. Call the next number.",
    Stage.CALLED: "The number is called in the waiting area. When the visitor is at your desk, begin.",
    Stage.SERVING: "When everything is settled, press “Done”. The next stop of this number follows by itself.",
}
_NOBODY = "Nobody waits for your desk. As soon as somebody comes, you can call here."
_HALT = "Your desk stays open. You can call again when the centre goes on."
_ENOUGH = "The number was called often enough. Has nobody come? Then press “Not here”."
_CHOOSE = "Choose with the key in front of it or with the mouse. Esc leads back."


def is_awake(words: Words, workplace: Workplace, step: Step) -> bool:
    """Whether a step can be taken now."""
    if step is NEXT:
        return not workplace.suspended and somebody_comes(words, workplace)
    if step is RECALL:
        return can_recall(words, workplace)
    return step is not FORWARD or bool(choices_of(words, workplace.desk, step))


def somebody_comes(words: Words, workplace: Workplace) -> bool:
    """Whether any waiting visitor can come to this desk."""
    more = workplace.waiting_count > len(workplace.waiting)
    return more or any(comes_here(words, visitor, workplace.desk.key) for visitor in workplace.waiting)


def can_recall(words: Words, workplace: Workplace) -> bool:
    """Whether the call may be repeated again."""
    call = workplace.desk.call
    return call is not None and may_recall(call.ring, words.plan.rules.recalls)


def guidance(words: Words, workplace: Workplace | None, choosing: bool) -> str:
    """The sentence that says what to do now."""
    if workplace is None:
        return words.say("One moment, please …")
    if choosing:
        return words.say(_CHOOSE)
    stage = stage_of(workplace.desk)
    if stage is Stage.FREE and workplace.suspended:
        return words.say(_HALT)
    if stage is Stage.FREE and not somebody_comes(words, workplace):
        return words.say(_NOBODY)
    if stage is Stage.CALLED and not can_recall(words, workplace):
        return words.say(_ENOUGH)
    return words.say(_GUIDANCE[stage])


def who(words: Words, ticket: Ticket) -> str:
    """Whose ticket it is, and what the visitor needs next; no more, because another desk may be responsible."""
    stop = ticket.next_stop or next((stop for stop in ticket.stops if stop.state.open), None)
    if stop is None:
        return words.say("This is {code}. Nothing is open any more.", code=ticket.code)
    return words.say("This is {code}: {service}.", code=ticket.code, service=words.service(stop.service))
