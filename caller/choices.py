"""What can be chosen for a step: each choice is a step itself, with its own key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from string import ascii_lowercase

from caller.steps import Step
from caller.words import Words
from shared.model import Desk

KEYS = "123456789" + ascii_lowercase
"""The keys of the choices in order; any further choices can only be taken by mouse."""


def choices_of(words: Words, desk: Desk, step: Step) -> tuple[Step, ...]:
    """The choices for a step in the order of the plan; none if there is nothing to choose."""
    return tuple(
        replace(step, key=KEYS[n : n + 1], label=words.name(texts), arguments=(chosen,), choose=None)
        for n, (chosen, texts) in enumerate(_named(words, desk, step))
    )


def _named(words: Words, desk: Desk, step: Step) -> Iterator[tuple[object, Mapping[str, str]]]:
    """Each value that the verb can take, with its name by language."""
    if step.choose == "service":
        here = desk.call.service if desk.call else None
        for key, service in words.plan.services.items():
            if key != here:
                yield (key,), service.name
    elif step.choose:
        for key, reason in words.plan.reasons.items():
            if reason.use == step.choose:
                yield key, reason.name
