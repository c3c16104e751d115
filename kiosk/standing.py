"""Where a visit stands, for a visitor who holds a ticket to the scanner of a kiosk."""

from __future__ import annotations

from dataclasses import replace

from shared.model import Standing
from shared.store.database import Transaction
from shared.verbs.learned.promises import wait_of
from shared.verbs.look_up import find_scanned
from shared.views.visit import standing_of


def read_standing(t: Transaction, scanned: str) -> Standing:
    """The visit of a scanned ticket. Raises NumberUnknown for anything else, OtherDay for a ticket of another day."""
    visit_id = find_scanned(t, scanned)
    return replace(standing_of(t, visit_id), wait=wait_of(t, visit_id))
