"""`[device]`: what belongs to one computer. Read from its local file, never stored in the database."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from shared.config.section import Section
from shared.config.words import FILE_PATTERN, visible_line

Name = Annotated[str, StringConstraints(min_length=1), AfterValidator(visible_line)]
"""A name that the computer's system knows."""
FilePattern = Annotated[str, StringConstraints(pattern=FILE_PATTERN)]
"""The path of a file, with `*` for any part of a name."""
PRINTER_FILES = (
    "/dev/usb/lp*",
    "/dev/lp*",
    "/dev/serial/by-id/*",
    "/dev/serial/by-path/*",
    "/dev/ttyS*",
    "/dev/ttyUSB*",
    "/dev/ttyACM*",
)
"""Where Linux has printers and serial lines."""


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
    pictures: Literal["auto", "on", "off"] = Field(
        "auto", description='Whether the kiosk draws pictures (Sixel): "auto" asks the terminal, "on", "off".'
    )
    printer_files: tuple[FilePattern, ...] = Field(
        PRINTER_FILES, description="Files that printers of the plan (file:, serial:) may be; * is any part of a name."
    )
    audio: Name = Field("default", description='ALSA device that speaks the calls, "none" for silence.')
