"""Text that is safe for a terminal: cleaned of control sequences, wrapped, and turned right-to-left where needed."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

import arabic_reshaper
from bidi.algorithm import get_display
from rich.cells import cell_len

from shared.language.languages import Direction

Bidi = Literal["app", "terminal"]
"""Who turns right-to-left lines: this program, or the terminal by itself."""

_ESCAPE_SEQUENCE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f]).*?(?:\x07|\x1b\\|\x9c|$)|\x1b."
)
"""CSI, then string sequences (OSC, DCS, SOS, PM, APC) with their content, then two-character escapes: ECMA-48."""
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_BLANKS = re.compile(r"[^\S\u00a0\u202f]+")
"""White space at which a line may break."""
_JOINERS = {"\u200c", "\u200d"}
"""Zero-width joiners belong to Persian and Arabic spelling."""


def clean(text: str, limit: int = 2000) -> str:
    """One line without control characters, escape sequences or hidden direction marks, at most `limit` characters.

    Every text from outside (configuration, database, scanner, printer) passes here before it reaches a terminal,
    a printer or a voice.
    """
    return " ".join(words(tamed(text[: limit * 2])))[:limit].rstrip()


def words(text: str) -> list[str]:
    """The words between which a line may break. A no-break space is none: French has one before ? and :."""
    if "\u00a0" not in text and "\u202f" not in text:  # most texts
        return text.split()
    return [word for word in _BLANKS.split(text.strip()) if word.strip()]


def tamed(text: str) -> str:
    """All of `text` with its line ends and blanks, but without anything that could control a terminal."""
    if text.isprintable():  # most texts are: nothing to take out
        return text
    bare = _ESCAPE_SEQUENCE.sub("", text)
    return "".join(character if character == "\n" or _shown(character) else " " for character in bare)


def _shown(character: str) -> bool:
    return character in _JOINERS or unicodedata.category(character) not in _INVISIBLE


def visual_lines(text: str, width: int, direction: Direction = "ltr", bidi: Bidi = "app") -> list[str]:
    """`text` cleaned and broken at words into lines of at most `width` cells, each in the order the terminal shows.

    Letters are joined before lines are measured, because joining changes their width; lines are broken before they
    are turned, because turning a broken line later would put its first word last.
    """
    ready = clean(text)
    if bidi == "app":  # in every direction: a German line may name a language in its own letters
        ready = arabic_reshaper.reshape(ready)
    lines = _wrap(ready, max(1, width))
    if bidi == "terminal":
        return lines
    return [get_display(line, base_dir="R" if direction == "rtl" else "L") for line in lines]


def _wrap(text: str, width: int) -> list[str]:
    lines = [""]
    for word in words(text):
        candidate = f"{lines[-1]} {word}".lstrip()
        if cell_len(candidate) <= width:
            lines[-1] = candidate
            continue
        while cell_len(word) > width:
            head = _fitting(word, width)
            lines.append(head)
            word = word[len(head) :]
        lines.append(word)
    return [line for line in lines if line] or [""]


def _fitting(word: str, width: int) -> str:
    length = len(word)
    while length > 1 and cell_len(word[:length]) > width:
        length -= 1
    return word[:length]
