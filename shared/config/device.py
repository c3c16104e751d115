"""`[device]`: what belongs to one computer. Read from its local file, never stored in the database."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from shared.config.section import Section
from shared.config.words import visible_line

Name = Annotated[str, StringConstraints(min_length=1), AfterValidator(visible_line)]
"""A name that the computer's system knows."""


class Device(Section):
    """The settings of the computer that a face runs on."""

    database: Name | None = Field(
        None, description="Database URL. Without it: a SQLite file in the user's state folder."
    )
    password_file: Name | None = Field(
        None, description="File with the password of `database`, for its owner alone (0600); beside this file."
    )
    name: Name | None = Field(None, description="Which kiosk or display of the plan this computer is.")
    bidi: Literal["app", "terminal"] = Field(
        "app", description='Who turns Arabic and Persian lines: "app" (foot, xterm) or "terminal" (mlterm).'
    )
    audio: Name = Field("default", description='ALSA device that speaks the calls, "none" for silence.')
