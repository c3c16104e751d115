"""The time of a site: what a process remembers of it, and the row that all its processes share."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from shared.clock import Clock
from shared.rules.belief import Apart, Belief, Look, Memory, Now, Reading, glance, look, shown
from shared.store import predicates, schema
from shared.store.backend import Backend, insert_of
from shared.store.prepared import Prepared
from shared.store.types import later

_CLOCK = schema.clock.c
_WANTED = sa.bindparam("wanted_site", type_=sa.Text)
_BELIEF = Prepared(sa.select(schema.clock).where(_CLOCK.site == _WANTED))
_HELD = Prepared(sa.select(schema.clock).where(_CLOCK.site == _WANTED).with_for_update())
_LAST_STAMP = Prepared(
    sa.select(schema.event.c.at).where(schema.event.c.site == _WANTED).order_by(schema.event.c.id.desc()).limit(1)
)
_SITE = Prepared(sa.select(schema.site.c.key).where(schema.site.c.key == _WANTED))
_EVENT = Prepared(sa.insert(schema.event).inline(), "site", "at", "kind")

_DEADLINES: dict[sa.Column[Any], sa.ColumnElement[bool]] = {
    schema.stop.c.due_at: schema.stop.c.due_at.is_not(None),
    schema.ended_stop.c.due_at: schema.ended_stop.c.due_at.is_not(None),
    schema.desk_state.c.lease_until: schema.desk_state.c.lease_until.is_not(None),
    schema.printer_state.c.lease_until: schema.printer_state.c.lease_until.is_not(None),
    schema.step.c.at: sa.true(),
    schema.print_job.c.created_at: predicates.queued(schema.print_job.c.state),
}
"""Open moments that are measured against the believed one: they move with a jump, as if there had been none."""


@dataclass(frozen=True, slots=True)
class Glance:
    """What the clock shows at one moment, and the steady seconds at that moment."""

    wall: datetime
    steady: float


class SiteTime:
    """The time of a site as one process knows it. Safe to use from several threads.

    This process alone never decides what is believed: rules/belief.py does, and all processes share the result.
    """

    def __init__(self, site: str, backend: Backend, clock: Clock) -> None:
        """`clock` may be another one than the backend's, such as a test's."""
        self._site, self._backend, self._clock = site, backend, clock
        self._memory: Memory | None = None

    def glance(self) -> Glance:
        """Only read the clock."""
        return Glance(self._clock.now(), self._clock.steady())

    def stale(self) -> bool:
        """Whether it is time to look, or the clock shows something new."""
        if self._memory is None:
            return True
        seen = self.glance()
        return glance(self._memory, seen.wall, seen.steady) is None

    def now(self) -> datetime:
        """The believed moment as far as this process knows, without a transaction: only for display."""
        memory = self._memory
        return self._clock.now() if memory is None else shown(memory.belief, memory.believed(self._clock.steady()))

    def told(self, connection: sa.Connection, seen: Glance) -> Now:
        """The time that a transaction uses; nothing is stored."""
        memory = self._memory
        known = memory and glance(memory, seen.wall, seen.steady)
        return known or self.stored(connection, seen)

    def stored(self, connection: sa.Connection, seen: Glance) -> Now:
        """The time by what all processes believe now, whatever this one remembers; nothing is stored."""
        return self._look(connection, self._belief(connection), seen).meanwhile

    def asked(self, connection: sa.Connection) -> Glance:
        """Read the clock itself, even a server's, which is otherwise asked now and then."""
        self._backend.read_clock(connection)
        return self.glance()

    def remembers(self, epoch: int | None) -> bool:
        """Whether no clock was believed anew since the last look, if `epoch` is how often it has happened."""
        return self._memory is None or self._memory.belief.epoch == epoch

    def look(self, connection: sa.Connection, seen: Glance) -> bool:
        """Look again, in a transaction that only reads. False if there is something to store."""
        belief = self._belief(connection)
        found = self._look(connection, belief, seen)
        if found.belief != belief:
            return False
        self._memory = found.memory
        return True

    def write(self, connection: sa.Connection, *, confirmed: bool = False) -> Look:
        """Look again and store what is new; call `remember` with the result after the commit."""
        belief = self._belief(connection, held=True)
        found = self._look(connection, belief, self.asked(connection), confirmed=confirmed)
        if belief is None:
            self._write_first(connection, found.belief)
        elif found.belief != belief:
            mine = sa.update(schema.clock).where(_CLOCK.site == self._site)
            connection.execute(mine.values(_row(found.belief)))
        if found.jump:
            self._jump(connection, found)
        return found

    def remember(self, found: Look) -> None:
        """Use this look from now on."""
        self._memory = found.memory

    def _belief(self, connection: sa.Connection, *, held: bool = False) -> Belief | None:
        row = (_HELD if held else _BELIEF).run(connection, {"wanted_site": self._site}).one_or_none()
        return None if row is None else _read(row)

    def _look(self, connection: sa.Connection, belief: Belief | None, seen: Glance, *, confirmed: bool = False) -> Look:
        host = self._clock.host()
        reading = Reading(seen.wall, seen.steady, host.boot, host.synchronised, host.ran_on)
        stamp = _LAST_STAMP.run(connection, {"wanted_site": self._site}).scalar_one_or_none()
        return look(belief, self._memory, reading, stamp, served=self._backend.served, confirmed=confirmed)

    def _write_first(self, connection: sa.Connection, belief: Belief) -> None:
        """For a new site: until it has a plan there is nothing to write to. The quicker process is right."""
        if _SITE.run(connection, {"wanted_site": self._site}):
            insert = insert_of(connection.dialect.name)(schema.clock)
            connection.execute(insert.values(site=self._site, **_row(belief)).on_conflict_do_nothing())

    def _jump(self, connection: sa.Connection, found: Look) -> None:
        """Deadlines move with the believed moment; promises of tickets are not measured across the jump."""
        for column, still in _DEADLINES.items():
            moved = {column: later(column, found.jump, connection.dialect)}
            connection.execute(sa.update(column.table).where(column.table.c.site == self._site, still).values(moved))
        promise, called = schema.promise.c, sa.select(schema.call.c.visit_id)
        across = sa.delete(schema.promise).where(promise.site == self._site, promise.visit_id.not_in(called))
        connection.execute(across)
        _EVENT.run(connection, {"site": self._site, "at": found.now.moment, "kind": "clock"})


def _read(row: Any) -> Belief:
    values = {field.name: getattr(row, field.name) for field in fields(Belief) if field.name not in ("lead", "doubt")}
    lead, doubt = (row.lead_moment, row.lead_believed), (row.doubt_moment, row.doubt_believed)
    return Belief(
        **values, lead=None if lead[0] is None else Apart(*lead), doubt=None if doubt[0] is None else Apart(*doubt)
    )


def _row(belief: Belief) -> dict[str, Any]:
    values = asdict(belief)
    for name in ("lead", "doubt"):
        apart = values.pop(name) or {"moment": None, "believed": None}
        values |= {f"{name}_{key}": value for key, value in apart.items()}
    return values
