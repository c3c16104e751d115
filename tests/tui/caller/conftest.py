"""A hall for the tests of the console."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.support.clock import HandSeconds
from tests.support.databases import Databases
from tests.tui.caller.hall import PLAN, SECONDS, Hall


@pytest.fixture
def hall(sqlite: Databases) -> Iterator[Hall]:
    with ExitStack() as stack:
        yield Hall(stack.enter_context(sqlite.with_plan(PLAN)), stack)


@pytest.fixture(autouse=True)
def seconds(monkeypatch: pytest.MonkeyPatch) -> HandSeconds:
    monkeypatch.setattr("caller.screens.desk.monotonic", SECONDS)
    return SECONDS
