"""What an engine is, and how it keeps what was committed."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Keeping(StrEnum):
    """How committed transactions are kept; the value says it to whoever looks after the database."""

    WRITE_AHEAD_LOG = "write-ahead log"
    ROLLBACK_JOURNAL = "rollback journal, because its write-ahead log has a fault: pip install pysqlite3"
    ON_DISK = "commits are on disk"
    MAY_BE_LOST = "COMMITS MAY BE LOST: set fsync and synchronous_commit to on"


class Product(NamedTuple):
    """An engine as it runs here."""

    name: str
    """With its version."""
    keeping: Keeping

    def __str__(self) -> str:
        return f"{self.name}, {self.keeping}"
