"""Replaces letters that an encoding lacks by similar ones of the same width, so no layout breaks. Never raises."""

from __future__ import annotations

import codecs
import unicodedata
from io import TextIOWrapper
from typing import TextIO

from rich.cells import cell_len

_NAME = "lookalike"
_ALIKE = {
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("‘’‚‛′", "'"),
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("·•…", "."),
    "→": ">",
    "←": "<",
    "↑": "^",
    "↓": "v",
    "×": "x",
    "ß": "s",
    "ẞ": "S",
    "ø": "o",
    "Ø": "O",
    "ł": "l",
    "Ł": "L",
    "đ": "d",
    "Đ": "D",
    "ı": "i",
    "æ": "a",
    "Æ": "A",
    "œ": "o",
    "Œ": "O",
    "\u00a0": " ",
    "\u202f": " ",
}


def lookalike(character: str) -> str:
    """The most similar ASCII text of the same width: a letter without its mark, a line, a block, else "?"."""
    if character in _ALIKE:
        return _ALIKE[character]
    name = unicodedata.name(character, "")
    if name.startswith("BOX DRAWINGS"):
        across, down = "HORIZONTAL" in name, "VERTICAL" in name
        return {(True, False): "-", (False, True): "|"}.get((across, down), "+")
    if name.endswith("BLOCK") or name.startswith("QUADRANT"):
        return "#"
    bare = unicodedata.normalize("NFKD", character)[0]
    cells = cell_len(character)
    return bare.ljust(cells) if bare.isascii() and bare.isprintable() else "?" * cells


def _replace(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(lookalike, error.object[error.start : error.end])), error.end


codecs.register_error(_NAME, _replace)


def speak_any_encoding(*streams: TextIO | None) -> None:
    """From now on, writing to these streams never fails because of a letter."""
    for stream in streams:
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=_NAME)
