"""ankommen pin: a line for [device] from a line of standard input."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest

from shared.config.pin import matches
from tests.system.test_cli import ankommen  # noqa: F401  (a fixture)


def test_a_pin_becomes_a_line_of_the_configuration(
    ankommen: Callable[..., dict[str, Any]],  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.stdin", StringIO("24681357\n"))
    assert matches("24681357", ankommen("pin")["pin_hash"])
    monkeypatch.setattr("sys.stdin", StringIO("2468\n"))
    assert "6 to 12 digits" in ankommen("pin", code=2)["message"]
