"""The one place that shows a URL: without user, password and the values of its options."""

from __future__ import annotations

import re

_HIDDEN = "***"
_LONGEST = 120
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:?//")
"""Its colon may be forgotten."""
_FILE = re.compile(r"(sqlite|file)[^/]*//(?=/)")
"""Such a URL has neither user nor password, and # may be in its name."""
_NO_PORT = re.compile(r"(?<!\[):(?!-?[0-9]{1,5}(?:[/,]|$))[^/\]]*(?=/|$)")
"""After a colon in the address: not a port, so perhaps a password whose "@" was forgotten."""
_SETTING = re.compile(r"(\w+\s*=\s*)('[^']*'|\S+)")
"""One of libpq's settings, "password=…", where a URL should be."""


def shown(url: str) -> str:
    """A URL as messages, logs and `doctor` may show it; one that is wrong in any way gives nothing away either."""
    if _FILE.match(url):
        told = re.sub(r"[?].*", f"?{_HIDDEN}", url, flags=re.DOTALL)
    else:
        scheme = found[0] if (found := _SCHEME.match(url)) else ""
        before, user, place = url[len(scheme) :].rpartition("@")
        if re.search(r"[?#]", before):  # a password with a mark in it, or an option with an @: nobody knows
            user, place = "", _HIDDEN
        place = re.sub(r"[?#].*", f"?{_HIDDEN}", place, flags=re.DOTALL)
        place = _NO_PORT.sub(f":{_HIDDEN}", place) if scheme else _SETTING.sub(rf"\1{_HIDDEN}", place)
        told = scheme + f"{_HIDDEN}@" * bool(user) + place
    return told if len(told) <= _LONGEST else f"{told[: _LONGEST - 1]}…"
