"""The one place that prepares a URL for display: without user, password and the values of its options."""

from __future__ import annotations

import re

_HIDDEN = "***"
_LONGEST = 120
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:?//")
"""The colon is optional, because people forget it."""
_FILE = re.compile(r"(sqlite|file)[^/]*//(?=/)")
"""A URL of this kind has no user and no password, and # may be part of the file's name."""
_NO_PORT = re.compile(r"(?<!\[):(?!-?[0-9]{1,5}(?:[/,]|$))[^/\]]*(?=/|$)")
"""Text after a colon that is no port: perhaps a password whose "@" was forgotten."""
_SETTING = re.compile(r"(\w+\s*=\s*)('[^']*'|\S+)")
"""One of libpq's settings, "password=…", in place of a URL."""


def shown(url: str) -> str:
    """A URL as messages, logs and `doctor` may show it. A malformed one reveals nothing either."""
    if _FILE.match(url):
        told = re.sub(r"[?].*", f"?{_HIDDEN}", url, flags=re.DOTALL)
    else:
        scheme = found[0] if (found := _SCHEME.match(url)) else ""
        before, user, place = url[len(scheme) :].rpartition("@")
        if re.search(r"[?#]", before):  # a password with such a mark, or an option with an @: cannot be known
            user, place = "", _HIDDEN
        place = re.sub(r"[?#].*", f"?{_HIDDEN}", place, flags=re.DOTALL)
        place = _NO_PORT.sub(f":{_HIDDEN}", place) if scheme else _SETTING.sub(rf"\1{_HIDDEN}", place)
        told = scheme + f"{_HIDDEN}@" * bool(user) + place
    return told if len(told) <= _LONGEST else f"{told[: _LONGEST - 1]}…"
