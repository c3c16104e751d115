"""The fonts that come with the program, and which letters they have. `scripts/fonts` builds them."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from importlib import resources
from pathlib import Path

_FOLDER = Path(str(resources.files("shared.language.fonts")))


def font_path(bold: bool = False) -> Path:
    """The font file of a weight. Both hold Latin, Cyrillic, Greek, Arabic, Hebrew, Georgian and Ethiopic letters."""
    return _FOLDER / f"Ankommen-{'Bold' if bold else 'Regular'}.ttf"


def pictogram_font_path() -> Path:
    """The font file of the pictograms; `shared.language.pictograms` says which letter is which."""
    return _FOLDER / "Pictograms.ttf"


def missing_glyphs(text: str) -> set[str]:
    """The characters of `text` that the fonts would show as an empty box."""
    firsts, lasts = _coverage()
    return {character for character in set(text) if lasts[bisect_right(firsts, ord(character)) - 1] < ord(character)}


@cache
def _coverage() -> tuple[list[int], list[int]]:
    """First and last code points of the ranges in the fonts' table `cmap`, as the build wrote them down."""
    ranges = [line.split("-") for line in (_FOLDER / "coverage.txt").read_text(encoding="ascii").split()]
    return [-1, *(int(first, 16) for first, _ in ranges)], [-1, *(int(last, 16) for _, last in ranges)]
