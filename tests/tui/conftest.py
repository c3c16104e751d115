"""Waiting for what a screen shows: on conditions, never for luck."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator

import pytest

from shared.centre import Centre
from shared.clock import monotonic
from shared.config import Device
from shared.store.database import Database

_PATIENCE_S = 20.0


async def until(condition: Callable[[], object]) -> None:
    """Let the app work until the condition holds; fails after twenty seconds."""
    deadline = monotonic() + _PATIENCE_S
    while not condition():
        assert monotonic() < deadline, "it did not come to pass"
        await asyncio.sleep(0.01)


@pytest.fixture
def centre(open_database: Callable[..., Database]) -> Iterator[Centre]:
    """The centre as a face holds it, on the test's database and the host's time."""
    centre = Centre(open_database(), Device())
    yield centre
    centre.close()
