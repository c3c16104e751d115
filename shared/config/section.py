"""What every section of a configuration is made of."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Whole = Annotated[int, Field(strict=True)]
"""A whole number; text and fractions are refused."""
Flag = Annotated[bool, Field(strict=True)]
"""True or false; anything else is refused."""


class Section(BaseModel):
    """Known keys alone, and never changed after it was read."""

    model_config = ConfigDict(extra="forbid", frozen=True)
