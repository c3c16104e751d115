"""A waiting room with visitors and open desks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from shared.centre import Centre
from shared.config import Device
from shared.model import Arrival
from shared.store.database import Database
from shared.verbs.desks.opening import open_desk
from shared.verbs.visits.issue import issue
from tests.support.clock import HandClock


@pytest.fixture
def database(open_database: Callable[..., Database], clock: HandClock) -> Database:
    """A centre in training; three visitors wait for the desks 1, 2 and 3, which are open."""
    database = open_database(clock)
    for desk in ("1", "2", "3"):
        database.do(open_desk, desk)
        database.do(issue, Arrival(services=("anmeldung",), language="uk"))
    return database


@pytest.fixture
def centre(database: Database) -> Iterator[Centre]:
    """The same centre for a silent screen."""
    with closing(Centre(Database(str(database.url), database.site, database.clock), Device(audio="none"))) as centre:
        yield centre
