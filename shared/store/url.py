"""Reads the URL of a database and checks each option; the password comes from a file of its own."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

import sqlalchemy as sa

from shared.errors import Malformed
from shared.private_files import read_secret
from shared.shown_url import shown

_ALLOWED = "Allowed: sqlite:////path/to/file.sqlite or postgresql+psycopg://user@host/name"


def read_url(url: str, password_file: Path | None = None) -> sa.URL:
    """What a URL says.

    Args:
        password_file: For Postgres: the file with the password; the URL then has none.

    Raises Malformed for a URL that no engine of this program can use, and for a password file that others may read.
    """
    try:
        parsed = sa.make_url(url)
    except sa.exc.ArgumentError:
        raise Malformed(f"{shown(url)!r} is no database URL. {_ALLOWED}") from None
    except ValueError:
        raise Malformed(f"{shown(url)!r}: the port is no number.") from None
    match parsed.get_backend_name():
        case "sqlite":
            return _of_file(parsed, url)
        case "postgresql":
            return _with_password(_of_server(parsed, url), password_file)
    raise Malformed(f"{shown(url)!r} is no database this program can use. {_ALLOWED}")


def holds_password(url: str) -> bool:
    """Whether a password stands in the URL itself."""
    try:
        parsed = sa.make_url(url)
    except (sa.exc.ArgumentError, ValueError):
        return False
    return bool(parsed.password or parsed.query.get("password"))


def _of_file(parsed: sa.URL, url: str) -> sa.URL:
    if "?" in url:
        raise Malformed(f"{shown(url)!r}: a file whose name has a question mark cannot be used; SQLite has no options.")
    if parsed.host or parsed.username or parsed.port:
        raise Malformed(f"{shown(url)!r}: four slashes begin a full path. {_ALLOWED}")
    if not parsed.database or parsed.database == ":memory:":
        raise Malformed(f"{shown(url)!r} names no file. {_ALLOWED}")
    return parsed


def _of_server(parsed: sa.URL, url: str) -> sa.URL:
    from psycopg.pq import Conninfo  # only where a server is asked for

    if "@" in (parsed.host or ""):
        told = "in a password, @ is written %40 and / is %2F; better it stands in a file of its own"
        raise Malformed(f"{shown(url)!r}: {told}.")
    ports = parsed.normalized_query.get("port", ())
    for port in (str(parsed.port or ""), *(one for several in ports for one in several.split(","))):
        if port and not (port.isascii() and port.isdigit() and 0 < int(port) < 2**16):
            raise Malformed(f"{shown(url)!r}: the port is a number from 1 to 65535.")
    known = [option.keyword.decode() for option in Conninfo.get_defaults()]
    for name in parsed.query:
        if name not in known:
            raise Malformed(f"{shown(url)!r}: {name!r} is no option of Postgres{_nearest(name, known)}.")
    return parsed


def _with_password(parsed: sa.URL, file: Path | None) -> sa.URL:
    if file is None or parsed.password is not None or "password" in parsed.query:
        return parsed
    try:
        return parsed.set(password=read_secret(file))
    except (OSError, ValueError) as error:
        told = getattr(error, "strerror", None) or error
        raise Malformed(f"The password of the database in {file}: {told}") from None


def _nearest(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name.casefold(), known, 1)
    return f"; did you mean {near[0]}?" if near else ""
