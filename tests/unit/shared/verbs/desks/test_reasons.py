"""A reason that the plan does not have is refused with what the plan knows, or with what it needs."""

from __future__ import annotations

import pytest

from shared.config import Config
from shared.errors import Malformed
from shared.verbs.desks.letting_go import check_reason


def test_an_unknown_reason_is_answered_with_those_that_there_are_or_with_the_way_to_one(leipzig: Config) -> None:
    with pytest.raises(Malformed, match=r"Unknown reason 'mittag'; known are: \w+"):
        check_reason(leipzig.plan, "mittag", "pause")
    bare = leipzig.plan.model_copy(update={"reasons": {}})
    with pytest.raises(Malformed, match=r'known are: none; add \[reasons\.mittag\] with for = "pause" to the plan\.'):
        check_reason(bare, "mittag", "pause")
