from __future__ import annotations

import pytest

from shared.errors import Malformed
from shared.language import LANGUAGES, language
from voice.sentence import Spoken, announcement, texts


@pytest.mark.parametrize(
    ("tag", "sentence"),
    [
        ("de", "Nummer A, 17. Bitte zu Platz 5."),
        ("en", "Number A, 17. Please go to desk 5."),
        ("uk", "Номер А, 17. Підійдіть, будь ласка, до столу 5."),
        ("ru", "Номер А, 17. Пройдите, пожалуйста: окно 5."),
        ("ar", "الرقم A، 17. من فضلكم توجهوا إلى الشباك رقم 5."),
    ],
)
def test_every_language_says_letter_number_and_desk(tag: str, sentence: str) -> None:
    assert announcement("A017", "5", language(tag)) == sentence


def test_no_language_is_forgotten() -> None:
    sentences = {announcement("A017", "5", language(tag)) for tag in LANGUAGES}
    assert len(sentences) == len(LANGUAGES)


@pytest.mark.parametrize("series", ["A", "L", "M", "R", "W"])
@pytest.mark.parametrize("tag", ["uk", "ru"])
def test_cyrillic_voices_get_no_latin_letter(series: str, tag: str) -> None:
    assert not any(
        character.isascii() and character.isalpha() for character in announcement(f"{series}017", "5", language(tag))
    )


def test_a_number_above_a_thousand_stays_whole() -> None:
    assert announcement("l 1001", "12", language("de")) == "Nummer L, 1001. Bitte zu Platz 12."


def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(Malformed, match="A017"):
        announcement("seventeen", "5", language("de"))


def test_the_visitors_language_comes_before_the_houses() -> None:
    assert [each.language for each in texts("A017", "5", "uk", "de")] == ["uk", "de"]


def test_one_sentence_where_visitor_and_house_agree() -> None:
    assert texts("A017", "5", "de", "de") == (Spoken("de", "Nummer A, 17. Bitte zu Platz 5."),)


def test_a_language_without_a_voice_is_replaced_by_german_and_english() -> None:
    assert [each.language for each in texts("A017", "5", "ti", "de")] == ["de", "en"]
    assert [each.language for each in texts("A017", "5", "ti", "en")] == ["en"]
