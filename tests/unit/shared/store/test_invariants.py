"""The database itself refuses what must never happen, whichever program writes to it."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from shared.model import Arrival
from shared.store.database import Database
from shared.verbs.desks import calls, opening
from shared.verbs.visits import issue

_AT = "(SELECT issued_at FROM visit WHERE number = 1)"
_OTHERS = "(SELECT id FROM stop WHERE visit_id = 2 AND position = 1)"
_EARLIER = {"sqlite": "0", "postgresql": "'1970-01-01Z'"}
_VISIT = "site, day, series, number, token, language, adults, children, needs, origin, issued_at"
_STOP = "site, day, visit_id, position, service, language, state, rank_at, queued_at"
_HELP = "site, kind, visit_id, desk, kiosk, reason, state, opened_at, changed_at"
_CALL = "site, visit_id, stop_id, desk, ring, called_at, rung_at"


def visit(**changed: str) -> str:
    """Copy the first visit with something changed."""
    fresh = {"number": "77", "token": "'fresh'", **changed}
    return f"INSERT INTO visit ({_VISIT}) SELECT {_values(_VISIT, fresh)} FROM visit WHERE number = 1"


def stop(**changed: str) -> str:
    """Add a stop to the first visit, like its first one."""
    return f"INSERT INTO stop ({_STOP}) SELECT {_values(_STOP, changed)} FROM stop WHERE visit_id = 1 AND position = 1"


def call(**changed: str) -> str:
    """Copy the open call of the first visit with something changed."""
    return f"INSERT INTO call ({_CALL}) SELECT {_values(_CALL, changed)} FROM call WHERE visit_id = 1"


def help_of(**changed: str) -> str:
    """Ask for a guide at desk 1 for the first visit, with something changed."""
    fresh = {"kind": "'guide'", "desk": "'1'", "kiosk": "NULL", "reason": "NULL", "state": "'open'"}
    row = {**fresh, "visit_id": "id", "opened_at": "issued_at", "changed_at": "issued_at", **changed}
    return f"INSERT INTO assistance ({_HELP}) SELECT {_values(_HELP, row)} FROM visit WHERE number = 1"


def _values(columns: str, changed: dict[str, str]) -> str:
    return ", ".join(changed.get(name, name) for name in columns.split(", "))


ATTACKS = {
    "two active stops of a visit": stop(state="'waiting'"),
    "a second stop that is served": stop(state="'serving'"),
    "a stop in a state that nobody knows": stop(state="'lost'"),
    "a stop that waits without a rank": "UPDATE stop SET rank_at = NULL WHERE visit_id = 2",
    "a stop that is done without a time": "UPDATE stop SET state = 'done' WHERE visit_id = 1 AND position = 1",
    "a stop with an end that goes on": f"UPDATE stop SET closed_at = {_AT} WHERE visit_id = 1 AND position = 1",
    "a stop of a service that the plan does not have": stop(state="'planned'", service="'magic'"),
    "a stop of a visit that is not there": stop(state="'planned'", visit_id="999"),
    "a stop of another centre": stop(state="'planned'", site="'elsewhere'"),
    "two open calls of a desk": call(visit_id="2", stop_id=_OTHERS),
    "two open calls of a visit": call(desk="'4'"),
    "a call to a desk that the plan does not have": call(visit_id="2", stop_id=_OTHERS, desk="'999'"),
    "a call for the stop of another visit": call(visit_id="2", desk="'4'"),
    "a call that ended without an outcome": "UPDATE call SET closed_at = called_at",
    "an outcome of a call that goes on": "UPDATE call SET outcome = 'done'",
    "a call that ended before it began": "UPDATE call SET outcome = 'done', closed_at = EARLIER",
    "nobody on a ticket": visit(adults="0", children="0"),
    "a hundred on a ticket": visit(adults="50", children="50"),
    "fewer than no children": visit(adults="5", children="-1"),
    "the same number twice a day": visit(number="1"),
    "the same digits in another series": visit(number="1", series="'L'"),
    "the same token twice": visit(token="token"),
    "a ticket from nowhere": visit(origin="'moon'"),
    "a visit of a centre that is not there": visit(site="'elsewhere'"),
    "a visit that ended before it began": "UPDATE visit SET closed_at = EARLIER WHERE number = 1",
    "the same request twice": "INSERT INTO request SELECT * FROM request",
    "a counter twice": "INSERT INTO counter SELECT * FROM counter",
    "a plan twice": "INSERT INTO plan SELECT * FROM plan",
    "a desk in a state that nobody knows": "UPDATE desk_state SET state = 'on fire'",
    "a desk of another centre": "UPDATE desk_state SET site = 'elsewhere'",
    "a service that is in use disappears": "DELETE FROM service",
    "a desk that is in use disappears": "DELETE FROM desk",
    "help that nobody asks for": help_of(desk="NULL", reason="NULL"),
    "help for a desk and a kiosk at once": help_of(kiosk="'eingang_1'"),
    "help of a kind that nobody knows": help_of(kind="'coffee'"),
    "help in a state that nobody knows": help_of(state="'lost'"),
    "accepted by nobody": help_of(state="'accepted'"),
    "an interpreter of no language": help_of(kind="'interpreter'"),
    "help at a desk that the plan does not have": help_of(desk="'999'"),
    "help for a visit that is not there": help_of(visit_id="999"),
    "help in a centre that is not there": help_of(site="'elsewhere'"),
    "a changed event": "UPDATE event SET kind = 'nothing'",
    "a deleted event": "DELETE FROM event",
}  # fmt: skip


@pytest.fixture
def busy(database: Database) -> Database:
    """Two visits; the first one is called to desk 1."""
    for _ in range(2):
        database.do(issue.issue, Arrival(packages=("neu",)))
    database.do(opening.open_desk, "1")
    database.do(calls.call_next, "1")
    return database


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=[name.replace(" ", "_") for name in ATTACKS])
def test_the_database_refuses(busy: Database, attack: str) -> None:
    before = _everything(busy)
    with pytest.raises(sa.exc.IntegrityError), busy.backend.transaction(writes=True) as connection:
        connection.exec_driver_sql(attack.replace("EARLIER", _EARLIER[busy.engine.dialect.name]))
    assert _everything(busy) == before


def test_an_empty_event_log_is_refused_too(busy: Database) -> None:
    if busy.engine.dialect.name == "postgresql":
        with pytest.raises(sa.exc.IntegrityError, match="added to"), busy.engine.begin() as connection:
            connection.exec_driver_sql("TRUNCATE event")


def test_what_is_right_is_accepted(busy: Database) -> None:
    """Otherwise the refusals above would prove nothing."""
    with busy.backend.transaction(writes=True) as connection:
        for statement in (
            visit(),
            stop(state="'planned'"),
            help_of(),
            "UPDATE call SET outcome = 'done', closed_at = called_at",
        ):
            assert connection.exec_driver_sql(statement).rowcount == 1
        connection.rollback()


def _everything(database: Database) -> dict[str, list[tuple[object, ...]]]:
    with database.backend.transaction(writes=False) as connection:
        return {
            name: [tuple(row) for row in connection.exec_driver_sql(f'SELECT * FROM "{name}" ORDER BY 1, 2')]
            for name in ("visit", "stop", "call", "assistance", "request", "counter", "desk_state", "event")
        }
