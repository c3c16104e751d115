"""What of the services can be had today, as a kiosk is told."""

from __future__ import annotations

from contextlib import closing

import pytest

from shared.config import Config
from shared.errors import QuotaUsed
from shared.model import Arrival
from shared.verbs.visits.issue import issue
from shared.views.concerns import given_away, hours_of_services
from tests.support.clock import HandClock
from tests.support.databases import Databases, opened

BANK = Arrival(services=("konto",))


def test_a_service_is_given_away_with_its_last_visit(databases: Databases, leipzig: Config, clock: HandClock) -> None:
    toml = leipzig.plan_toml.replace("[services.konto]\n", "[services.konto]\nquota = 2\n")
    with (
        databases.with_plan(toml, training=False) as url,
        closing(opened(url, leipzig.plan.site.key, clock)) as database,
    ):
        assert [*database.read(hours_of_services)] == [*leipzig.plan.services]
        for full in (frozenset[str](), frozenset({"konto"})):
            database.do(issue, BANK)
            assert database.read(given_away) == full
        with pytest.raises(QuotaUsed):
            database.do(issue, BANK)
        clock.forward(hours=24)
        assert database.read(given_away) == frozenset()
