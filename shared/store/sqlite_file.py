"""The file of a SQLite database: made for its owner alone, ours, writable by this account, and still the same one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shared.errors import DatabaseMismatch, DatabaseUnavailable
from shared.private_files import make_private_file, may_write, tighten, whose
from shared.store.file_system import MOUNTS, remote_file_system

APPLICATION_ID = 0x416E6B6F
"""The mark in the header of our databases: "Anko" in ASCII. A migration writes it."""
_UNMARKED_TABLES = {"alembic_version", "site", "plan", "visit"}
"""Tables that show that a database is ours if it was made before the mark existed."""
_BESIDE = ("-wal", "-shm", "-journal")
"""Files that SQLite keeps next to the database, with the same mode."""


@dataclass(frozen=True, slots=True)
class Opened:
    """Which files a connection has open: path, device and inode of the database and its write-ahead log."""

    files: tuple[tuple[str, int, int], ...]

    def are_there(self) -> bool:
        """Whether they still stand where they stood."""
        try:
            for path, device, inode in self.files:
                found = os.stat(path)  # noqa: PTH116  (a Path costs as much again, at each transaction)
                if found.st_ino != inode or found.st_dev != device:
                    return False
        except OSError:
            return False
        return True


class DatabaseFile:
    """One file as this process uses it.

    Raises DatabaseUnavailable if it is on another computer, because SQLite cannot trust locks over a network.
    """

    def __init__(self, path: Path) -> None:
        self.path = path.expanduser().absolute()
        mounts = MOUNTS.read_text(encoding="utf-8", errors="replace") if MOUNTS.exists() else ""
        if kind := remote_file_system(self.path.resolve(), mounts):
            raise DatabaseUnavailable(
                f"{path} is on another computer ({kind}), where SQLite loses data. "
                "Name a file on this one, or use Postgres: postgresql+psycopg://user@host/name"
            )
        self._first: Opened | None = None

    def exists(self) -> bool:
        """Whether it is there. Raises DatabaseUnavailable if its folder is closed to this account."""
        with self._sentences(), suppress(FileNotFoundError, NotADirectoryError):
            self.path.stat()
            return True
        return False

    def make(self) -> None:
        """Make it if it is missing: empty, for its owner alone.

        Raises DatabaseUnavailable if its folder is missing or cannot be written, or if the log of a deleted database
        is still there: SQLite would delete that, and with it the newest commits.
        """
        with self._sentences(), suppress(FileExistsError):  # it exists, or another program was quicker
            if not self.exists():
                self._require_writable(self.path.parent)
                if left := next(filter(Path.exists, (Path(f"{self.path}{end}") for end in _BESIDE)), None):
                    raise DatabaseUnavailable(f"{left} is of a deleted database: bring that back, or move it away.")
                make_private_file(self.path)

    def require(self) -> None:
        """Check that it can be used before SQLite opens it, which would leave files of this account beside it.

        Raises DatabaseUnavailable for a file that is missing, is no file, or cannot be written by this account.
        """
        if not self.exists():
            raise self._is_gone() if self._first else DatabaseUnavailable(f"There is no database {self.path}.")
        with self._sentences():
            if not self.path.is_file():
                raise DatabaseUnavailable(f"{self.path} is no file.")
            for one in self._files():
                with suppress(FileNotFoundError):  # one of the files beside it is gone
                    self._require_writable(one)
            self._require_writable(self.path.resolve().parent)

    def require_ours(self, cursor: Any) -> None:
        """Check the open file; once it is known to be ours, others lose their rights to it.

        Raises DatabaseMismatch if it is another program's database. That stays as it is, its rights too.
        """
        mark = cursor.execute("PRAGMA application_id").fetchone()[0]
        if mark == APPLICATION_ID:
            self._make_private()
            return
        tables = {name for (name,) in cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if mark or (tables and not tables >= _UNMARKED_TABLES):
            raise DatabaseMismatch(f"{self.path} is the database of another program: name another file.")
        if tables:
            self._make_private()

    def _make_private(self) -> None:
        """Remove the rights of others, as far as this account can do that."""
        with self._sentences():
            for one in self._files():
                with suppress(FileNotFoundError):  # one of the files beside it is gone
                    tighten(one)

    def _files(self) -> tuple[Path, ...]:
        """The file itself, and those that SQLite keeps beside it."""
        real = self.path.resolve()
        return real, *(Path(f"{real}{end}") for end in _BESIDE)

    def opened(self) -> Opened:
        """Which files a new connection has open.

        Raises DatabaseUnavailable if it is not the database that this process started with.
        """
        with self._sentences():
            file, log = _inode(self.path), Path(f"{self.path.resolve()}-wal")
            now = Opened((file, _inode(log)) if log.exists() else (file,))
        self._first = self._first or now
        if self._first.files[0] != file:
            raise self._is_gone()
        return now

    def require_same(self, opened: Opened) -> None:
        """Raises DatabaseUnavailable if the files of a connection were deleted or replaced."""
        if not opened.are_there():
            raise self._is_gone()

    def _is_gone(self) -> DatabaseUnavailable:
        return DatabaseUnavailable(
            f"The database {self.path} was deleted or replaced while this program worked with it: nothing is written. "
            "It goes on when the file is back; for another file, start the program again."
        )

    def _require_writable(self, path: Path) -> None:
        if not may_write(path):
            raise DatabaseUnavailable(f"{path} cannot be written by this account; it belongs to {whose(path)}.")

    @contextmanager
    def _sentences(self) -> Iterator[None]:
        """Turns the system's errors about the file into sentences."""
        try:
            yield
        except FileNotFoundError as error:
            raise DatabaseUnavailable(f"There is no folder {self.path.parent} for the database: make it.") from error
        except OSError as error:
            raise DatabaseUnavailable(f"The database {self.path} cannot be reached: {error.strerror}.") from error


def _inode(path: Path) -> tuple[str, int, int]:
    found = path.stat()
    return str(path), found.st_dev, found.st_ino
