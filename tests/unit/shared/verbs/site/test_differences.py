"""What goes, comes and changes from one plan to the next is said in few lines."""

from __future__ import annotations

import pytest

from shared.config import Config, Plan
from shared.verbs.site.differences import differences


@pytest.fixture
def plan(leipzig: Config) -> Plan:
    return leipzig.plan


def test_the_same_plan_has_no_differences(plan: Plan) -> None:
    assert differences(plan, plan.model_copy(deep=True)) == ()


def test_what_goes_and_comes_is_named_by_section_and_values_are_compared(plan: Plan) -> None:
    first, *rest = plan.desks
    desks = {**{key: plan.desks[key] for key in rest}, "new": plan.desks[first]}
    few = {"languages": ("de", "en"), "logo": "dots:x", "name": "Rathaus"}
    will = plan.model_copy(update={"desks": desks, "hours": None, "site": plan.site.model_copy(update=few)})
    was = plan.model_copy(update={"site": plan.site.model_copy(update={"logo": None, "name": "Haus"})})
    assert was.hours is not None
    assert [one.sentence for one in differences(was, will)] == [
        "~ name: Haus → Rathaus",
        f"~ languages: {len(plan.site.languages)} → 2",
        "+ logo",
        "\u2212 hours",
        f"\u2212 desks {first}",
        "+ desks new",
    ]


def test_a_long_list_of_names_and_a_long_value_are_cut(plan: Plan) -> None:
    many = plan.model_copy(update={"desks": {str(number): plan.desks["1"] for number in range(100, 120)}})
    comes = next(one for one in differences(plan.model_copy(update={"desks": {}}), many) if one.key == "desks")
    assert comes.sentence == "+ desks 100, 101, 102, 103, 104, 105, 106, 107 and 12 more"
    renamed = plan.model_copy(update={"site": plan.site.model_copy(update={"name": "x" * 100})})
    assert [one.sentence for one in differences(plan, renamed)] == ["~ name"]
