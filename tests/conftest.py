"""What all tests share."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable

import pytest


@pytest.fixture
def need() -> Callable[[str], None]:
    """Says that a test needs a program: without it the test is skipped here and fails where CI is set."""

    def need(program: str) -> None:
        if shutil.which(program):
            return
        if os.environ.get("CI"):
            pytest.fail(f"{program} is missing")
        pytest.skip(f"{program} is missing")

    return need
