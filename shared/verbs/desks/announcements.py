"""One screen of an area speaks a call: the first one that claims it."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from shared.model import AnnouncementState
from shared.store import schema
from shared.store.database import Transaction


def claim_announcement(t: Transaction, call_id: int, ring: int, area: str, languages: Sequence[str]) -> bool:
    """Claim one ring of a call, to speak it in an area ("" for all). False if another screen has claimed it."""
    key = {"call_id": call_id, "ring": ring, "area": area}
    if t.execute(sa.select(schema.announcement.c.state).filter_by(**key)).one_or_none():
        return False
    t.execute(sa.insert(schema.announcement), {**key, "state": AnnouncementState.CLAIMED, "languages": list(languages)})
    return True


def settle_announcement(t: Transaction, call_id: int, ring: int, area: str, outcome: AnnouncementState) -> bool:
    """Store the outcome of a claimed announcement. False if it was not claimed, or is settled already."""
    key = {"call_id": call_id, "ring": ring, "area": area}
    statement = sa.update(schema.announcement).filter_by(**key, state=AnnouncementState.CLAIMED)
    return t.execute(statement.values(state=outcome)).rowcount == 1
