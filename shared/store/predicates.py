"""The states of rows as predicates, each defined once: for partial indexes, checks of the tables and statements.

States are literals, not bound values: an engine uses a partial index only if it knows, when it plans the statement,
that the statement asks for nothing outside the index. A bound value comes too late for that.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import sqlalchemy as sa

from shared.model import AssistanceState, DeskState, PrintState, StopState

ACTIVE = tuple(state for state in StopState if state.active)
"""A visit has at most one stop in these states."""
OPEN = tuple(state for state in StopState if state.open)
ENDED = tuple(state for state in StopState if not state.open)
AWAY = (StopState.MISSED, StopState.PARKED)
"""The visitor is not in the queue; a stop in these states is due at some moment."""

WANTED = tuple(state for state in AssistanceState if not state.ended)

State = sa.ColumnElement[str]
Predicate = sa.ColumnElement[bool]


def is_in(column: State, *states: StrEnum) -> Predicate:
    """Whether a column holds one of these values."""
    values = [_literal(state) for state in states]
    return column == values[0] if len(values) == 1 else column.in_(values)


def waiting(state: State) -> Predicate:
    """The stop waits in a queue."""
    return is_in(state, StopState.WAITING)


def planned(state: State) -> Predicate:
    """The stop has not begun to wait."""
    return is_in(state, StopState.PLANNED)


def active(state: State) -> Predicate:
    """The stop waits, is called, is served or was missed: a visit has at most one such stop."""
    return is_in(state, *ACTIVE)


def away(state: State) -> Predicate:
    """The stop is missed or parked, and due at some moment."""
    return is_in(state, *AWAY)


def queued(state: State) -> Predicate:
    """The slip waits for its printer."""
    return is_in(state, PrintState.QUEUED)


def wanted(state: State) -> Predicate:
    """Somebody still has to bring this assistance."""
    return is_in(state, *WANTED)


def not_closed(closed_at: sa.ColumnElement[object]) -> Predicate:
    """The visit is not over, the call has not ended, or the stop is still to be settled."""
    return closed_at.is_(None)


def attended(state: State) -> Predicate:
    """The desk is not closed."""
    return state != _literal(DeskState.CLOSED)


def listed(states: Iterable[StrEnum]) -> str:
    """These values as a list in SQL, for a check of a table: "('open', 'suspended')"."""
    return f"({', '.join(repr(str(state)) for state in states)})"


def _literal(state: StrEnum) -> State:
    return sa.literal_column(repr(str(state)))
