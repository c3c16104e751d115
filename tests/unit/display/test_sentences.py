"""What a waiting room reads, in which languages and in which order."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from display import sentences
from shared.config import Config
from shared.language import LANGUAGES, language
from shared.model import ClockDoubt

GERMAN, ENGLISH = language("de"), language("en")
MOMENT = datetime(2026, 11, 23, 8, 5, tzinfo=UTC)


def test_a_screen_names_its_centre_and_its_area(leipzig: Config) -> None:
    assert sentences.title(leipzig.plan, None) == "Ankommenszentrum Leipzig"
    assert sentences.title(leipzig.plan, "wartebereich_2") == "Ankommenszentrum Leipzig · Wartebereich 2"
    assert sentences.title(leipzig.plan, "gone with an older plan") == "Ankommenszentrum Leipzig"


def test_a_word_is_bilingual_unless_the_house_speaks_english() -> None:
    assert sentences.headings(GERMAN) == ("Nummer · Number", "Platz · Desk")
    assert sentences.headings(ENGLISH) == ("Number", "Desk")
    assert sentences.exercise(GERMAN) == "PROBE · TEST"


def test_while_nobody_is_called_the_house_comes_first_then_english() -> None:
    house, english = sentences.waiting(GERMAN, (), suspended=False, at_s=0)
    assert house.sentences == ("Bitte warten Sie.", "Wir rufen Ihre Nummer.")
    assert english.sentences == ("Please wait.", "We will call your number.")
    assert sentences.waiting(ENGLISH, (), False, 0) == (english,)


def test_a_suspended_centre_says_so_to_those_who_wait_one_language_after_the_other() -> None:
    def beside(at_s: float) -> sentences.Said:
        return sentences.waiting(GERMAN, ("uk", "de", "ar"), True, at_s)[1]

    assert beside(0).sentences[0] == "Зараз номери не викликають."
    assert beside(sentences.TURN_S).direction == "rtl"
    assert beside(2 * sentences.TURN_S) == beside(0)


def test_trouble_says_up_to_when_the_numbers_were_right() -> None:
    house, english = sentences.trouble(GERMAN, MOMENT, "Europe/Berlin")
    assert house.sentences[0].startswith("Es gibt eine Störung.")
    assert house.sentences[0].endswith("Sie sehen den Stand von 09:05.")
    assert english.sentences[0].endswith("You see how it was at 09:05.")
    assert sentences.trouble(ENGLISH, None, "Europe/Berlin")[0].sentences == (ENGLISH.text(sentences.FAULT),)


def test_a_clock_that_is_not_believed_is_said_in_one_line() -> None:
    assert sentences.clock_doubted(GERMAN, None) == ()
    (said,) = sentences.clock_doubted(GERMAN, ClockDoubt(MOMENT, MOMENT, numbers=True))
    assert said.sentences == ("Zurzeit ist nicht sicher, wie spät es ist. (ankommen doctor)",)


@pytest.mark.parametrize("tag", LANGUAGES)
def test_no_language_needs_more_lines_than_there_are(tag: str) -> None:
    for suspended in (False, True):
        assert all(len(said.sentences) <= 3 for said in sentences.waiting(language(tag), (), suspended, 0))
