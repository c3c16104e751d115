"""The centre's logo on paper: at the top, of limited height, and never at the cost of anything else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw

from printers.escpos import print_picture
from printers.layout import LONGEST_MM, ticket_picture
from printers.leaflet import leaflet_picture
from printers.logo import logo_on
from printers.samples import SAMPLE_WAIT
from printers.sheet import Paper
from printers.virtual import VirtualPrinter
from shared.config import Plan
from shared.config.logo import dots_of
from shared.language import LANGUAGES
from shared.model import PrintState, Ticket
from tests.support.paper import codes_on

PAPERS = (Paper(), Paper(512, 180), Paper(384, 203))


@pytest.fixture
def logo_plan(plan: Plan, tmp_path: Path) -> Plan:
    """The small centre with a logo: a ring."""
    drawing = Image.new("L", (300, 300), 255)
    ImageDraw.Draw(drawing).ellipse((20, 20, 280, 280), outline=0, width=60)
    drawing.save(tmp_path / "logo.png")
    logo = dots_of(tmp_path / "logo.png")
    return plan.model_copy(update={"site": plan.site.model_copy(update={"logo": logo})})


def black(picture: Image.Image) -> Image.Image:
    return ImageChops.invert(picture.convert("L"))


@pytest.mark.parametrize("tag", ["de", "ar"])
def test_the_logo_stands_in_the_middle_above_the_name(
    tag: str, plan: Plan, logo_plan: Plan, a_ticket: Callable[..., Ticket]
) -> None:
    short = replace(a_ticket(tag), stops=())  # so that nothing has to be set smaller to make room
    with_logo, without = (ticket_picture(short, each, wait=SAMPLE_WAIT) for each in (logo_plan, plan))
    logo = logo_on(Paper(), logo_plan)
    assert logo
    top, left = 8, (576 - logo.width) // 2
    assert with_logo.crop((left, top, left + logo.width, top + logo.height)).tobytes() == logo.tobytes()
    assert black(with_logo.crop((0, 0, 576, top + logo.height))).getbbox() == (
        left,
        top,
        left + logo.width,
        8 + logo.height,
    )
    # Below the logo, the slip is the same as one without a logo.
    rest = with_logo.height - without.height
    assert with_logo.crop((0, top + rest, *with_logo.size)).tobytes() == without.crop((0, top, *without.size)).tobytes()


@pytest.mark.parametrize(("tag", "paper"), [*product(LANGUAGES, PAPERS)])
def test_six_stops_are_not_too_long_with_a_logo(
    tag: str, paper: Paper, logo_plan: Plan, a_ticket: Callable[..., Ticket]
) -> None:
    ticket = a_ticket(tag, 6)
    picture = ticket_picture(ticket, logo_plan, paper, wait=SAMPLE_WAIT)
    assert paper.in_mm(picture.height) <= LONGEST_MM
    assert codes_on(picture) == [logo_plan.qr_text(ticket.token)]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_even_the_fullest_slip_with_a_logo_is_not_too_long(
    tag: str, logo_plan: Plan, a_demanding_ticket: Callable[..., Ticket]
) -> None:
    picture = ticket_picture(a_demanding_ticket(tag), logo_plan, training=True, copy=3, wait=SAMPLE_WAIT)
    assert Paper().in_mm(picture.height) <= LONGEST_MM
    assert len(codes_on(picture)) == 1


@pytest.mark.parametrize("paper", PAPERS)
def test_a_logo_is_at_most_12_mm_high_and_never_wider_than_the_paper(
    paper: Paper, plan: Plan, logo_plan: Plan, tmp_path: Path
) -> None:
    ring = logo_on(paper, logo_plan)
    assert ring
    assert 11.5 <= paper.in_mm(ring.height) <= 12.1
    assert ring.width == pytest.approx(ring.height, abs=2)
    Image.new("L", (2000, 300)).save(tmp_path / "wide.png")
    wide = logo_on(
        paper, plan.model_copy(update={"site": plan.site.model_copy(update={"logo": dots_of(tmp_path / "wide.png")})})
    )
    assert wide
    assert wide.width <= paper.dots - 2 * paper.in_dots(1.5)


def test_a_logo_comes_out_of_the_printer(
    printer: VirtualPrinter, logo_plan: Plan, a_ticket: Callable[..., Ticket]
) -> None:
    slip = ticket_picture(a_ticket("ar", 4), logo_plan, wait=SAMPLE_WAIT)
    assert print_picture(printer.url, slip).state is PrintState.PRINTED
    with Image.open(printer.papers[0]) as paper:
        assert paper.crop((0, 0, *slip.size)).tobytes() == slip.tobytes()
        assert len(codes_on(paper)) == 1


def test_leaflets_have_it_too(plan: Plan, logo_plan: Plan) -> None:
    heights = [leaflet_picture("anmeldung", "uk", each, Paper()).height for each in (plan, logo_plan)]
    assert 96 <= heights[1] - heights[0] <= 108


def test_the_name_of_a_file_draws_nothing(plan: Plan) -> None:
    """As read from config.toml, before anything was applied."""
    assert logo_on(Paper(), plan.model_copy(update={"site": plan.site.model_copy(update={"logo": "logo.png"})})) is None
