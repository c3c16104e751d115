"""Forms of words in config.toml: patterns, what each allows in plain English, and checks of text."""

from __future__ import annotations

import unicodedata
from difflib import get_close_matches
from zoneinfo import ZoneInfo, available_timezones

from shared.config.pin import PIN_HASH
from shared.config.printer_url import ALLOWED as URL_ALLOWED
from shared.config.printer_url import PRINTER_URL
from shared.language import LANGUAGES, SPOKEN
from shared.language.fonts import missing_glyphs
from shared.language.terminal_text import clean
from shared.model import Need

SLUG = r"^[a-z0-9][a-z0-9_-]{0,39}$"
DESK_SERVICE = r"^(\*|[a-z0-9][a-z0-9_-]{0,39})$"
TAG = f"^({'|'.join(LANGUAGES)})$"
SPEECH = f"^({'|'.join(SPOKEN)})$"
NEED = f"^({'|'.join(Need)})$"
LETTER = r"^[A-Z]$"
TIME_OF_DAY = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"
TIME_RANGE = r"^([01][0-9]|2[0-3]):[0-5][0-9]-(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$"
DATE = r"^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
REGION = r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$"
FILE_PATTERN = r"^/[^\x00-\x1f\x7f]+$"
KEY_NAME = r"^(f([1-9]|1[0-9]|20)|up|down|left|right|home|end|insert|delete|pageup|pagedown)$"
PUBLIC_URL = r"^https?://[!-~]*[/=]$"

ALLOWED: dict[str, str] = {
    SLUG: 'lower-case letters a-z, digits, "-" and "_", at most 40, a letter or digit first',
    DESK_SERVICE: 'a key of [services], or "*" for any service marked for everybody',
    TAG: f"a language of this program: {', '.join(LANGUAGES)}",
    SPEECH: f"a language beyond those of this program: {', '.join(SPOKEN)}",
    NEED: f"a measure that helps: {', '.join(Need)}",
    LETTER: "one capital letter, A to Z",
    TIME_OF_DAY: 'a time of day "HH:MM", "00:00" to "23:59"',
    TIME_RANGE: 'a local time and a later one, each with two digits, "08:00-12:00"',
    DATE: 'a date, "2026-12-24"',
    FILE_PATTERN: 'a whole path, "/dev/usb/lp*"; * is any part of a name',
    KEY_NAME: "f1 to f20, up, down, left, right, home, end, insert, delete, pageup, pagedown",
    PIN_HASH: "what `ankommen pin` prints",
    REGION: 'a country, or a country and its part, "DE-SN"',
    PUBLIC_URL: 'printable ASCII that begins with "https://" or "http://" and ends with "/" or "="',
    PRINTER_URL: f"{URL_ALLOWED}; ports are 1 to 65535",
}
"""What each pattern allows, for people."""


def visible_line(text: str) -> str:
    """`text` unchanged. Raises ValueError if a character is invisible, ends the line or controls the terminal."""
    if clean(text) == text:
        return text
    hidden = [character for character in text if not clean(character) and unicodedata.category(character) != "Zs"]
    if hidden:
        raise ValueError(f"has the invisible character U+{ord(hidden[0]):04X}; one line of visible text is allowed")
    return text


def printable_line(text: str) -> str:
    """`text` unchanged. Raises ValueError as `visible_line` does, and for letters that our fonts lack."""
    if missing := missing_glyphs(visible_line(text)):
        letters = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in sorted(missing))
        raise ValueError(
            f"cannot be printed: the fonts lack {letters}; Latin, Cyrillic, Greek, Arabic, Hebrew, "
            "Georgian and Ethiopic letters are allowed"
        )
    return text


def known_timezone(name: str) -> str:
    """`name` unchanged. Raises ValueError if the IANA database lacks it."""
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):  # what zoneinfo raises for "../x", "Europe" and "Europe/Berlim"
        known = available_timezones()
        near = get_close_matches(name, known, 3) or ["Europe/Berlin"]
        raise ValueError(f"is no time zone; an IANA name is allowed, such as {', '.join(near)}") from None
    return name
