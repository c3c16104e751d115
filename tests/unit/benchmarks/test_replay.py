"""The yardstick does what the verb does, without the verb."""

from __future__ import annotations

import sqlalchemy as sa

from benchmarks import verbs
from benchmarks.replay import bare
from shared.store import schema
from shared.store.database import Database
from shared.views.site import read_hall


def test_the_bare_driver_issues_what_the_product_issues(database: Database) -> None:
    with bare(database, verbs.issue, lambda: None) as yardstick:
        yardstick()
        verbs.issue(database)
        yardstick()
    numbers = database.read(lambda t: t.execute(sa.select(schema.visit.c.number)).scalars().all())
    assert sorted(numbers) == list(range(1, len(numbers) + 1))
    assert database.read(read_hall).queues[0].waiting == len(numbers)
    assert yardstick.statements[0] == "BEGIN IMMEDIATE"


def test_what_fills_the_database_keeps_every_rule(database: Database) -> None:
    verbs.issue(database)
    verbs.fill(database, waiting=20, finished=30)
    assert database.read(read_hall).queues[0].waiting == 21
