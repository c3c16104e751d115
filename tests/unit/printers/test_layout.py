"""A ticket's picture: readable by people and phones, in every language, on every paper."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
import zxingcpp
from babel.messages.extract import extract_from_file
from PIL import ImageOps

import printers
from printers import layout, sheet
from printers.escpos import print_picture
from printers.layout import Paper, ticket_picture
from printers.samples import SAMPLE_WAIT
from printers.virtual import VirtualPrinter
from shared.config import Plan
from shared.errors import ConfigInvalid, PrinterUnavailable
from shared.language import LANGUAGES, language
from shared.model import Need, PrintState, Stop, StopState, Ticket, Wait
from tests.support.paper import codes

Tickets = Callable[..., Ticket]
Plans = Callable[..., Plan]
PAPERS = (Paper(576, 203), Paper(512, 180), Paper(384, 203))


def said(
    monkeypatch: pytest.MonkeyPatch, ticket: Ticket, plan: Plan, wait: Wait | None = SAMPLE_WAIT, **options: int
) -> list[str]:
    """The texts on a ticket, piece by piece."""
    pieces: list[str] = []
    printable = sheet.printable

    def noting(text: str) -> str:
        pieces.append(printable(text))
        return pieces[-1]

    monkeypatch.setattr(sheet, "printable", noting)
    ticket_picture(ticket, plan, wait=wait, **options)  # type: ignore[arg-type]
    return list(dict.fromkeys(pieces))


@pytest.mark.parametrize(("tag", "url"), [*product(LANGUAGES, ("https://w.example/t/", None))])
def test_a_phone_reads_the_code_from_the_paper(
    printer: VirtualPrinter, tag: str, url: str | None, a_ticket: Tickets, centre: Plans
) -> None:
    plan, ticket = centre(url), a_ticket(tag, 6)
    receipt = print_picture(printer.url, ticket_picture(ticket, plan, wait=SAMPLE_WAIT))
    assert receipt.state is PrintState.PRINTED
    assert len(printer.papers) == 1
    assert codes(printer) == [plan.qr_text(ticket.token)]
    assert printer.errors == []


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_machine_reads_the_number_too(
    tag: str, plan: Plan, a_ticket: Tickets, need: Callable[[str], None], tmp_path: Path
) -> None:
    need("tesseract")
    picture = ticket_picture(a_ticket(tag, 4), plan, wait=SAMPLE_WAIT).convert("L")
    # As seen over somebody's shoulder: a quarter of the size, with some table around it.
    number = picture.crop((0, 95, picture.width, 240)).reduce(4)
    ImageOps.expand(number, 40, 255).save(tmp_path / "number.png")
    command = ["tesseract", str(tmp_path / "number.png"), "-", "--psm", "7", "-l", "eng"]
    found = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
    assert re.search(r"A\s*[0O]17", found), found


@pytest.mark.parametrize(("tag", "paper", "stops"), [*product(LANGUAGES, PAPERS, (0, 1, 6))])
def test_a_slip_is_as_wide_as_the_paper_and_not_too_long(
    tag: str, paper: Paper, stops: int, plan: Plan, a_ticket: Tickets
) -> None:
    ticket = a_ticket(tag, stops) if stops else replace(a_ticket(tag), stops=())
    picture = ticket_picture(ticket, plan, paper, wait=SAMPLE_WAIT)
    assert picture.mode == "1"
    assert picture.width == paper.dots
    assert paper.in_mm(picture.height) <= layout.LONGEST_MM
    assert picture.info["dpi"] == (paper.dpi, paper.dpi)


@pytest.mark.parametrize("tag", LANGUAGES)
def test_even_the_fullest_slip_is_not_too_long(tag: str, plan: Plan, a_demanding_ticket: Tickets) -> None:
    picture = ticket_picture(a_demanding_ticket(tag), plan, training=True, copy=3, wait=SAMPLE_WAIT)
    assert Paper().in_mm(picture.height) <= layout.LONGEST_MM


@pytest.mark.parametrize(("paper", "code"), [*product(PAPERS, ("A017", "W999", "A1000"))])
def test_the_number_is_at_least_12_mm_high(paper: Paper, code: str) -> None:
    number = layout.big_number(code, paper, paper.dots - 24, 12, 18)
    assert paper.in_mm(number.height) >= 11.9
    assert number.width <= paper.dots - 24


def test_letter_and_digits_stand_apart() -> None:
    number = layout.big_number("A017", Paper(), 552, 12, 18)
    columns = [number.crop((x, 0, x + 1, number.height)).getextrema()[0] < 128 for x in range(number.width)]
    gaps = [len(run) for run in re.findall("0+", "".join("01"[inked] for inked in columns))]
    assert len(gaps) == 3
    assert gaps[0] == max(gaps)


def test_nothing_touches_the_edge(plan: Plan, a_demanding_ticket: Tickets) -> None:
    for tag in LANGUAGES:
        picture = ticket_picture(a_demanding_ticket(tag), plan, wait=SAMPLE_WAIT)
        left, _, right, _ = picture.convert("L").point(lambda grey: 255 - grey).getbbox() or (0, 0, 0, 0)
        assert left >= 8
        assert right <= 576 - 8


def test_an_arabic_slip_begins_on_the_right(plan: Plan, a_ticket: Tickets) -> None:
    """The QR code is on the side where lines begin."""
    found = {}
    for tag in ("de", "ar"):
        (code,) = zxingcpp.read_barcodes(ticket_picture(a_ticket(tag), plan, wait=SAMPLE_WAIT).convert("L"))
        found[tag] = code.position.top_left.x
    assert found["de"] < 288 < found["ar"]


def test_arabic_letters_are_joined_or_nothing_is_printed(
    plan: Plan, monkeypatch: pytest.MonkeyPatch, a_ticket: Tickets
) -> None:
    monkeypatch.setattr(sheet.features, "check", lambda name: name != "raqm")
    with pytest.raises(PrinterUnavailable, match="raqm"):
        ticket_picture(a_ticket("ar"), plan, wait=SAMPLE_WAIT)


def test_a_slip_says_what_is_next_in_two_languages(
    monkeypatch: pytest.MonkeyPatch, plan: Plan, a_ticket: Tickets
) -> None:
    pieces = said(monkeypatch, a_ticket("uk", 2), plan)
    for piece in (
        "Ваш номер · Ihre Nummer",
        "4 особи · 4 Personen",
        "Зареєструвати адресу",
        "Adresse anmelden",
        "Зона очікування 1",
        "Wartebereich 1",
        "Фото та відбитки пальців",
        "Foto und Fingerabdrücke",
        "Чекати приблизно 20–35 хв.",
        "Номер безкоштовний. Нікому за нього не платіть.",
        "23 листопада 2026\u202fр. · 08:05",
    ):
        assert piece in pieces


def test_without_an_estimate_no_time_is_promised(
    monkeypatch: pytest.MonkeyPatch, plan: Plan, a_ticket: Tickets
) -> None:
    assert any("20 bis 35" in piece for piece in said(monkeypatch, a_ticket(), plan))
    assert not any("Minuten" in piece for piece in said(monkeypatch, a_ticket(), plan, wait=None))


def test_the_caption_promises_no_page_where_there_is_none(
    monkeypatch: pytest.MonkeyPatch, a_ticket: Tickets, centre: Plans
) -> None:
    scan = "Scannen Sie den Code mit dem Handy. Dann sehen Sie Ihre Nummer."
    show = "Bitte behalten Sie dieses Ticket. Zeigen Sie es unserem Personal."
    assert scan in said(monkeypatch, a_ticket(), centre())
    with_none = said(monkeypatch, a_ticket(), centre(None))
    assert show in with_none
    assert scan not in with_none


def test_training_and_copies_are_marked(monkeypatch: pytest.MonkeyPatch, plan: Plan, a_ticket: Tickets) -> None:
    pieces = said(monkeypatch, a_ticket("ar"), plan, training=True, copy=2)
    assert "تجربة · PROBE" in pieces
    assert "نسخة 2" in pieces
    plain = said(monkeypatch, a_ticket("ar"), plan)
    assert not any("PROBE" in piece or "نسخة" in piece for piece in plain)


def test_interpreter_and_needs_are_said_to_visitor_and_staff(
    monkeypatch: pytest.MonkeyPatch, plan: Plan, a_ticket: Tickets
) -> None:
    ticket = replace(a_ticket("ar"), interpreter="uk", needs=(Need.STEP_FREE,))
    pieces = said(monkeypatch, ticket, plan)
    assert "ترجمة: الأوكرانية" in pieces
    assert "طريق بلا درج" in pieces
    assert "4 Personen · Dolmetschen: Ukrainisch · Weg ohne Treppen" in pieces


def test_a_reprint_shows_the_next_open_stop(monkeypatch: pytest.MonkeyPatch, plan: Plan, a_ticket: Tickets) -> None:
    stops = (Stop("anmeldung", StopState.DONE), Stop("biometrie", StopState.PLANNED))
    assert "Bitte warten Sie hier:" in said(monkeypatch, replace(a_ticket(), stops=stops), plan)
    done = tuple(Stop(stop.service, StopState.DONE) for stop in stops)
    assert "Sie sind fertig für heute. Alles Gute!" in said(monkeypatch, replace(a_ticket(), stops=done), plan)


def test_a_service_that_left_the_plan_keeps_its_key(
    monkeypatch: pytest.MonkeyPatch, plan: Plan, a_ticket: Tickets
) -> None:
    assert "konto" in said(monkeypatch, replace(a_ticket(), stops=(Stop("konto", StopState.WAITING),)), plan)


def test_a_letter_that_the_fonts_lack_is_named_and_not_printed(plan: Plan, a_ticket: Tickets) -> None:
    foreign = plan.model_copy(update={"site": plan.site.model_copy(update={"name": "到达中心"})})
    with pytest.raises(ConfigInvalid, match=r"到 \(U\+5230\)"):
        ticket_picture(a_ticket(), foreign, wait=SAMPLE_WAIT)


def test_control_sequences_of_the_plan_do_not_reach_the_paper(
    monkeypatch: pytest.MonkeyPatch, plan: Plan, a_ticket: Tickets
) -> None:
    hostile = plan.model_copy(update={"site": plan.site.model_copy(update={"name": "Haus\x1b[31m\u202e Nord"})})
    assert "Haus Nord" in said(monkeypatch, a_ticket(), hostile)


@pytest.mark.parametrize("tag", [tag for tag in LANGUAGES if tag != "en"])
def test_every_sentence_of_the_room_is_translated(tag: str) -> None:
    room = printers.__path__[0]
    keywords = {"text": None, "count": (1, 2)}
    sentences = [
        message
        for file in Path(room).glob("*.py")
        for _, message, _, _ in extract_from_file("python", file, keywords=keywords)
        if isinstance(message, str) and message
    ]
    assert len(sentences) > 15
    values = {name: name for sentence in sentences for name in re.findall(r"\{(\w+)\}", sentence)}
    say = language(tag)
    for sentence in sentences:
        translated = say._catalogue.gettext(sentence)
        assert translated != sentence
        assert sorted(re.findall(r"\{\w+\}", translated)) == sorted(re.findall(r"\{\w+\}", sentence))
        assert say.text(sentence, **values)
