"""The plan in force."""

from __future__ import annotations

import pytest

from shared.config import Config
from shared.errors import ConfigInvalid, WrongState
from shared.model import Arrival
from shared.store.database import Database, Transaction
from shared.verbs.desks import calls, opening
from shared.verbs.site.apply import apply
from shared.verbs.site.open_until import open_until
from shared.verbs.visits import issue
from shared.views.in_force import InForce, in_force, plan_in_force
from tests.support.plans import with_line, without_desk, without_service


def test_the_same_plan_again_changes_nothing(database: Database, leipzig: Config) -> None:
    again = database.do(apply, leipzig.plan_toml, True)
    assert (again.version, again.changed) == (1, False)


def test_a_new_plan_is_in_force_at_once(database: Database, leipzig: Config) -> None:
    database.do(apply, leipzig.plan_toml.replace("Ankommenszentrum Leipzig", "Ankunft"), True)
    assert database.read(plan_in_force).site.name == "Ankunft"


def test_what_comes_into_force_is_so_for_the_rest_of_its_own_transaction(database: Database, leipzig: Config) -> None:
    def both(t: Transaction) -> InForce:
        before = in_force(t)
        assert before.open_until is None
        apply(t, leipzig.plan_toml.replace("Ankommenszentrum Leipzig", "Ankunft"), True)
        open_until(t, "20:00")
        return in_force(t)

    now = database.keep(both)
    assert now.plan.site.name == "Ankunft"
    assert now.open_until


def test_a_plan_with_errors_is_refused_and_the_old_one_stays(database: Database) -> None:
    with pytest.raises(ConfigInvalid):
        database.do(apply, "[site]\nkey = 7", True)
    assert database.read(plan_in_force).site.name == "Ankommenszentrum Leipzig"


def test_a_desk_in_use_cannot_be_planned_away(database: Database, leipzig: Config) -> None:
    fewer = without_desk(leipzig.plan_toml, "20")
    database.do(opening.open_desk, "20")
    with pytest.raises(WrongState, match=r"desk 20 is open.*; close it, or --move-to 20=OTHER"):
        database.do(apply, fewer, True)
    database.do(opening.close_desk, "20")
    assert database.do(apply, fewer, True).version == 2


def test_a_service_somebody_needs_cannot_be_planned_away(database: Database, leipzig: Config) -> None:
    code = database.do(issue.issue, Arrival(services=("freiwillige",))).code
    fewer = without_desk(without_service(leipzig.plan_toml, "freiwillige"), "17")
    with pytest.raises(WrongState, match=f"{code} still needs freiwillige"):
        database.do(apply, fewer, True)
    database.do(opening.open_desk, "17")
    database.do(calls.call_next, "17")
    database.do(calls.start, "17")
    database.do(calls.finish, "17")
    database.do(opening.close_desk, "17")
    assert database.do(apply, fewer, True).changed


def test_a_plan_from_before_pictograms_is_applied_and_read_unchanged(database: Database, leipzig: Config) -> None:
    older = with_line(leipzig.plan_toml, "services.geld", 'symbol = "€"')
    applied = database.do(apply, older, True)
    assert (applied.changed, applied.consequences) == (True, ())
    assert database.read(plan_in_force) == leipzig.plan
    assert not database.do(apply, older, True).changed
