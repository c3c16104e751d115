"""Files that only their owner may read: private from the first byte, whatever the umask, and checked before use."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_FOLDER = 0o700
_FILE = 0o600


def make_private_folder(folder: Path) -> None:
    """Make a folder and its missing parents, each for its owner alone. Raises OSError."""
    if folder.is_dir():
        return
    make_private_folder(folder.parent)
    with suppress(FileExistsError):  # another program was quicker
        folder.mkdir(mode=_FOLDER)
        folder.chmod(_FOLDER)  # a strict umask may have removed some of these rights


def make_open_folder(folder: Path) -> None:
    """Make a folder for what is no secret, such as a configuration, with its missing parents. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)


def make_private_file(file: Path) -> None:
    """Make an empty file for its owner alone. Raises OSError; FileExistsError if anything is there already."""
    os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, _FILE))
    file.chmod(_FILE)


def open_private(file: Path, more: bool = False) -> BinaryIO:
    """Open a file to overwrite it or add to it, for its owner alone. Raises OSError."""
    how = os.O_APPEND if more else os.O_TRUNC
    written = os.fdopen(os.open(file, os.O_CREAT | os.O_WRONLY | how, _FILE), "ab" if more else "wb")
    if file.is_file():  # a pipe or a device stays as it is
        tighten(file)
    return written


def open_to_others(path: Path) -> bool:
    """Whether anybody except its owner has any right to it. Raises OSError."""
    return os.name == "posix" and bool(path.stat().st_mode & _OTHERS)


def tighten(path: Path) -> bool:
    """Remove all rights except the owner's; False if this account may not do that. Raises OSError."""
    if open_to_others(path):
        try:
            path.chmod(stat.S_IMODE(path.stat().st_mode) & ~_OTHERS)
        except PermissionError:
            return False
    return True


def may_write(path: Path) -> bool:
    """Whether this account may read and write a file, or make files in a folder. Raises OSError if it is missing."""
    wanted = os.W_OK | (os.X_OK if stat.S_ISDIR(path.stat().st_mode) else os.R_OK)
    return os.access(path, wanted, effective_ids=os.access in os.supports_effective_ids)


def whose(path: Path) -> str:
    """Owner and mode of a file as a person reads them: "ankommen, 0600". Raises OSError."""
    found = path.stat()
    owner = str(found.st_uid)
    with suppress(KeyError, NotImplementedError):  # no such account any more; not POSIX
        owner = path.owner()
    return f"{owner}, {stat.S_IMODE(found.st_mode):04o}"


def read_secret(file: Path) -> str:
    """The one line of a file that holds a secret.

    The rule is libpq's for keys: your own file must be closed to all others, a file of root may be open to a group.

    Raises:
        PermissionError: others may read it.
        ValueError: it is empty or has several lines.
        OSError: it cannot be read.
    """
    found = file.stat()
    if os.name == "posix" and found.st_mode & (_OTHERS if found.st_uid else stat.S_IRWXO | stat.S_IWGRP | stat.S_IXGRP):
        raise PermissionError(f"others may read it ({whose(file)}); run: chmod 600 {file}")
    lines = file.read_text(encoding="utf-8").splitlines()
    if len(lines) != 1 or not lines[0]:
        raise ValueError("it must have one line, and nothing but the password in it")
    return lines[0]
