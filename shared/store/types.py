"""Column types that mean the same on SQLite and on Postgres."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, BigInteger, ColumnElement, DateTime, Dialect, Integer, case, literal, type_coerce
from sqlalchemy.types import TypeDecorator, TypeEngine

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

Identity = BigInteger().with_variant(Integer, "sqlite")
"""A row's id. SQLite increments only INTEGER keys by itself."""


class Moment(TypeDecorator[datetime]):
    """A moment in UTC: timestamptz on Postgres, whole microseconds since 1970 on SQLite, which knows no time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(BigInteger() if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        return (value - _EPOCH) // _MICROSECOND if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment: datetime = _EPOCH + value * _MICROSECOND if dialect.name == "sqlite" else value.astimezone(UTC)
        return moment


def later(moment: ColumnElement[Any], by: timedelta, dialect: Dialect) -> ColumnElement[Any]:
    """A moment in a statement, moved by a duration."""
    if dialect.name == "sqlite":
        return type_coerce(moment, BigInteger()) + by // _MICROSECOND
    return type_coerce(moment, DateTime(timezone=True)) + by


def not_before(began: ColumnElement[Any], now: datetime) -> ColumnElement[Any]:
    """The moment `now`, but never before `began`: a clock that was set back must not end a thing before it began."""
    return case((began > now, began), else_=literal(now, began.type))


class Json(TypeDecorator[Any]):
    """Lists and objects: jsonb on Postgres, text on SQLite."""

    impl = JSON
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name != "postgresql":
            return dialect.type_descriptor(JSON())
        from sqlalchemy.dialects.postgresql import JSONB  # only here: a kiosk on SQLite starts without it

        return dialect.type_descriptor(JSONB())


class Texts(Json):
    """A list of texts. Anything else in the row is left out: one odd row must not end a face."""

    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], list[str]]:
        read = super().result_processor(dialect, coltype)

        def texts(value: Any) -> list[str]:
            try:
                found = read(value) if read else value
            except ValueError:
                found = None
            return [text for text in found if isinstance(text, str)] if isinstance(found, list) else []

        return texts
