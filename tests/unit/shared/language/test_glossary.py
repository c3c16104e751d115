"""One thing has one word: what the glossaries of the languages rule out stands in no text, nor does a wrong address."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from shared.config import Config
from shared.language import LANGUAGES
from tests.support.texts import planned, program

GLOSSARY = tomllib.loads((Path(__file__).parent / "glossary.toml").read_text(encoding="utf-8"))


def found(words: list[str], text: str, flags: re.RegexFlag = re.IGNORECASE) -> list[str]:
    """The words of a list that stand in a text, each as a whole word."""
    whole = {word: r"(?<!\w)" + re.escape(word).replace(r"\*", r"\w*") + r"(?!\w)" for word in words}
    return [word for word, pattern in whole.items() if re.search(pattern, text, flags)]


def ruled_out(tag: str, text: str, *, of_program: bool) -> list[str]:
    """What the glossary of a language says against a text."""
    table = GLOSSARY[tag]
    for phrase in table.get("allowed", ()):
        text = re.sub(re.escape(phrase), "", text, flags=re.IGNORECASE)
    inner = re.sub(r"(?:^|[.?!»“:\n]\s+|[–«„]\s*)\w+", "", text)
    return [
        *found(table["never"], text),
        *found(table.get("exact", []), text, re.NOFLAG),
        *found(table.get("inside", []), inner, re.NOFLAG),
        *(found(table.get("program", []), text) if of_program else ()),
    ]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_program_keeps_to_the_glossary(tag: str) -> None:
    assert {text: bad for text in program(tag) if (bad := ruled_out(tag, text, of_program=True))} == {}


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_plan_keeps_to_the_glossary(tag: str, leipzig: Config) -> None:
    texts = list(planned(leipzig.plan, tag))
    assert len(texts) > 50
    assert {text: bad for text in texts if (bad := ruled_out(tag, text, of_program=False))} == {}


def test_a_word_counts_only_as_a_whole_and_not_where_it_is_right() -> None:
    assert ruled_out("de", "Zeigen Sie den Zettel.", of_program=True) == ["Zettel*"]
    assert ruled_out("de", "Weg ohne Treppen", of_program=True) == []
    assert ruled_out("de", "Haben sie ihr Ticket?", of_program=True) == ["sie", "ihr"]
    assert ruled_out("uk", "Ваш номер діє. Ми викличемо Ваш номер.", of_program=True) == ["Ваш"]
    assert ruled_out("tr", "Numara çağrıldı", of_program=True) == []


@pytest.mark.parametrize("wrong", ["C'est", "Où ?", "Où?", "Ici : là", "« Absent »", "Demain!"])
def test_french_typography_finds(wrong: str) -> None:
    assert badly_set(wrong)


def badly_set(french: str) -> bool:
    """Whether an apostrophe is straight, or a sign that French keeps away from its word could begin a line."""
    return bool(re.search(r"'|(?<![\u00a0\u202f])(?:[?!;»]|:(?!\d))|«(?![\u00a0\u202f])", french))


def test_french_is_set_as_french(leipzig: Config) -> None:
    assert [text for text in (*program("fr"), *planned(leipzig.plan, "fr")) if badly_set(text)] == []
