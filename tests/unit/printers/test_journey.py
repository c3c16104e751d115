"""The stops of a ticket, read by somebody who has never seen one: numbered, each with its pictogram and its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import product
from math import ceil

import pytest
import zxingcpp
from PIL import Image

from printers.layout import LONGEST_MM, Paper, ticket_picture
from printers.samples import SAMPLE_WAIT, sample_ticket
from printers.sheet import INK, Sheet, Style
from shared.config import Config, Plan
from shared.config.plan import KioskPlan, NeedPlan, text_in
from shared.language import LANGUAGES, Language
from shared.language.drawing import pictogram
from shared.model import Need, Stop, StopState, Ticket

Tickets = Callable[..., Ticket]
PAPERS = (Paper(576, 203), Paper(512, 180), Paper(384, 203))


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Style]]:
    """Every line that is put on paper, and how; the last try of a slip is at the end."""
    put: list[tuple[str, Style]] = []
    as_before = Sheet.line

    def noting(
        self: Sheet, line: str, at: tuple[int, int], anchor: str, style: Style, say: Language, ink: int = INK
    ) -> None:
        put.append((line, style))
        as_before(self, line, at, anchor, style, say, ink)

    monkeypatch.setattr(Sheet, "line", noting)
    return put


def family(plan: Plan, tag: str) -> Ticket:
    """The six stops of a family in the example centre."""
    first, *others = plan.packages["neu_familie"].services
    stops = (Stop(first, StopState.WAITING), *(Stop(service, StopState.PLANNED) for service in others))
    return replace(sample_ticket(plan, tag), stops=stops)


def last_try(lines: list[tuple[str, Style]], plan: Plan) -> list[tuple[str, Style]]:
    start = max(place for place, (line, _) in enumerate(lines) if line == plan.site.name)
    return lines[start:]


def rows_of(names: list[str], picture: Image.Image, direction: str) -> list[int]:
    """The row where each pictogram begins, all of one size of five to six millimetres, where lines start."""
    for side in range(34, 49):
        left = 12 if direction == "ltr" else picture.width - 12 - side
        strip = picture.crop((left, 0, left + side, picture.height)).tobytes()
        rows = [strip.find(as_dots(name, side)) // ceil(side / 8) for name in names]
        if max(rows) > 0:
            return rows
    return []


def as_dots(name: str, side: int) -> bytes:
    """A pictogram as a printer gets it."""
    return pictogram(name, side).point([0 if ink > 105 else 255 for ink in range(256)]).convert("1").tobytes()


@pytest.mark.parametrize(("tag", "dots"), [("de", 576), ("uk", 384), ("ar", 576), ("ar", 384)])
def test_each_stop_has_its_pictogram_in_order_where_lines_begin(leipzig: Config, tag: str, dots: int) -> None:
    plan, ticket = leipzig.plan, family(leipzig.plan, tag)
    picture = ticket_picture(ticket, plan, Paper(dots), wait=SAMPLE_WAIT)
    names = [plan.services[stop.service].pictogram or "" for stop in ticket.stops]
    rows = rows_of(names, picture, "rtl" if tag == "ar" else "ltr")
    assert len(rows) == 6
    assert min(rows) > 0
    assert rows == sorted(rows)


@pytest.mark.parametrize(("tag", "paper"), [*product(LANGUAGES, PAPERS)])
def test_the_stops_of_a_family_are_numbered_and_each_says_where(
    lines: list[tuple[str, Style]], leipzig: Config, tag: str, paper: Paper
) -> None:
    """And however full a slip is, nobody needs a magnifying glass for it."""
    plan = leipzig.plan
    picture = ticket_picture(family(plan, tag), plan, paper, wait=SAMPLE_WAIT)
    assert paper.in_mm(picture.height) <= LONGEST_MM
    put = last_try(lines, plan)
    said = [line for line, _ in put]
    assert [line for line in said if line in "123456"] == list("123456")
    places = [text_in(plan.areas[plan.services[key].area].name, tag) for key in plan.packages["neu_familie"].services]
    assert [line for line in said if line in places] == places
    assert min(style.em_mm for _, style in put) >= 2.38


def test_the_next_stop_says_how_to_find_its_place(lines: list[tuple[str, Style]], leipzig: Config) -> None:
    ticket = sample_ticket(leipzig.plan, "uk")
    ticket_picture(ticket, leipzig.plan, wait=SAMPLE_WAIT)
    area = leipzig.plan.areas[leipzig.plan.services[ticket.stops[0].service].area]
    assert area.sentence["uk"] in " ".join(line for line, _ in last_try(lines, leipzig.plan))


@pytest.mark.parametrize("paper", PAPERS)
def test_twelve_stops_have_their_numbers_in_front_of_their_names(
    monkeypatch: pytest.MonkeyPatch, leipzig: Config, paper: Paper
) -> None:
    rows: dict[str, int] = {}
    monkeypatch.setattr(Sheet, "line", lambda _, line, at, *_how: rows.update({line: at[1]}))
    stops = tuple(Stop(service, StopState.PLANNED) for service in leipzig.plan.services)
    ticket_picture(replace(sample_ticket(leipzig.plan, "de"), stops=stops), leipzig.plan, paper)
    for number, service in list(enumerate(leipzig.plan.services.values(), 1))[1:]:
        (first_line,) = (
            line for line in rows if service.name["de"].startswith(line) and rows[line] == rows[str(number)]
        )
        assert first_line


def test_one_stop_alone_needs_no_number(lines: list[tuple[str, Style]], plan: Plan, a_ticket: Tickets) -> None:
    ticket_picture(a_ticket("de", 1), plan)
    assert "1" not in [line for line, _ in lines]


def test_a_stop_that_is_done_has_a_tick_for_its_number(
    lines: list[tuple[str, Style]], plan: Plan, a_ticket: Tickets, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticked: list[int] = []
    as_before = Sheet.tick
    monkeypatch.setattr(Sheet, "tick", lambda self, *where: ticked.append(self.y) or as_before(self, *where))
    states = (StopState.DONE, StopState.WAITING, StopState.PLANNED)
    ticket = a_ticket("de", 3)
    stops = tuple(replace(stop, state=state) for stop, state in zip(ticket.stops, states, strict=True))
    ticket_picture(replace(ticket, stops=stops), plan)
    assert [line for line, _ in last_try(lines, plan) if line in ("1", "2", "3")] == ["2", "3"]
    assert ticked


@pytest.mark.parametrize(
    "name",
    ["Erstaufnahmeeinrichtung Niederösterreich-Süd", "Ankunftszentrum der Landeshauptstadt Saarbrücken", "Haus Nord"],
)
@pytest.mark.parametrize("paper", PAPERS)
def test_names_are_broken_between_words_alone(
    lines: list[tuple[str, Style]], plan: Plan, a_ticket: Tickets, name: str, paper: Paper
) -> None:
    named = plan.model_copy(update={"site": plan.site.model_copy(update={"name": name})})
    services = {key: service.model_copy(update={"name": {"de": name}}) for key, service in plan.services.items()}
    ticket_picture(a_ticket("de", 2), named.model_copy(update={"services": services}), paper)
    words = [word for line, _ in lines for word in line.split()]
    # A word that is broken has a longer part; shorter ones are words of their own ("der").
    assert {word for word in words if word in name and len(word) > 3} <= set(name.split())
    assert set(name.split()) <= set(words)


def test_a_word_that_needs_the_whole_width_stands_below_what_is_in_front_of_it(
    monkeypatch: pytest.MonkeyPatch, plan: Plan, a_ticket: Tickets
) -> None:
    tops: dict[str, int] = {}
    monkeypatch.setattr(Sheet, "line", lambda _, line, at, *_how: tops.setdefault(line, at[1]))
    long = "Aufenthaltserlaubnisabholungen"
    for pictogram_name in ("id_card", None):
        tops.clear()
        own = {"name": {"de": long}, "pictogram": pictogram_name}
        services = {key: service.model_copy(update=own) for key, service in plan.services.items()}
        ticket_picture(a_ticket("de", 2), plan.model_copy(update={"services": services}), Paper(384))
        assert tops[long] > tops["1"]


def test_no_line_begins_with_a_dot_between_two_things(
    lines: list[tuple[str, Style]], plan: Plan, a_demanding_ticket: Tickets
) -> None:
    for paper in PAPERS:
        ticket_picture(a_demanding_ticket("uk"), plan, paper, wait=SAMPLE_WAIT)
    assert any("·" in line for line, _ in lines)
    assert not any(line.startswith("·") for line, _ in lines)


def test_only_a_word_that_is_wider_than_the_paper_is_broken_within(
    lines: list[tuple[str, Style]], plan: Plan, a_ticket: Tickets
) -> None:
    endless = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
    named = plan.model_copy(update={"site": plan.site.model_copy(update={"name": endless})})
    ticket_picture(a_ticket("de", 1), named, Paper(384))
    assert "".join(line for line, _ in lines if line in endless).startswith(endless)


@pytest.mark.parametrize(
    ("scanners", "kiosk", "url"),
    [*product((True, False), (False,), ("https://w.example/t/", None)), (False, True, None)],
)
def test_a_code_is_printed_only_where_something_reads_it(
    plan: Plan, a_ticket: Tickets, scanners: bool, kiosk: bool, url: str | None
) -> None:
    site = plan.site.model_copy(update={"scanners": scanners, "public_url": url})
    centre = plan.model_copy(update={"site": site, "kiosks": kiosks(scanner=kiosk)})
    picture = ticket_picture(a_ticket("de", 2), centre, wait=SAMPLE_WAIT)
    read = [code.text for code in zxingcpp.read_barcodes(picture.convert("L"))]
    assert read == ([f"{url or ''}{a_ticket().token}"] if scanners or kiosk or url else [])


def kiosks(*, scanner: bool) -> dict[str, KioskPlan]:
    return {"eingang": KioskPlan(area="halle", scanner=scanner)}


@pytest.mark.parametrize(("scanner", "said"), [(True, "an den Ticketautomaten"), (False, "am Empfang")])
def test_the_ticket_names_what_reads_it(
    lines: list[tuple[str, Style]], plan: Plan, a_ticket: Tickets, scanner: bool, said: str
) -> None:
    ticket_picture(a_ticket("de", 1), plan.model_copy(update={"kiosks": kiosks(scanner=scanner)}))
    told = " ".join(line for line, _ in lines)
    assert [word for word in ("an den Ticketautomaten", "am Empfang") if word in told] == [said]


def test_a_need_is_shown_by_the_pictogram_of_the_plan(plan: Plan, a_ticket: Tickets) -> None:
    ticket = replace(a_ticket("de", 1), needs=(Need.QUIET_ROOM,))
    own = plan.model_copy(update={"needs": {Need.QUIET_ROOM: NeedPlan(pictogram="door")}})
    assert ticket_picture(ticket, plan).tobytes() != ticket_picture(ticket, own).tobytes()
