"""The slip for somebody who waits for a guide."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from printers.coming import LONGEST_MM, coming_picture
from printers.sheet import Paper
from printers.spool import Spool
from printers.virtual import VirtualPrinter
from shared.config import Config
from shared.language import LANGUAGES
from shared.model import Assistance, AssistanceKind, AssistanceState, GuideReason, PrintKind, PrintState
from shared.store import schema
from shared.store.database import Database
from shared.verbs import assistance
from shared.verbs.paper import print_jobs
from shared.views.in_force import plan_in_force
from shared.views.paper import read_print_job
from tests.support.paper import codes

WIDE, NARROW = Paper(), Paper(384, 203)
AT = datetime(2026, 11, 23, 7, 5, tzinfo=UTC)


def waiting_for(language: str | None, area: str | None = "empfang") -> Assistance:
    return Assistance(
        7, AssistanceKind.GUIDE, AssistanceState.OPEN, language, area, None, "eingang_1", GuideReason.MINOR, "A017",
        None, AT, AT, 0, 1
    )  # fmt: skip


@pytest.mark.parametrize("language", [*LANGUAGES, "so", None])
@pytest.mark.parametrize("paper", [WIDE, NARROW], ids=["wide", "narrow"])
def test_it_is_short_on_every_paper_in_every_language(leipzig: Config, language: str | None, paper: Paper) -> None:
    picture = coming_picture(waiting_for(language), leipzig.plan, paper, training=True)
    assert picture.width == paper.dots
    assert paper.in_mm(picture.height) <= LONGEST_MM


def test_it_has_the_words_of_the_visitor_and_of_the_house_and_neither_number_nor_reason(
    leipzig: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr("printers.sheet.Sheet.text", lambda _self, text, *_, **__: said.append(text))
    coming_picture(waiting_for("uk"), leipzig.plan, WIDE)
    told = " ".join(said)
    assert "До вас підійдуть." in told
    assert "Es kommt jemand zu Ihnen." in told
    assert leipzig.plan.areas["empfang"].name["de"] in told
    assert not any(word in told for word in ("A017", "017", "minor", "18"))


def test_where_to_wait_is_said_only_where_the_plan_knows_it(leipzig: Config) -> None:
    known, unknown = (coming_picture(waiting_for("uk", area), leipzig.plan, WIDE) for area in ("empfang", None))
    assert unknown.height < known.height


def asked_for(database: Database, printer: VirtualPrinter) -> tuple[Assistance, int]:
    """A guide, and the id of the slip."""
    ask = assistance.ask_for_guide
    one = database.do(ask, GuideReason.UNSURE, "eingang_1", "ti", None, None, printer.url)
    [slip] = database.read(lambda t: t.execute(schema.print_job.select()).all())
    assert (slip.kind, slip.assistance_id, slip.visit_id) == (PrintKind.COMING, one.id, None)
    return one, slip.id


def test_it_comes_out_of_the_printer_of_the_kiosk_and_no_scanner_reads_it(
    database: Database, printer: VirtualPrinter
) -> None:
    _, slip = asked_for(database, printer)
    plan = database.read(plan_in_force)
    Spool(database, lambda: plan, printer.url, training=False).round()
    assert database.read(read_print_job, slip).state is PrintState.PRINTED
    assert (len(printer.papers), codes(printer)) == (1, [])


def test_it_is_not_printed_once_nobody_comes_any_more(database: Database, printer: VirtualPrinter) -> None:
    one, slip = asked_for(database, printer)
    database.do(assistance.cancel, one.id)
    plan = database.read(plan_in_force)
    Spool(database, lambda: plan, printer.url, training=False).round()
    assert database.read(read_print_job, slip).detail == print_jobs.TOO_OLD
    assert printer.papers == []
