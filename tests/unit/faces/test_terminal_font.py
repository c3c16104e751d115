"""What a terminal's font can show, read from its file."""

from __future__ import annotations

from pathlib import Path

import pytest

from faces.terminal_font import heights, missing
from shared.errors import Malformed
from shared.language.fonts import font_path, missing_glyphs

LETTERS = "AÄяأﺎሀქ → 到✓"


def test_the_letters_that_a_font_lacks_are_named() -> None:
    assert missing([font_path()], LETTERS) == missing_glyphs(LETTERS)
    assert missing([], "Aä") == {"A", "ä"}


def test_what_one_font_lacks_another_may_have() -> None:
    alone = missing([font_path(bold=True)], LETTERS)
    assert missing([font_path(bold=True), font_path()], LETTERS) == alone & missing([font_path()], LETTERS)


def test_capitals_are_higher_than_small_letters_and_lower_than_a_row() -> None:
    capital, x = heights(font_path())
    assert 0.2 < x < capital < 0.8


def test_what_is_no_font_is_named(tmp_path: Path) -> None:
    wrong = tmp_path / "letters.ttf"
    wrong.write_text("no font")
    for file in (wrong, tmp_path / "gone.ttf"):
        with pytest.raises(Malformed, match=file.name):
            missing([file], "A")
