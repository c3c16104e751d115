"""Texts as utterances: short, each in a voice. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from shared.language import Language
from voice.sentence import Spoken, as_spoken

LONGEST = 32
"""Most letters of an utterance: it takes at most five seconds. After each, a tap finds silence."""
_UNEVEN = 6
"""By so many letters parts of a sentence may differ: words are of different lengths."""
_SENTENCE = re.compile(r"(?<=[.!?…؟።])\s+")
_PAUSE = re.compile(r"(?<=[,;:،·፣–])\s+")


def said(say: Language, *texts: str) -> list[Spoken]:
    """Texts in a language as utterances; none if it has no voice."""
    parts = [part for text in texts for part in utterances(as_spoken(text, say))] if say.voice else []
    return [Spoken(say.tag, part) for part in parts if any(letter.isalnum() for letter in part)]


def utterances(text: str) -> Iterator[str]:
    """Sentences; a long one is broken where it pauses, else between words, into parts of about the same length."""
    for sentence in _SENTENCE.split(text):
        for part in _joined(_PAUSE.split(sentence), LONGEST):
            count = -(-len(part) // LONGEST)
            yield from _joined(part.split(), min(LONGEST, len(part) // count + _UNEVEN))


def _joined(parts: Sequence[str], longest: int) -> Iterator[str]:
    line = ""
    for part in parts:
        if line and len(line) + 1 + len(part) > longest:
            yield line
            line = ""
        line = f"{line} {part}".strip()
    if line:
        yield line
