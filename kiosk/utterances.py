"""Texts as utterances: short, each in a voice. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from shared.language import Language
from voice.sentence import Spoken, as_spoken

LONGEST = 32
"""Most letters of an utterance: at the normal speed it takes at most five seconds."""
_SLOW = {"ar": 26}
"""The same for a voice that takes longer for each letter, up to 0.17 s."""
_UNEVEN = 6
"""By so many letters parts of a sentence may differ: words are of different lengths."""
_SENTENCE = re.compile(r"(?<=[.!?…؟።])\s+")
_PAUSE = re.compile(r"(?<=[,;:،·፣–])\s+")


def said(say: Language, *texts: str) -> list[Spoken]:
    """Texts in a language as utterances; none if it has no voice."""
    parts = (
        [part for text in texts for part in utterances(as_spoken(text, say), _SLOW.get(say.tag, LONGEST))]
        if say.voice
        else []
    )
    return [Spoken(say.tag, part) for part in parts if any(letter.isalnum() for letter in part)]


def utterances(text: str, longest: int = LONGEST) -> Iterator[str]:
    """Sentences; a long one is broken where it pauses, else between words, into parts of about the same length."""
    for sentence in _SENTENCE.split(text):
        for part in _joined(_PAUSE.split(sentence), longest):
            count = -(-len(part) // longest)
            yield from _joined(part.split(), min(longest, len(part) // count + _UNEVEN))


def _joined(parts: Sequence[str], longest: int) -> Iterator[str]:
    line = ""
    for part in parts:
        if line and len(line) + 1 + len(part) > longest:
            yield line
            line = ""
        line = f"{line} {part}".strip()
    if line:
        yield line
