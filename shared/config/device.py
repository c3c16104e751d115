"""`[device]`: what belongs to one computer. Read from its local file, never stored in the database."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Device(BaseModel):
    """The settings of the computer that a face runs on."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    database: str | None = Field(
        None, description="Database URL. Without it: a SQLite file in the user's state folder."
    )
    name: str | None = Field(None, description="Which kiosk or display of the plan this computer is.")
    bidi: Literal["app", "terminal"] = Field(
        "app", description='Who turns Arabic and Persian lines: "app" (foot, xterm) or "terminal" (mlterm).'
    )
    audio: str = Field("default", description='ALSA device that speaks the calls, "none" for silence.')
