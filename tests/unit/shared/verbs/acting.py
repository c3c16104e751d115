"""Scenes at the beginning of many tests: somebody has a number, is called, is being served."""

from __future__ import annotations

from shared.model import Arrival, DeskAnswer, StopState
from shared.store.database import Database
from shared.verbs.desks import calls, opening
from shared.verbs.look_up import find_ticket
from shared.verbs.visits import issue


def issued(database: Database, *services: str, package: str = "neu") -> str:
    """The number of somebody who has just come."""
    arrival = Arrival(services=services) if services else Arrival(packages=(package,))
    return database.do(issue.issue, arrival).code


def called(database: Database, desk: str = "1") -> str:
    """Open a desk and call the next visitor; returns the number."""
    database.do(opening.open_desk, desk, None, (), True)
    call = database.do(calls.call_next, desk).call
    assert call
    return call.code


def serving(database: Database, desk: str = "1") -> str:
    """The same, and the visitor is there."""
    code = called(database, desk)
    database.do(calls.start, desk)
    return code


def states(database: Database, code: str) -> list[str]:
    """The states of a visit's stops, in the order of its journey."""
    return [str(stop.state) for stop in database.read(find_ticket, code).stops]


def state_after(answer: DeskAnswer) -> StopState:
    """The state of the stop that a desk's verb concerned."""
    assert answer.call is not None
    return answer.call.stop_state
