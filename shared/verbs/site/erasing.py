"""While nobody is at work, purged data is also erased from the database's files."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from shared.store import erasure, schema
from shared.store.database import Database, Transaction

QUIET = timedelta(minutes=5)
"""If nobody has done anything for this long, nobody is at work."""
_OF_ITSELF = ("apply", "console_lost", "day_end", "due", "purge")
"""Events that happen without anybody at work."""

_AT_WORK = sa.exists().where(
    schema.event.c.site == sa.bindparam("wanted_site"),
    schema.event.c.at > sa.bindparam("since", type_=schema.event.c.at.type),
    schema.event.c.at <= sa.bindparam("moment", type_=schema.event.c.at.type),
    schema.event.c.kind.not_in(_OF_ITSELF),
)


def erase_in_sleep(database: Database) -> bool:
    """Erase purged data if nobody is at work; True if nothing of it is left in the files.

    Faces and commands call it again and again, because another process may have been reading.
    """
    owed, at_work = database.read(lambda t: (erasure_is_owed(t), _somebody_is_at_work(t)))
    return not owed or (not at_work and database.erase())


def erasure_is_owed(t: Transaction) -> bool:
    """Whether purged data may still be found in the files."""
    return erasure.owes(t.connection)


def _somebody_is_at_work(t: Transaction) -> bool:
    values = {"wanted_site": t.site, "since": t.now - QUIET, "moment": t.now}
    found: bool = t.execute(sa.select(_AT_WORK), values).scalar_one()
    return found
