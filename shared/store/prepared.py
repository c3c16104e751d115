"""Statements of the hot path: compiled once, run on the driver's own cursor at a tenth of SQLAlchemy's cost.

They are written and typed like all others, and give the same rows and errors. What they cannot do is `IN` with a list
that is handed in: such a statement is executed as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine.result import IteratorResult, SimpleResultMetaData

Values = Mapping[str, Any]
_Convert = Callable[[Any], Any]
_REQUIRED = object()
"""Stands for the default of a value that has none: who forgets it gets a KeyError, not a null."""


class Rows(IteratorResult[Any]):
    """Rows that have all arrived already."""

    rowcount: int
    """How many rows the statement has changed."""


class Prepared:
    """A statement that is built once, at module level; each engine's form of it is made at its first use.

    Args:
        columns: Of an insert: those that it sets.
    """

    def __init__(self, statement: Any, *columns: str) -> None:
        self._statement = statement
        self._columns = columns
        self._forms: dict[str, _Form] = {}

    def run(self, connection: sa.Connection, values: Values | Sequence[Values]) -> Rows:
        """Execute it once, or once for each of several values. Raises sqlalchemy's errors."""
        dialect = connection.dialect
        form = self._forms.get(dialect.name)
        if form is None:
            form = self._forms[dialect.name] = _form(self._statement, self._columns, dialect)
        return _run(form, connection, values)


@dataclass(frozen=True, slots=True)
class _Form:
    """The statement as one engine's driver takes it."""

    sql: str
    binds: Sequence[tuple[str, Any, _Convert | None]]
    """Name, value where none is given, and what turns a value into the driver's."""
    positional: bool
    results: Sequence[_Convert | None]
    names: SimpleResultMetaData

    def values(self, given: Values) -> Any:
        ready = [
            (name, convert(value) if convert and value is not None else value)
            for name, default, convert in self.binds
            for value in (given[name] if default is _REQUIRED else given.get(name, default),)
        ]
        return [value for _, value in ready] if self.positional else dict(ready)

    def rows(self, fetched: Iterable[Sequence[Any]]) -> list[tuple[Any, ...]]:
        if not any(self.results):
            return [tuple(row) for row in fetched]
        return [
            tuple(convert(value) if convert else value for convert, value in zip(self.results, row, strict=True))
            for row in fetched
        ]


def _form(statement: Any, columns: Sequence[str], dialect: sa.Dialect) -> _Form:
    compiled = statement.compile(dialect=dialect, column_keys=list(columns) or None)
    names = compiled.positiontup if compiled.positional else list(compiled.binds)
    gives = statement.is_select or (statement.is_dml and statement._returning)
    given = statement.exported_columns if gives else ()
    return _Form(
        sql=str(compiled),
        binds=[
            (name, _REQUIRED if bind.required else bind.value, _impl(bind.type, dialect).bind_processor(dialect))
            for name in names
            for bind in (compiled.binds[name],)
        ],
        positional=compiled.positional,
        results=[_impl(column.type, dialect).result_processor(dialect, None) for column in given],
        names=SimpleResultMetaData([column.key for column in given]),
    )


def _impl(kind: sa.types.TypeEngine[Any], dialect: sa.Dialect) -> Any:
    return kind.dialect_impl(dialect)


def _run(form: _Form, connection: sa.Connection, values: Values | Sequence[Values]) -> Rows:
    driver: Any = connection.connection.driver_connection
    dialect = connection.dialect
    errors: Any = dialect.loaded_dbapi.Error
    cursor = driver.cursor()
    try:
        if isinstance(values, Mapping):
            cursor.execute(form.sql, form.values(values))
        else:
            cursor.executemany(form.sql, [form.values(each) for each in values])
        rows = Rows(form.names, iter(form.rows(cursor.fetchall()) if form.results else ()))
        rows.rowcount = cursor.rowcount
    except errors as error:
        lost = dialect.is_disconnect(error, driver, cursor)
        if lost:
            connection.invalidate(error)
        raise sa.exc.DBAPIError.instance(
            form.sql, None, error, errors, connection_invalidated=lost, dialect=dialect
        ) from error
    finally:
        cursor.close()
    return rows
