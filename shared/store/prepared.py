"""Statements of the hot path: compiled once, run on the driver's own cursor at a tenth of SQLAlchemy's cost.

They are written and typed like all others, and give the same values and errors. One thing they cannot do: `IN` with a
list as a value. SQLAlchemy executes a statement like that in the normal way.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

Values = Mapping[str, Any]
_Convert = Callable[[Any], Any]

CURSOR = "cursor"
"""Key in SQLAlchemy's `info` of a connection: the backend puts the driver's cursor for these statements there."""


class Rows(list[Any]):
    """Rows that have all been fetched: tuples with a name for each column."""

    rowcount: int
    """How many rows the statement has changed; meaningless for one that only reads."""

    def all(self) -> Sequence[Any]:
        """Every row."""
        return self

    def one_or_none(self) -> Any:
        """The only row, None if there is none. Raises sqlalchemy's MultipleResultsFound."""
        if len(self) > 1:
            raise sa.exc.MultipleResultsFound(f"{len(self)} rows where one at most was expected")
        return self[0] if self else None

    def one(self) -> Any:
        """The only row. Raises sqlalchemy's MultipleResultsFound or NoResultFound."""
        if not self:
            raise sa.exc.NoResultFound("no row where one was expected")
        return self.one_or_none()

    def scalar_one(self) -> Any:
        """The first value of the only row. Raises as `one` does."""
        return self.one()[0]

    def scalar_one_or_none(self) -> Any:
        """The first value of the only row, None if there is no row. Raises as `one_or_none` does."""
        row = self.one_or_none()
        return None if row is None else row[0]


class Prepared:
    """A statement that is built once, at module level; its form for an engine is made at the first use.

    Args:
        columns: For an insert: the columns that it sets.
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
    """Names of its values, in the order of the driver's placeholders."""
    takes: Sequence[tuple[int, _Convert]]
    """Conversions of values for the driver, by placeholder; only those that are needed."""
    defaults: Values
    """Values for names that need not be given."""
    row: Callable[[Sequence[Any]], Any] | None
    """Makes a row from its columns; None if there are no rows."""
    gives: Sequence[tuple[int, _Convert]]
    """Conversions of columns from the driver, by position; only those that are needed."""

    def values(self, given: Values) -> list[Any]:
        ready = {**self.defaults, **given} if self.defaults else given
        values = [ready[name] for name in self.names]
        for place, convert in self.takes:
            if values[place] is not None:
                values[place] = convert(values[place])
        return values

    def rows(self, fetched: Iterable[Sequence[Any]]) -> Iterable[Any]:
        assert self.row is not None
        if not self.gives:
            return map(self.row, fetched)
        rows = [list(row) for row in fetched]
        for row in rows:
            for place, convert in self.gives:
                row[place] = convert(row[place])
        return map(self.row, rows)


def _form(statement: Any, columns: Sequence[str], dialect: sa.Dialect) -> _Form:
    compiled = statement.compile(dialect=_by_place(dialect), column_keys=list(columns) or None)
    names = list(compiled.positiontup or ())
    binds = compiled.binds
    has_rows = statement.is_select or (statement.is_dml and statement._returning)
    columns_given = list(statement.exported_columns) if has_rows else []
    incoming = [_impl(binds[name].type, dialect).bind_processor(dialect) for name in names]
    outgoing = [_impl(column.type, dialect).result_processor(dialect, None) for column in columns_given]
    return _Form(
        sql=str(compiled),
        names=names,
        takes=[(place, convert) for place, convert in enumerate(incoming) if convert],
        defaults={name: binds[name].value for name in names if not binds[name].required},
        row=_row([column.key for column in columns_given]) if has_rows else None,
        gives=[(place, convert) for place, convert in enumerate(outgoing) if convert],
    )


def _row(columns: Sequence[str]) -> Callable[[Sequence[Any]], Any]:
    named: Any = namedtuple("Row", columns)  # type: ignore[misc]
    make: Callable[[Sequence[Any]], Any] = named._make
    return make


def _by_place(dialect: sa.Dialect) -> sa.Dialect:
    """The dialect with values by position instead of name: psycopg's raw cursor passes `$1` on unchanged."""
    by_name = dialect.paramstyle == "pyformat"
    return type(dialect)(paramstyle="numeric_dollar") if by_name else dialect  # type: ignore[call-arg]


def _impl(kind: sa.types.TypeEngine[Any], dialect: sa.Dialect) -> Any:
    return kind.dialect_impl(dialect)


def _run(form: _Form, connection: sa.Connection, values: Values) -> Rows:
    cursor = connection.info[CURSOR]
    dialect = connection.dialect
    errors: Any = dialect.loaded_dbapi.Error
    try:
        cursor.execute(form.sql, form.values(values))
        rows = Rows(form.rows(cursor.fetchall()) if form.row else ())
        rows.rowcount = cursor.rowcount
    except errors as error:
        driver = connection.connection.driver_connection
        lost = dialect.is_disconnect(error, driver, cursor)
        if lost:
            connection.invalidate(error)
        raise sa.exc.DBAPIError.instance(
            form.sql, None, error, errors, connection_invalidated=lost, dialect=dialect
        ) from error
    return rows
