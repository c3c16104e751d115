"""What to think of before a visitor comes to a desk. Pure."""

from __future__ import annotations

from caller.words import Words
from shared.model import Waiting
from shared.rules.suits import suits


def comes_here(words: Words, visitor: Waiting, desk: str) -> bool:
    """Whether this desk can call the visitor: not if steps are in the visitor's way."""
    step_free = desk in words.plan.desks and words.plan.desks[desk].step_free
    return suits(visitor.needs, step_free=step_free)


def marks_of(words: Words, visitor: Waiting, desk: str) -> tuple[str, ...]:
    """What to think of before the visitor comes: interpreter, needs, a desk that cannot be reached."""
    marks = []
    if visitor.interpreter:
        marks.append(words.say("interpreter: {language}", language=words.speech(visitor.interpreter)))
    marks += [words.need(need) for need in visitor.needs]
    if not comes_here(words, visitor, desk):
        marks.append(words.say("not called here"))
    return tuple(marks)
