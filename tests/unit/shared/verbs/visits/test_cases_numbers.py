"""Case 4: whatever a plan does with letters and ranges during a day, there is a next number and it is free."""

from __future__ import annotations

import pytest

from shared.config import Config
from shared.model import StopState
from shared.store.database import Database
from shared.verbs.look_up import find_ticket
from shared.verbs.site.apply import apply
from shared.verbs.visits import change
from tests.support.plans import with_series
from tests.unit.shared.verbs.acting import issued, states


def test_case_4_a_series_renamed_at_work_goes_on_with_numbers_that_are_free(
    database: Database, leipzig: Config
) -> None:
    before = [issued(database) for _ in range(3)]
    database.do(apply, with_series(leipzig.plan_toml, B=(1, 499, "packages"), L=(500, 799, "concerns")), True)
    assert [issued(database) for _ in range(3)] == ["B004", "B005", "B006"]
    assert before == ["A001", "A002", "A003"]
    assert states(database, "A001")[0] == StopState.WAITING, "who has a number keeps it"


@pytest.mark.parametrize(
    ("packages", "concerns", "expected"),
    [
        ((500, 998), (1, 499), ["A500", "A502", "L003", "L004"]),  # swapped: 1, 2 and 501 are taken
        ((1, 2), (3, 998), ["A1001", "A1002", "L502", "L503"]),  # the range is used up
        ((2, 499), (500, 998), ["A003", "A004", "L502", "L503"]),
        ((10, 20), (30, 40), ["A010", "A011", "L030", "L031"]),
    ],
)
def test_case_4_ranges_that_move_at_work_give_numbers_of_the_new_range_that_nobody_has(
    database: Database, leipzig: Config, packages: tuple[int, int], concerns: tuple[int, int], expected: list[str]
) -> None:
    shifted = with_series(leipzig.plan_toml, A=(1, 499, "packages"), L=(501, 799, "concerns"))
    database.do(apply, shifted, True)
    assert [issued(database), issued(database), issued(database, "konto")] == ["A001", "A002", "L501"]
    moved = with_series(leipzig.plan_toml, A=(*packages, "packages"), L=(*concerns, "concerns"))
    database.do(apply, moved, True)
    assert [issued(database), issued(database), issued(database, "konto"), issued(database, "konto")] == expected


def test_case_4_a_range_that_comes_back_does_not_begin_anew(database: Database, leipzig: Config) -> None:
    here = leipzig.plan_toml
    elsewhere = with_series(leipzig.plan_toml, A=(800, 998, "packages"), L=(500, 799, "concerns"))
    codes = []
    for plan in (here, elsewhere, here, elsewhere, here):
        database.do(apply, plan, True)
        codes += [issued(database) for _ in range(2)]
    assert codes == ["A001", "A002", "A800", "A801", "A003", "A004", "A802", "A803", "A005", "A006"]


def test_case_4_a_cancelled_number_is_not_given_again(database: Database, leipzig: Config) -> None:
    database.do(change.cancel, issued(database))
    database.do(apply, with_series(leipzig.plan_toml, B=(1, 499, "packages"), L=(500, 799, "concerns")), True)
    assert issued(database) == "B002"
    assert database.read(find_ticket, "A001").code == "A001"
