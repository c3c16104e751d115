"""The centre as a face holds it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from shared.centre import Centre
from shared.config import Device
from shared.store.database import Database


@pytest.fixture(autouse=True)
def busy_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """No screen says that the database is away only because the machine of the tests is busy."""
    monkeypatch.setattr("faces.reading.PATIENCE_S", 60.0)


@pytest.fixture
def centre(database: Database) -> Iterator[Centre]:
    """The centre as a face holds it, on the test's database; its time stands still."""
    centre = Centre(database, Device())
    yield centre
    centre.close()
