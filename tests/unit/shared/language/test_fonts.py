"""The shipped fonts have every letter that the program prints, and we know which ones they lack."""

from __future__ import annotations

import pytest
from PIL import ImageFont

from shared.language import LANGUAGES, language
from shared.language.fonts import font_path, missing_glyphs


@pytest.mark.parametrize("bold", [False, True])
def test_both_weights_are_there_and_small(bold: bool) -> None:
    assert ImageFont.truetype(font_path(bold), 20).getname() == ("Ankommen", "Bold" if bold else "Regular")
    assert font_path(bold).stat().st_size < 1_000_000


@pytest.mark.parametrize(
    "text", ["Ä ß € „Größe“ – · 0123456789", "Їжак ґ Ёлка", "العربية پارسی ٠١٢", "שלום", "ქართული", "አማርኛ"]
)
def test_the_scripts_of_the_house_are_complete(text: str) -> None:
    assert missing_glyphs(text) == set()


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_catalogue_can_be_printed(tag: str) -> None:
    texts = [text for text in language(tag)._catalogue._catalog.values() if isinstance(text, str)]  # type: ignore[attr-defined]
    assert missing_glyphs("".join("".join(text.split("\n")) for text in texts if "Plural-Forms" not in text)) == set()


def test_what_is_missing_is_named() -> None:
    assert missing_glyphs("A → 到 ✓") == {"→", "到", "✓"}
    assert missing_glyphs("\x07\U0010ffff") == {"\x07", "\U0010ffff"}


def test_the_licence_lies_beside_the_fonts() -> None:
    text = (font_path().parent / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in text
    assert text.startswith("Copyright")


def test_the_list_of_letters_is_that_of_the_fonts() -> None:
    fonts = pytest.importorskip("fontTools.ttLib", reason="needs the extra `fonts`")
    for bold in (False, True):
        letters = {chr(point) for point in fonts.TTFont(font_path(bold)).getBestCmap()}
        assert missing_glyphs("".join(letters)) == set()
        assert missing_glyphs("".join(map(chr, range(0x3000)))) == set(map(chr, range(0x3000))) - letters
