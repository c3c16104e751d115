"""Another process of the same centre: `python -m tests.support.elsewhere URL SITE issue SERVICE… | call_next DESK…`."""

from __future__ import annotations

import sys

from shared.model import Arrival
from shared.store.database import Database
from shared.verbs.desks.calls import call_next
from shared.verbs.visits.issue import issue
from tests.support.clock import HandClock


def elsewhere(database: Database, verb: str, *whom: str) -> list[str]:
    """The command that runs a verb for each service or desk, at the tests' time, on a database of a test."""
    url = database.url.render_as_string(hide_password=False)
    return [sys.executable, "-m", "tests.support.elsewhere", url, database.site, verb, *whom]


def main() -> None:
    url, site, verb, *whom = sys.argv[1:]
    database = Database(url, site, HandClock())
    for each in whom:
        if verb == "issue":
            database.do(issue, Arrival(services=(each,)))
        else:
            database.do(call_next, each)


if __name__ == "__main__":
    main()
