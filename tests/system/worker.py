"""A kiosk and a console in one process: issues, calls, serves and does what faces do, until it is killed."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from shared.clock import Clock, ServerClock
from shared.errors import DatabaseUnavailable, Refused
from shared.model import Arrival, StopState
from shared.store.database import Database
from shared.verbs.desks import calls, opening
from shared.verbs.site.due import anything_to_look_after, look_after
from shared.verbs.visits import issue
from shared.views.desk import read_desk
from tests.system.history import History

NEW = Arrival(packages=("neu",))
OFTEN = 0.2
"""The part of its steps before which a worker looks after the centre."""


def work(url: str, desk: str, log: Path, seed: int, clock: Clock | None) -> None:
    """Go on where the last worker was killed: first repeat the request that had no answer.

    Without a clock it goes by the server's.
    """
    ServerClock.EVERY_S = 0.3  # so that not only a worker that connects meets a jump
    chance = random.Random(seed)
    history = History(log)
    history.mend()
    database = Database(url, "leipzig", clock)
    if asked := history.unanswered():
        _ask(database, history, asked["verb"], desk, UUID(asked["request"]))
    _ask(database, history, "open_desk", desk)
    while True:
        try:
            call = database.read(read_desk, desk).call
            if chance.random() < OFTEN:
                _look_after(database, desk)
        except DatabaseUnavailable:
            continue
        if call is None:
            _ask(database, history, chance.choice(("issue", "call_next")), desk)
        else:
            _ask(database, history, "start" if call.stop_state is StopState.CALLED else "finish", desk)


def _look_after(database: Database, desk: str) -> None:
    """As every face: look at the clock, do what is due, keep the desk."""
    database.look()
    if database.read(anything_to_look_after):
        database.do(look_after)
    database.keep(opening.renew_lease, desk, f"worker at {desk}")


def _ask(database: Database, history: History, verb: str, desk: str, request: UUID | None = None) -> None:
    request = request or uuid4()
    asked = {"request": str(request), "verb": verb, "desk": desk}
    history.write(**asked)
    while True:
        try:
            history.write(**asked, answer="ok", **_do(database, request, verb, desk))
        except DatabaseUnavailable:
            continue  # it is away for longer than a verb waits; the same request asks again
        except Refused as refusal:
            history.write(**asked, answer=refusal.key)
        return


def _do(database: Database, request: UUID, verb: str, desk: str) -> dict[str, Any]:
    match verb:
        case "issue":
            return {"code": database.once(request, issue.issue, NEW, "p").code}
        case "open_desk":
            database.once(request, opening.open_desk, desk, take_over=True)
            return {}
        case "finish":
            call = database.once(request, calls.finish, desk).call
        case _:
            call = database.once(request, getattr(calls, verb), desk).call
    assert call is not None
    return {"code": call.code, "call": call.id}
