"""The voice beside a screen: what is new cuts off what is being said."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.support.waiting import wait_until
from tests.unit.voice.conftest import Loudspeaker
from voice.reader import Reader, Saying
from voice.sentence import Spoken

SPOKEN = Saying(Spoken("de", "Bitte warten Sie hier."), -23.0)
TONE = Saying(None, -23.0)


@pytest.fixture
def reader(loudspeaker: Loudspeaker) -> Iterator[Reader]:
    made = Reader("card", loudspeaker.command)
    yield made
    made.end()


def began(loudspeaker: Loudspeaker) -> int:
    return len(loudspeaker.lengths_s())


def test_sentences_are_said_one_after_the_other(
    reader: Reader, loudspeaker: Loudspeaker, need: Callable[[str], None]
) -> None:
    need("espeak-ng")
    reader.say([TONE, SPOKEN])
    reader.add([TONE])
    wait_until(lambda: len(loudspeaker.entries()) == 6)
    assert [entry["what"] for entry in loudspeaker.entries()] == ["begin", "end"] * 3, "never two at once"
    assert loudspeaker.lengths_s()[0] == pytest.approx(0.4, abs=0.01)
    assert loudspeaker.lengths_s()[1] > 1.0
    assert reader.failure == ""


def test_what_is_new_cuts_off_what_is_being_said(reader: Reader, loudspeaker: Loudspeaker) -> None:
    loudspeaker.shut()
    reader.say([TONE, TONE])
    wait_until(lambda: began(loudspeaker) == 1)
    reader.say([TONE])
    wait_until(lambda: began(loudspeaker) == 2)
    loudspeaker.open()
    wait_until(lambda: len(loudspeaker.entries()) == 3)
    assert [entry["what"] for entry in loudspeaker.entries()] == ["begin", "begin", "end"], "the first was cut off"


def test_after_hush_nothing_more_is_said(reader: Reader, loudspeaker: Loudspeaker) -> None:
    loudspeaker.shut()
    reader.say([TONE, TONE])
    wait_until(lambda: began(loudspeaker) == 1)
    reader.hush()
    reader.add([TONE])
    wait_until(lambda: began(loudspeaker) == 2)
    loudspeaker.open()
    wait_until(lambda: len(loudspeaker.entries()) == 3)
    assert began(loudspeaker) == 2


def test_a_loudspeaker_that_fails_is_told_and_ends_nothing(loudspeaker: Loudspeaker) -> None:
    reader = Reader("card", ("false",))
    try:
        reader.say([TONE])
        wait_until(lambda: reader.failure)
        assert "card" in reader.failure
        reader._command = tuple(loudspeaker.command)
        reader.say([TONE])
        wait_until(lambda: not reader.failure)
    finally:
        reader.end()


def test_nothing_is_said_after_the_end(loudspeaker: Loudspeaker) -> None:
    reader = Reader("card", loudspeaker.command)
    reader.end()
    reader.say([TONE])
    assert reader._thread is None


def test_who_has_gone_leaves_no_sentence_behind(
    reader: Reader, loudspeaker: Loudspeaker, need: Callable[[str], None]
) -> None:
    need("espeak-ng")
    reader.say([SPOKEN])
    wait_until(lambda: began(loudspeaker) == 1)
    assert reader._sentences.known
    reader.forget()
    assert not reader._sentences.known
