"""Name and version of an engine, and how it keeps commits."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Keeping(StrEnum):
    """How commits are kept; the value is the text for the administrator of the database."""

    WRITE_AHEAD_LOG = "write-ahead log"
    ROLLBACK_JOURNAL = "rollback journal, because its write-ahead log has a fault: pip install pysqlite3"
    ON_DISK = "commits are on disk"
    MAY_BE_LOST = "COMMITS MAY BE LOST: set fsync and synchronous_commit to on"


class Product(NamedTuple):
    """The engine in use."""

    name: str
    """With its version."""
    keeping: Keeping

    def __str__(self) -> str:
        return f"{self.name}, {self.keeping}"
