"""Every text that the code says, in every language."""

from __future__ import annotations

import ast
import re
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.pofile import read_po

import shared.language
from caller.attention import REASONS
from display.sentences import CALM, FAULT, HALT
from shared.language import LANGUAGES, language
from shared.language.dates import by_cldr, forms_text
from shared.language.fonts import missing_glyphs

ROOT = Path(shared.language.__file__).parent.parent.parent
ROOMS = ("kiosk", "caller", "display", "printers", "voice")
LOCALE = ROOT / "shared" / "language" / "locale"
TRANSLATED = [tag for tag in LANGUAGES if tag != "en"]
"""English texts are in the code; its catalogue holds only what English says better."""
PLACEHOLDER = re.compile(r"\{\w*\}")


def said() -> set[str]:
    """The English texts in the code: literal first arguments of `text` and `count`, and of a console's `say`."""
    found: set[str] = set()
    for file in (path for room in (*ROOMS, "faces") for path in (ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
                continue
            words = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
            if len(words) == {"text": 1, "say": 1, "count": 2}.get(node.func.attr, -1):
                found.add(words[0])
    return found


def entries(tag: str) -> dict[str, tuple[str, ...]]:
    return {english: forms for file in (LOCALE / tag).glob("*.po") for english, forms in entries_of(file, tag).items()}


def entries_of(file: Path, tag: str) -> dict[str, tuple[str, ...]]:
    """Each English text with its forms in one catalogue."""
    return {
        (m.id[0] if isinstance(m.id, tuple | list) else m.id): (
            m.string if isinstance(m.string, tuple) else (m.string,)
        )
        for m in read_po(BytesIO(file.read_bytes()), locale=tag)
        if m.id
    }


def test_the_code_says_something() -> None:
    assert len(said()) > 20


@pytest.mark.parametrize("tag", TRANSLATED)
def test_every_room_has_a_catalogue(tag: str) -> None:
    assert {file.name for file in (LOCALE / tag).iterdir()} == {f"{room}.po" for room in ("common", *ROOMS)}


@pytest.mark.parametrize("tag", TRANSLATED)
def test_the_catalogues_of_a_language_count_alike(tag: str) -> None:
    heads = {file.name: file.read_text(encoding="utf-8").partition("\n\n")[0] for file in (LOCALE / tag).glob("*.po")}
    assert set(heads.values()) == {heads["common.po"]}


@pytest.mark.parametrize("tag", TRANSLATED)
def test_every_text_is_translated(tag: str) -> None:
    known = entries(tag)
    assert sorted(said() - {text for text, forms in known.items() if all(forms)}) == []


@pytest.mark.parametrize("tag", TRANSLATED)
def test_nobody_is_left_without_words_while_nobody_is_called(tag: str) -> None:
    """Texts that a scan of the code does not see, because they are in tables."""
    assert [text for text in (*CALM, *HALT, FAULT, *REASONS.values()) if text not in entries(tag)] == []


@pytest.mark.parametrize("tag", LANGUAGES)
def test_translations_name_the_same_values(tag: str) -> None:
    for english, forms in entries(tag).items():
        for form in forms:
            extra = set(PLACEHOLDER.findall(form)) - set(PLACEHOLDER.findall(english))
            assert not extra, (english, form)
            if len(forms) == 1:
                assert set(PLACEHOLDER.findall(form)) == set(PLACEHOLDER.findall(english)), (english, form)


@pytest.mark.parametrize("tag", LANGUAGES)
def test_no_text_has_a_letter_that_the_fonts_lack(tag: str) -> None:
    assert missing_glyphs("".join(form for forms in entries(tag).values() for form in forms)) == set()


@pytest.mark.parametrize("tag", LANGUAGES)
def test_plurals_follow_the_rules_of_the_language(tag: str) -> None:
    """Two numbers of the same CLDR form have the same words, two of different forms only where the words agree."""
    rule = Locale.parse(tag).plural_form
    forms: dict[str, set[str]] = {}
    for n in range(201):
        words = language(tag).count("{n} person", "{n} persons", n).replace(str(n), "#")
        forms.setdefault(rule(n), set()).add(words)
    assert all(len(words) == 1 for words in forms.values()), forms


def test_names_directions_and_voices() -> None:
    assert " ".join(LANGUAGES) == "de en uk ru ar fa ti tr vi fr es pl ka ku ro"
    assert [language(tag).autonym for tag in LANGUAGES] == [
        *("Deutsch", "English", "Українська", "Русский", "العربية", "فارسی", "ትግርኛ", "Türkçe", "Tiếng Việt"),
        *("Français", "Español", "Polski", "ქართული", "Kurdî (kurmancî)", "Română"),
    ]
    assert [tag for tag in LANGUAGES if language(tag).direction == "rtl"] == ["ar", "fa"]
    assert language("en").voice == "en-us"
    assert [tag for tag in LANGUAGES if language(tag).voice is None] == ["ti"]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_own_letters_are_of_the_own_script(tag: str) -> None:
    letters = language(tag).letters
    assert set(letters) <= set("ALMRW")
    assert len(letters) in (0, 5) or all(text.isascii() for text in letters.values())  # a script, or single names
    assert len(letters) < 5 or not any(text.isascii() for text in letters.values())


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_written_plural_rule_is_the_standard_one(tag: str) -> None:
    """Each number gets the form that CLDR gives it: in Arabic 0, 1, 2, 3, 11 and 100 have six different forms."""
    rule, catalogue = Locale.parse(tag).plural_form, language(tag)._catalogue
    index = {n: catalogue.plural(n) for n in range(201)}  # type: ignore[attr-defined]
    for n in range(201):
        assert all(index[n] == index[m] for m in range(201) if rule(n) == rule(m)), n


def test_numbers_are_western_in_every_language() -> None:
    moment = datetime(2026, 11, 22, 7, 5, tzinfo=UTC)
    for tag in LANGUAGES:
        shown = language(tag).date(date(2026, 11, 22)) + language(tag).time(moment, "Europe/Berlin")
        assert "22" in shown
        assert "2026" in shown
        assert "08:05" in shown


@pytest.mark.parametrize("tag", LANGUAGES)
def test_dates_are_those_of_cldr(tag: str) -> None:
    """If not: python -m shared.language > shared/language/dates.json."""
    days = [date(year, month, day) for year in (2026, 2030) for month in range(1, 13) for day in (1, 9, 10, 28)]
    assert [language(tag).date(day) for day in days] == [by_cldr(day, tag) for day in days]


def test_the_file_of_dates_is_as_the_program_writes_it() -> None:
    assert (Path(shared.language.__file__).with_name("dates.json")).read_text("utf-8") == forms_text()


@pytest.mark.parametrize(
    ("tag", "day"),
    [
        ("en", "26 November 2026"),
        ("ar", "26 تشرين الثاني 2026"),
        ("fa", "26.11.2026"),
        ("uk", "26 листопада 2026\u202fр."),
    ],
)
def test_dates_are_those_of_the_readers(tag: str, day: str) -> None:
    assert language(tag).date(date(2026, 11, 26)) == day


@pytest.mark.parametrize("tag", LANGUAGES)
def test_lists_have_the_comma_of_the_language(tag: str) -> None:
    comma = {"ar": "،", "fa": "،", "ti": "፣"}.get(tag, ",")
    assert language(tag).listed(["A", "B", "C"]) == f"A{comma} B{comma} C"
    used = {sign for forms in entries(tag).values() for form in forms for sign in form if sign in ",،፣"}
    assert used <= {comma}


def test_a_missing_language_is_an_error() -> None:
    with pytest.raises(KeyError):
        language("xx")


@pytest.mark.parametrize("tag", LANGUAGES)
def test_each_text_stands_in_one_catalogue(tag: str) -> None:
    """All rooms' catalogues are read as one. What several rooms say stands in common.po."""
    heard = [english for file in (LOCALE / tag).glob("*.po") for english in entries_of(file, tag)]
    assert sorted(heard) == sorted(set(heard))


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_language_translates_the_same_texts(tag: str) -> None:
    """English only those that it says in other words than the code."""
    assert set(entries(tag)) == set(entries("de")) if tag != "en" else set(entries("en")) < set(entries("de"))


@pytest.mark.parametrize("tag", LANGUAGES)
def test_autonyms_and_directions_are_those_of_cldr(tag: str) -> None:
    locale = Locale.parse(tag)
    autonym = locale.get_display_name(tag) or ""
    # Title case, not upper: Georgian has an upper case that sentences never begin with.
    assert language(tag).autonym == autonym[:1].title() + autonym[1:]
    assert language(tag).direction == ("rtl" if locale.text_direction == "rtl" else "ltr")
