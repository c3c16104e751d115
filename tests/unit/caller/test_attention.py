"""What a console says of printers that need somebody."""

from __future__ import annotations

from datetime import UTC, datetime

from caller.attention import paper
from caller.words import Words
from shared.config import Config
from shared.model import PrinterCondition, PrinterState

MOMENT = datetime(2026, 11, 23, 8, 5, tzinfo=UTC)


def said(leipzig: Config, condition: PrinterCondition, *, watched: bool) -> str:
    printer = PrinterState("empfang", condition, None, MOMENT, watched)
    return paper(Words.of(leipzig.plan, "app"), [printer])


def test_a_printer_without_paper_is_named(leipzig: Config) -> None:
    assert "empfang" in said(leipzig, PrinterCondition.PAPER_OUT, watched=True)


def test_what_nobody_watches_any_more_may_be_old_and_is_not_said(leipzig: Config) -> None:
    assert said(leipzig, PrinterCondition.PAPER_OUT, watched=False) == ""


def test_a_printer_that_is_ready_needs_no_words(leipzig: Config) -> None:
    assert said(leipzig, PrinterCondition.READY, watched=True) == ""
