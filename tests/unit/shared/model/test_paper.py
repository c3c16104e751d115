"""What a visitor is told follows from what is known of the slip, never from a sentence."""

from __future__ import annotations

import pytest

from shared.model import Doubt, PrinterCondition, PrintJob, PrintState


def slip(state: PrintState, doubt: Doubt | None = None, detail: str | None = None) -> PrintJob:
    return PrintJob(1, "empfang", state, detail, doubt=doubt)


def test_a_slip_seems_out_when_it_is_printed_or_only_nobody_says_so() -> None:
    assert slip(PrintState.PRINTED).seems_out
    assert slip(PrintState.UNPROVEN, Doubt.SILENCE).seems_out
    assert not slip(PrintState.UNPROVEN, Doubt.TROUBLE).seems_out
    assert not slip(PrintState.UNPROVEN, Doubt.LOST).seems_out
    assert not slip(PrintState.SENDING).seems_out


def test_a_slip_is_stuck_when_it_was_its_turn_and_it_waits_again() -> None:
    assert not slip(PrintState.QUEUED).is_stuck
    assert slip(PrintState.QUEUED, detail="the printer has no paper").is_stuck
    assert not slip(PrintState.FAILED, detail="the printer has no paper").is_stuck


@pytest.mark.parametrize("condition", PrinterCondition)
def test_a_slip_is_sent_to_a_printer_that_may_print(condition: PrinterCondition) -> None:
    assert condition.can_print == (condition in ("ready", "paper_low", "unproven"))
