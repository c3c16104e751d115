"""Characters that an encoding lacks are shown by others, cell for cell."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from ankommen.lookalikes import lookalike, speak_any_encoding


def written(text: str, encoding: str) -> str:
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    speak_any_encoding(stream, None)
    stream.write(text)
    stream.flush()
    return stream.buffer.getvalue().decode(encoding)  # type: ignore[attr-defined]  # a BytesIO


@pytest.mark.parametrize(
    ("text", "ascii"),
    [
        ("Grüße – „Übung“ …", 'Gruse - "Ubung" .'),
        ("┌──┐│█▀▄▌", "+--+|####"),
        ("A → 1 · Fertig", "A > 1 . Fertig"),
        ("Łódź, élève, Türkçe, Tiếng Việt", "Lodz, eleve, Turkce, Tieng Viet"),
        ("Київ", "????"),
        ("Ｎｏ！", "N o ! "),
    ],
)
def test_ascii_shows_the_nearest(text: str, ascii: str) -> None:
    assert written(text, "ascii") == ascii


def test_what_the_encoding_has_stays() -> None:
    assert written("für 5 € ─", "iso-8859-15") == "für 5 € -"


@given(st.text())
def test_nothing_is_refused_and_every_cell_stays_a_cell(text: str) -> None:
    for encoding in ("ascii", "iso-8859-15", "cp437"):
        stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
        speak_any_encoding(stream)
        stream.write(text)
        stream.flush()
    for character in text:
        assert cell_len(lookalike(character)) == cell_len(character) or not character.isprintable()
        assert lookalike(character).isascii()
