"""Texts of a plan are made of letters that can be printed."""

from __future__ import annotations

import pytest

from shared.config import parse_plan
from shared.errors import ConfigInvalid
from tests.support.plans import small_plan


def test_letters_that_no_font_has_are_refused_with_their_key() -> None:
    """Visitors notice a box on paper; the person who changes the plan notices this."""
    services = {"zwei": {"name": {"de": "Zwei 到"}}}
    plan = small_plan({"key": "hall", "name": "Halle", "language": "de"}, services, {"1": ["zwei"]}, {})
    with pytest.raises(ConfigInvalid) as refused:
        parse_plan(plan)
    (problem,) = refused.value.problems
    assert "services.zwei.name.de" in problem
    assert "到 (U+5230)" in problem
