"""The centre as a face holds it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from shared.centre import Centre
from shared.config import Device
from shared.store.database import Database


@pytest.fixture
def centre(open_database: Callable[..., Database]) -> Iterator[Centre]:
    """The centre as a face holds it, on the test's database and the host's time."""
    centre = Centre(open_database(), Device())
    yield centre
    centre.close()
