"""The JSON schema shows in editors what every key means."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from shared.config.schema import schema_text


def sections() -> Iterator[tuple[str, dict[str, Any]]]:
    schema = json.loads(schema_text())
    yield "the file", schema
    yield from schema["$defs"].items()


def test_every_section_and_key_is_described() -> None:
    for name, section in sections():
        assert section["description"], name
        for key, about in section["properties"].items():
            # A key that is a section may leave the description to that section.
            assert about.get("description") or about["$ref"], f"{name}.{key}"


def test_unknown_keys_are_marked_by_the_editor() -> None:
    for name, section in sections():
        assert section["additionalProperties"] is False, name
        for key, about in section["properties"].items():
            if about.get("type") == "object":
                assert about["additionalProperties"] is False, f"{name}.{key}"


def test_a_variant_may_lack_sections_and_a_text_its_language() -> None:
    schema = json.loads(schema_text())
    whole, variant = (each["required"] for each in schema["anyOf"])
    assert {"site", "services"} <= set(whole)
    assert variant == ["extends"]
    bare, by_language = schema["$defs"]["Service"]["properties"]["documents"]["anyOf"]
    assert (bare["type"], by_language["type"]) == ("array", "object")


def test_keys_have_the_names_of_the_file_not_of_the_code() -> None:
    series = dict(sections())["Series"]["properties"]
    assert "for" in series
    assert "use" not in series
