"""The JSON schema of config.toml: editors complete keys from it and show what each one means."""

from __future__ import annotations

import json
from typing import Any

from shared.config.file import ConfigFile


def schema_text() -> str:
    """The schema as config.schema.json holds it."""
    schema = _closed(ConfigFile.model_json_schema(by_alias=True))
    return json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}, indent=2) + "\n"


def _closed(schema: Any) -> Any:
    """The schema, but names of entries must have the program's form: any other name is refused."""
    match schema:
        case dict():
            inner = {key: _closed(value) for key, value in schema.items()}
            return {**inner, "additionalProperties": False} if "patternProperties" in schema else inner
        case list():
            return [_closed(value) for value in schema]
        case _:
            return schema
