"""`[device]`: what belongs to one computer. Read from its local file, never stored in the database."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from shared.config.section import Section, Whole
from shared.config.words import FILE_PATTERN, visible_line

Name = Annotated[str, StringConstraints(min_length=1), AfterValidator(visible_line)]
"""A name that the computer's system knows."""
FilePattern = Annotated[str, StringConstraints(pattern=FILE_PATTERN)]
"""The path of a file, with `*` for any part of a name."""
Millimetres = Annotated[float, Field(strict=True, gt=0, le=100)]
"""A length on the screen."""
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
    cell_mm: tuple[Millimetres, Millimetres] | None = Field(
        None, description="Width and height of a cell of the terminal in mm, measured: [5.2, 9.9]."
    )
    distance_mm: Whole = Field(500, ge=250, le=5000, description="From the eyes of a visitor to the kiosk's screen.")
    screen_bottom_mm: Whole | None = Field(
        None, ge=0, le=2000, description="From the floor to the lower edge of the kiosk's picture."
    )
    tilt: Whole = Field(0, ge=0, le=90, description="How many degrees the kiosk's screen is tilted from upright.")
    fonts: tuple[Name, ...] = Field(
        (), description="Font files of the terminal, the first one first: doctor names the letters that they lack."
    )
