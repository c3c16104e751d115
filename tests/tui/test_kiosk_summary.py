"""One look before paper comes, touched as visitors touch it."""

from __future__ import annotations

import pytest

from faces.text import Phrase
from kiosk.moves import Act, Step
from kiosk.widgets.foot import Foot
from kiosk.widgets.label import LabelView
from kiosk.widgets.summary import Stepper
from kiosk.wish import INTERPRETER, Person
from shared.centre import Centre
from shared.language import language
from shared.language.terminal_text import visual_lines
from shared.model import GuideReason, Need
from shared.verbs.look_up import find_ticket
from tests.support.screens import until
from tests.tui.visitor import WRONG_S, Visitor, guides, tickets, visitor


async def test_a_family_counts_itself_and_says_what_it_needs(centre: Centre) -> None:
    async with visitor(centre) as one:
        await one.touches("uk")
        await one.touches("neu_familie")
        await one.comes_to(Step.SUMMARY)
        await one.looks()
        for person in (Person.ADULTS, Person.CHILDREN, Person.CHILDREN):
            await one.taps(one.signs(Act.ADD, person))
            one.passes(0.5)
        await one.touches(one.signs(Act.SWITCH, INTERPRETER))
        await one.touches(one.signs(Act.NEEDS))
        await one.comes_to(Step.NEEDS)
        for need in (Need.SEEING, Need.GUIDE):
            await one.touches(one.signs(Act.SWITCH, need))
        await one.touches("#forward")
        await one.prints()
        await until(lambda: one.code == "A001")
        await until(lambda: guides(centre))
    assert [(asked.reason, asked.code) for asked in guides(centre)] == [(GuideReason.NEED, "A001")]
    ticket = centre.database.read(find_ticket, "A001")
    assert (ticket.adults, ticket.children, ticket.interpreter) == (2, 2, "uk")
    assert ticket.needs == (Need.GUIDE, Need.SEEING)


async def test_a_number_that_was_wrong_is_cancelled_and_the_visitor_begins_anew(centre: Centre) -> None:
    async with visitor(centre) as one:
        await one.goes("en", "neu")
        await until(lambda: one.code == "A001")
        await one.touches("#back")
        await one.comes_to(Step.NOTICE)
        assert one.text("word") == "Number A 001 is no longer valid. Please do not use it."
        assert tickets(centre) == []
        await one.touches("#back")
        await one.comes_to(Step.LANGUAGE)
        await one.goes("en", "adresse")
        await until(lambda: one.code == "A002")
        one.passes(WRONG_S)
        assert not one.screen.query_one(Foot).region_of("back")
    assert tickets(centre) == ["A002"]


@pytest.mark.parametrize(
    ("tag", "size"),
    [("fr", (60, 18)), ("ti", (60, 18)), ("ar", (60, 18)), ("ar", (200, 60))],
)
async def test_everything_to_look_at_before_paper_comes_has_room(
    centre: Centre, tag: str, size: tuple[int, int]
) -> None:
    async with visitor(centre, size=size) as one:
        await one.touches(tag)
        await one.touches("neu_familie")
        for service in ("konto", "arbeit", "deutsch"):
            await one.comes_to(Step.SUMMARY)
            await one.touches(one.signs(Act.ANOTHER))
            await one.touches(service)
        await one.comes_to(Step.SUMMARY)
        await one.touches(one.signs(Act.SWITCH, Need.STEP_FREE))
        await one.looks()
        assert all(len(word) > 1 for line in people(one) for word in line.split() if word.isalpha())
        summary = one.screen.query_one("#summary")
        for phrase in (found for found in summary.query(Phrase) if found.text and found.region):
            assert summary.region.contains_region(phrase.region), phrase.text
            assert len(phrase.lines(phrase.content_size.width)) <= phrase.size.height, phrase.text
        for label in (found for found in summary.query(LabelView) if found.label and found.region):
            lines = [line.plain for line in label.lines(label.content_size.width)]
            assert label.content_size.height >= len(lines), "the concerns and the state of each switch are there"
            assert not label.label.sentence or lines[-1].split()[-1] in visual(label.label.sentence, tag)
        for found in one.touchables():
            assert found.region.height >= 3
            assert one.screen.region.contains_region(found.region), found.offers


def people(one: Visitor) -> list[str]:
    """The lines of who comes: words are not broken into letters."""
    return [stepper.render_line(y).text for stepper in one.screen.query(Stepper) for y in range(stepper.size.height)]


def visual(sentence: str, tag: str) -> str:
    return visual_lines(sentence, 200, language(tag).direction)[0]


async def test_another_language_while_a_number_is_given_loses_nothing(centre: Centre) -> None:
    async with visitor(centre) as one:
        await one.goes("de", "adresse")
        await one.touches(one.signs(Act.LANGUAGE))
        await one.comes_to(Step.REREAD)
        await until(lambda: one.code == "A001")
        await one.touches("en")
        await one.comes_to(Step.TICKET)
        assert (one.code, one.text("intro")) == ("A001", "Your number")
        await one.touches(one.signs(Act.HELP))
        await until(lambda: guides(centre))
        await one.touches("#back")
        assert (one.step, one.code) == (Step.TICKET, "A001")
    assert [asked.code for asked in guides(centre)] == ["A001"]
    assert centre.database.read(find_ticket, "A001").language == "de", "the paper stays as it is"
