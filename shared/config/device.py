"""`[device]`: what belongs to one computer. Read from its local file, never stored in the database."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from shared.config.pin import PIN_HASH
from shared.config.section import Section, Whole
from shared.config.words import FILE_PATTERN, KEY_NAME, visible_line

Name = Annotated[str, StringConstraints(min_length=1), AfterValidator(visible_line)]
"""A name that the computer's system knows."""
FilePattern = Annotated[str, StringConstraints(pattern=FILE_PATTERN)]
"""The path of a file, with `*` for any part of a name."""
Millimetres = Annotated[float, Field(strict=True, gt=0, le=100)]
"""A length on the screen."""
PinHash = Annotated[str, StringConstraints(pattern=PIN_HASH)]
"""What `ankommen pin` has made of a PIN."""
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


KeyName = Annotated[str, StringConstraints(pattern=KEY_NAME)]
"""A key that a terminal names and no scanner sends."""


class Keypad(Section):
    """The keys with which a kiosk is used by ear, as the keypad sends them. Each means one thing."""

    speech: KeyName | None = Field("f5", description="Begins and ends speech.")
    next: KeyName | None = Field("f6", description="Goes on to the next thing to choose, and names it.")
    choose: KeyName | None = Field("f7", description="Chooses what was named.")
    repeat: KeyName | None = Field("f8", description="Says the last thing again.")
    volume: KeyName | None = Field("f9", description="The next of five volumes.")
    plugged: KeyName | None = Field(
        None, description="Headphones were plugged in: begins speech, which others cannot hear then."
    )
    unplugged: KeyName | None = Field(None, description="They were unplugged: ends speech.")

    @model_validator(mode="after")
    def _one_thing_each(self) -> Self:
        keys = [key for key, _ in self.pairs]
        if twice := sorted({key for key in keys if keys.count(key) > 1}):
            raise ValueError(f"gives {twice[0]} two meanings; each key has one")
        return self

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Each key with its meaning."""
        return [(key, meaning) for meaning, key in self.model_dump().items() if key]


class Device(Section):
    """The settings of the computer that a face runs on."""

    database: Name | None = Field(
        None, description="Database URL. Without it: a SQLite file in the user's state folder."
    )
    password_file: Name | None = Field(
        None, description="File with the password of `database`, for its owner alone (0600); beside this file."
    )
    name: Name | None = Field(None, description="Which kiosk or display of the plan this computer is.")
    pin_hash: PinHash | None = Field(
        None,
        description="Hash of the PIN that opens the kiosk's staff view, by `ankommen pin`; without it none.",
    )
    bidi: Literal["app", "terminal"] = Field(
        "app", description='Who turns Arabic and Persian lines: "app" (foot, xterm) or "terminal" (mlterm).'
    )
    pictures: Literal["auto", "on", "off"] = Field(
        "auto", description='Whether the kiosk draws pictures (Sixel): "auto" asks the terminal, "on", "off".'
    )
    printer_files: tuple[FilePattern, ...] = Field(
        PRINTER_FILES, description="Files that printers of the plan (file:, serial:) may be; * is any part of a name."
    )
    audio: Name = Field(
        "default",
        description='ALSA device that speaks calls, and at a kiosk what is on the screen; "none" for silence.',
    )
    key_pause_ms: Whole = Field(
        400, ge=0, le=1000, description="The same key or tile of a kiosk counts again only after so many milliseconds."
    )
    keypad: Keypad = Field(Keypad(), description="The keys of a kiosk for people who listen.")
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
