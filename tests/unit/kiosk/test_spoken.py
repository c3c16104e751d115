"""What is heard at each step: all that is shown, in short utterances, in a voice of its own language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, replace

import pytest

from kiosk import steps
from kiosk.aloud import Aloud
from kiosk.moves import Act, Step
from kiosk.offer import Choice, Offer
from kiosk.spoken import Page, spoken, volume
from kiosk.steps.aloud import begun as begins
from kiosk.steps.aloud import ended
from kiosk.steps.ticket import Shown, Words, words
from kiosk.utterances import LONGEST, utterances
from kiosk.way import Way
from kiosk.wish import Person
from shared.errors import QuotaUsed
from shared.language import LANGUAGES, language
from shared.model import Door, GuideReason, Need, Stop, StopState, Ticket
from tests.unit.kiosk.walk import ASK_S, FIRE, IDLE_S, NOW, OPEN, PLAN, SHUT, took

VOICED = [tag for tag in LANGUAGES if language(tag).voice]
LISTENS = Aloud(on=True)


def begun() -> Way:
    return Way(PLAN, has_voice=True).begun(0.0, LISTENS)


def heard(way: Way, shown: Shown | None = None) -> Page:
    return spoken(way, steps.offer(way, NOW), shown)


def every_step(tag: str) -> Iterator[Way]:
    """A way through all steps by ear."""
    first = begun()
    yield first
    yield took(first, Act.MORE)
    yield first.at_the_door(SHUT, 1.0)
    yield first.at_the_door(FIRE, 1.0)
    asked = took(first if tag in first_tiles(first) else took(first, Act.MORE), Act.CHOOSE, tag)
    assert asked.step is Step.ALOUD
    yield asked
    yield took(asked, Act.HELP)
    yield took(first, Act.HELP).guide_asked(1.0, coming=True)
    yield took(asked, Act.LANGUAGE)
    yield took(asked, Act.LOOKS)
    concern = took(asked, Act.CHOOSE)
    yield concern
    yield concern.later(2 * (IDLE_S + ASK_S) - 1)
    yield took(concern, Act.SINGLE)
    summary = took(concern, Act.CHOOSE, "neu_familie")
    yield summary
    yield took(took(summary, Act.ADD, Person.CHILDREN), Act.SWITCH, Need.STEP_FREE)
    yield summary.refuse(QuotaUsed("neu"), 2.0)
    yield took(summary, Act.PRINT).holds(2.0, may_leave=True, may_cancel=True)
    yield took(summary, Act.PRINT).cancel_answered("A017", 2.0)


def first_tiles(way: Way) -> set[str]:
    return {choice.key for choice in steps.offer(way, NOW).tiles}


def number(way: Way) -> Shown:
    now, then, *_ = PLAN.services
    stops = Stop(now, StopState.WAITING), Stop(then, StopState.PLANNED)
    ticket = Ticket(1, "A017", "T" * 20, NOW.date(), way.reads, 1, 0, None, (), NOW, stops)
    return Shown.begun(ticket, language(way.reads), PLAN, 0.0, 0.0)


def bare(text: str) -> set[str]:
    return {word.casefold() for word in re.findall(r"\w+", text)}


def voiced(choice: Choice, way: Way) -> bool:
    return way.shown not in (Step.LANGUAGE, Step.REREAD) or not choice.key or language(choice.key).voice is not None


def shown_words(way: Way, offer: Offer) -> set[str]:
    """Every word on the screen, but the signs for more and less, and what no voice can say."""
    texts = [offer.question, offer.word, offer.staff]
    texts += [f"{one.title} {one.sentence}" for one in offer.choices if voiced(one, way)]
    if offer.summary:
        texts += [offer.summary.about.title, offer.summary.about.sentence]
        texts += [f"{counter.who.title} {counter.count}" for counter in offer.summary.counters]
    if offer.everybody:
        texts += [offer.everybody(language(tag)) for tag in VOICED]
    return bare(" ".join(texts))


def spoken_words(page: Page) -> set[str]:
    parts = [*page.title, *(part for item in page.items for part in item.spoken)]
    return bare(" ".join(part.text for part in parts))


@pytest.mark.parametrize("tag", VOICED)
def test_every_word_that_is_shown_is_spoken(tag: str) -> None:
    for way in every_step(tag):
        assert shown_words(way, steps.offer(way, NOW)) - {"017", "a"} <= spoken_words(heard(way)), way.step


@pytest.mark.parametrize("tag", VOICED)
def test_all_about_the_number_is_spoken(tag: str) -> None:
    say = language(tag)
    for way in every_step(tag):
        if way.shown is Step.TICKET:
            shown = number(way)
            told = words(shown)
            page = heard(way, shown)
            all_shown = bare(" ".join(getattr(told, field.name) for field in fields(Words)))
            assert all_shown <= spoken_words(page)
            text = " ".join(part.text for part in page.title)
            assert f"{say.letters.get('A', 'A')}, 17" in text, "as it is called, not A zero seventeen"
            assert say.text("Beside it is a code for phones.") in text or PLAN.qr_text("T" * 20) is None


@pytest.mark.parametrize("tag", VOICED)
def test_utterances_are_short(tag: str) -> None:
    for way in every_step(tag):
        page = heard(way)
        for part in (*page.title, *(part for item in page.items for part in item.spoken)):
            assert len(part.text) <= LONGEST or " " not in part.text, part
            assert language(part.language).voice


def test_each_language_names_itself_in_its_own_voice() -> None:
    first = begun()
    items = [*heard(first).items, *heard(took(first, Act.MORE)).items]
    named = {item.touch.key: item.spoken[0] for item in items if item.touch.key}
    assert set(named) == set(VOICED), "the list that is heard has only languages with a voice"
    assert all(part.language == tag and part.text == language(tag).autonym for tag, part in named.items())
    assert [item.touch.key for item in items][:3] == ["de", "en", "uk"], "the house's, English, then the plan's"


def test_the_way_to_more_languages_names_them_in_their_own_voices() -> None:
    (more,) = [item for item in heard(begun()).items if item.touch.act is Act.MORE]
    named = [(part.language, part.text) for part in more.spoken[2:]]
    assert named
    assert named == [(tag, language(tag).autonym) for tag, _ in named]


def test_what_has_no_voice_says_so_and_leads_to_a_person() -> None:
    last = took(begun(), Act.MORE)
    way = took(last, Act.CHOOSE, "ti")
    assert way.shown is Step.GUIDE
    assert way.guide is GuideReason.LANGUAGE
    assert way.wish.speaks == "ti"
    way = way.guide_asked(2.0, coming=True)
    text = " ".join(part.text for part in heard(way).title)
    assert "Dieser Automat hat keine Stimme für Ihre Sprache." in text
    assert "This kiosk has no voice for your language." in text
    assert "Please wait here. Somebody will come to you." in text


def test_items_say_where_they_are_and_in_which_state() -> None:
    way = took(took(took(begun(), Act.CHOOSE, "de"), Act.CHOOSE), Act.CHOOSE, "neu_familie")

    def told(act: Act, key: str) -> list[str]:
        return [part.text for item in heard(way).items for part in item.spoken if item.touch == way.touch(act, key)]

    before = told(Act.SWITCH, Need.STEP_FREE)
    assert before[-1] == "Nein"
    assert re.fullmatch(r"\d von \d+", before[-2])
    way = took(way, Act.SWITCH, Need.STEP_FREE)
    assert told(Act.SWITCH, Need.STEP_FREE)[-1] == "Ja"
    way = took(way, Act.ADD, Person.ADULTS)
    assert told(Act.ADD, Person.ADULTS)[0] == "Erwachsene: 2"
    assert told(Act.ADD, Person.ADULTS)[-1] == "Eine Person mehr"


def test_every_item_can_be_chosen() -> None:
    for way in every_step("de"):
        offer = steps.offer(way, NOW)
        items = [item.touch for item in heard(way).items]
        assert len(items) == len(set(items))
        assert all(offer.has(touch.act, touch.key) and way.meets(touch) for touch in items)
        wanted = [way.touch(one.act, one.key) for one in offer.choices if voiced(one, way)]
        assert set(items) == set(wanted)


def test_the_end_of_the_time_is_told_by_a_tone_first() -> None:
    pages = {way.asking: heard(way) for way in every_step("de") if way.shown is Step.CONCERN}
    assert pages[True].tone
    assert not pages[False].tone
    assert [item.touch.act for item in pages[True].items] == [Act.STAY]


def test_a_long_sentence_is_broken_where_it_pauses() -> None:
    text = "Bitte gehen Sie zum Empfang, dort hilft Ihnen jemand weiter. Ja."
    assert list(utterances(text)) == ["Bitte gehen Sie zum Empfang,", "dort hilft Ihnen jemand weiter.", "Ja."]
    assert max(map(len, utterances("wort " * 50))) <= LONGEST


def test_the_volume_is_said_in_the_visitors_language() -> None:
    way = took(begun(), Act.CHOOSE, "fr")
    louder = replace(way, aloud=way.aloud.next_volume())
    assert [(part.language, part.text) for part in volume(louder)] == [("fr", "Volume 3")]


def test_nothing_is_shown_of_speech_to_who_reads() -> None:
    way = Way(PLAN, has_voice=True).begun(0.0)
    assert Act.SPEED not in [choice.act for choice in steps.offer(way, NOW).choices]
    assert steps.offer(way, NOW).has(Act.SPEAK, "")
    assert not steps.offer(replace(way, has_voice=False), NOW).has(Act.SPEAK, "")


@pytest.mark.parametrize("door", [OPEN, SHUT, FIRE])
def test_speech_ends_when_nobody_is_there_any_more(door: Door) -> None:
    """At a closed kiosk, too: the next visitor begins with nothing of it."""
    way = begun().at_the_door(door, 0.0)
    assert way.later(2 * IDLE_S - 1).aloud.on
    assert not way.later(2 * IDLE_S + 1).aloud.on


def test_a_new_plan_and_a_new_hour_end_nobodys_speech() -> None:
    way = begun()
    assert way.under(PLAN.model_copy(), 1.0).aloud == LISTENS
    assert way.at_the_door(SHUT, 1.0).at_the_door(OPEN, 2.0).aloud == LISTENS


def test_back_to_the_languages_keeps_the_speech_and_done_ends_it() -> None:
    way = took(took(begun(), Act.CHOOSE, "de"), Act.BACK)
    assert (way.step, way.aloud.on) == (Step.LANGUAGE, True)
    number = took(took(took(took(way, Act.CHOOSE, "de"), Act.CHOOSE), Act.CHOOSE, "neu"), Act.PRINT)
    left = took(number.holds(2.0, may_leave=True, may_cancel=True), Act.DONE)
    assert (left.step, left.aloud.on) == (Step.LANGUAGE, False)


def test_who_is_led_away_from_speech_keeps_the_number_that_is_being_printed() -> None:
    number = took(took(took(took(begun(), Act.CHOOSE, "de"), Act.CHOOSE), Act.CHOOSE, "neu"), Act.PRINT)
    assert ended(number, 1.0).offer == number.offer
    assert begins(number, 1.0, LISTENS) is number
