"""`[device]` of a kiosk: each key of its keypad means one thing, and every wrong form is answered in words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ankommen.opening import shipped_config
from shared.config import read_config
from shared.config.file import ConfigFile
from shared.config.words import ALLOWED
from shared.errors import ConfigInvalid


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('keypad = { next = "q" }', 'device.keypad.next: is "q"; allowed: f1 to f20, up, down,'),
        ('keypad = { plugged = "f7" }', "device.keypad: a section gives f7 two meanings; each key has one"),
        ('keypad = { jump = "f1" }', "device.keypad.jump: is no known key; known: speech, next,"),
        ("key_pause_ms = 2000", "device.key_pause_ms: is 2000; allowed: 1000 or less"),
        ('pin_hash = "1234"', 'device.pin_hash: is "1234"; allowed: what '),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, line: str, told: str) -> None:
    file = tmp_path / "config.toml"
    file.write_text(f'extends = "{shipped_config()}"\n[device]\n{line}\n', encoding="utf-8")
    with pytest.raises(ConfigInvalid) as wrong:
        read_config(file)
    assert told in str(wrong.value)


def patterns(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        yield from [schema["pattern"]] if isinstance(schema.get("pattern"), str) else []
        yield from schema.get("patternProperties", ())
    for part in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from patterns(part)


def test_every_form_is_said_in_words() -> None:
    found = set(patterns(ConfigFile.model_json_schema()))
    assert len(found) > 10
    assert found <= set(ALLOWED)
