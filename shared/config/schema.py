"""The JSON schema of config.toml: editors complete keys from it and show what each one means."""

from __future__ import annotations

import json
from typing import Any

from shared.config.file import ConfigFile
from shared.config.sources import EXTENDS
from shared.config.words import TAG


def schema_text() -> str:
    """The schema as config.schema.json holds it."""
    schema = _closed(ConfigFile.model_json_schema(by_alias=True))
    schema["anyOf"] = [{"required": schema.pop("required")}, {"required": [EXTENDS]}]  # a variant may lack sections
    return json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}, indent=2) + "\n"


def _closed(schema: Any) -> Any:
    """The schema, but names of entries must have the program's form: any other name is refused."""
    match schema:
        case dict():
            inner = {key: _closed(value) for key, value in schema.items()}
            if (names := inner.get("patternProperties")) is None:
                return inner
            closed = {**inner, "additionalProperties": False}
            return _or_bare(closed, names[TAG]) if TAG in names else closed
        case list():
            return [_closed(value) for value in schema]
        case _:
            return schema


def _or_bare(texts: dict[str, Any], text: dict[str, Any]) -> dict[str, Any]:
    """A text in several languages, or only in that of the house, without its tag."""
    about = {key: texts.pop(key) for key in list(texts) if key in ("title", "description", "default")}
    return {"anyOf": [text, texts], **about}
