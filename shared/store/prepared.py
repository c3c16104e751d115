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

    def run(self, connection: sa.Connection, values: Values) -> Rows:
        """Execute it. Raises sqlalchemy's errors."""
        dialect = connection.dialect
        form = self._forms.get(dialect.name)
        if form is None:
            form = self._forms[dialect.name] = _form(self._statement, self._columns, dialect)
        return _run(form, connection, values)


@dataclass(frozen=True, slots=True)
class _Form:
    """The statement as one engine's driver takes it."""

    sql: str
    names: Sequence[str]
    """Of the values, in the order in which a driver that counts them wants them."""
    defaults: Values
    """Of the values that need not be given."""
    binds: Sequence[tuple[str, _Convert]]
    """What turns a value into the driver's, where anything must."""
    positional: bool
    columns: SimpleResultMetaData | None
    """None where there are no rows."""
    results: Sequence[tuple[int, _Convert]]
    """What turns a column of a row into ours, where anything must."""

    def values(self, given: Values) -> Any:
        ready = {**self.defaults, **given}
        for name, convert in self.binds:
            if ready[name] is not None:
                ready[name] = convert(ready[name])
        return [ready[name] for name in self.names] if self.positional else {name: ready[name] for name in self.names}

    def rows(self, fetched: Iterable[Sequence[Any]]) -> Iterable[Sequence[Any]]:
        if not self.results:
            return fetched
        rows = [list(row) for row in fetched]
        for row in rows:
            for column, convert in self.results:
                row[column] = convert(row[column])
        return map(tuple, rows)


def _form(statement: Any, columns: Sequence[str], dialect: sa.Dialect) -> _Form:
    compiled = statement.compile(dialect=dialect, column_keys=list(columns) or None)
    names = compiled.positiontup if compiled.positional else list(compiled.binds)
    binds = {name: compiled.binds[name] for name in names}
    gives = statement.is_select or (statement.is_dml and statement._returning)
    given = statement.exported_columns if gives else ()
    incoming = {name: _impl(bind.type, dialect).bind_processor(dialect) for name, bind in binds.items()}
    outgoing = [_impl(column.type, dialect).result_processor(dialect, None) for column in given]
    return _Form(
        sql=str(compiled),
        names=names,
        defaults={name: bind.value for name, bind in binds.items() if not bind.required},
        binds=[(name, convert) for name, convert in incoming.items() if convert],
        positional=compiled.positional,
        columns=SimpleResultMetaData([column.key for column in given]) if gives else None,
        results=[(n, convert) for n, convert in enumerate(outgoing) if convert],
    )


def _impl(kind: sa.types.TypeEngine[Any], dialect: sa.Dialect) -> Any:
    return kind.dialect_impl(dialect)


_NO_COLUMNS = SimpleResultMetaData([])


def _run(form: _Form, connection: sa.Connection, values: Values) -> Rows:
    driver: Any = connection.connection.driver_connection
    dialect = connection.dialect
    errors: Any = dialect.loaded_dbapi.Error
    cursor = driver.cursor()
    try:
        cursor.execute(form.sql, form.values(values))
        fetched = form.rows(cursor.fetchall()) if form.columns else ()
        rows = Rows(form.columns or _NO_COLUMNS, iter(fetched))
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
