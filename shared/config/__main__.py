"""`python -m shared.config` prints the JSON schema: `python -m shared.config > config.schema.json`."""

from __future__ import annotations

from shared.config.schema import schema_text

print(schema_text(), end="")
