"""Requests: the answer of a verb is stored under its request id, and the same request gets that answer again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import cache
from inspect import get_annotations
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from uuid import UUID

import sqlalchemy as sa
from pydantic import TypeAdapter
from pydantic_core import to_json

from shared.errors import RequestReused
from shared.store import schema
from shared.store.prepared import Prepared

if TYPE_CHECKING:
    from shared.store.database import Transaction

T = TypeVar("T")


class Request(Generic[T]):
    """One request for a verb, known by its id; its arguments must be the same each time."""

    def __init__(self, id: UUID, verb: Callable[..., T], arguments: tuple[Any, ...], named: Mapping[str, Any]) -> None:
        self._id, self._verb = str(id), verb.__name__
        self._fingerprint = hashlib.sha256(to_json([arguments, named])).hexdigest()
        self._answers = _answer_type(verb)  # made before the transaction, which keeps others waiting

    def store(self, t: Transaction, answer: T) -> None:
        """Store the answer, in the transaction of the verb."""
        row = {"site": t.site, "id": self._id, "verb": self._verb, "args_hash": self._fingerprint, "at": t.now}
        t.execute(_STORE, {**row, "result": self._answers.dump_json(answer).decode()})

    def answered(self, t: Transaction) -> tuple[T] | None:
        """The answer of an earlier run; None if it has not run. Raises RequestReused if the arguments differ."""
        known = t.execute(_KNOWN, {"wanted_site": t.site, "wanted": self._id}).one_or_none()
        if known is None:
            return None
        if (known.verb, known.args_hash) != (self._verb, self._fingerprint):
            raise RequestReused(f"The request {self._id} was already used for {known.verb} with other arguments.")
        answer: T = self._answers.validate_json(known.result)
        return (answer,)


_STORE = Prepared(sa.insert(schema.request).inline(), "site", "id", "verb", "args_hash", "result", "at")
_KNOWN = sa.select(schema.request.c.verb, schema.request.c.args_hash, schema.request.c.result).where(
    schema.request.c.site == sa.bindparam("wanted_site"), schema.request.c.id == sa.bindparam("wanted")
)


@cache
def _answer_type(verb: Callable[..., T]) -> TypeAdapter[T]:
    return TypeAdapter(get_annotations(verb, eval_str=True)["return"])
