"""Many rows at once, past what a statement costs each: an import may bring 10^5 of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import exc, insert

from labelaudit.review.columns import Words, storable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sqlalchemy import Column, Connection, Dialect, Table

    Bound = Callable[[object], object] | None

_FEW = 50
_CHUNK = 5_000


def add_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
    """Insert rows, each with a value for every column."""
    if len(rows) <= _FEW:
        if rows:
            connection.execute(insert(table), rows)
        return
    names = (f'"{column.name}"' for column in table.c)
    named = f"{table.name} ({', '.join(names)})"
    if connection.dialect.name == "postgresql":
        _copy(connection, f"COPY {named} FROM STDIN", _bound(connection, table, rows))
        return
    statement = f"INSERT INTO {named} VALUES ({', '.join('?' * len(table.c))})"  # noqa: S608  names of our own
    for start in range(0, len(rows), _CHUNK):
        some = list(_bound(connection, table, rows[start : start + _CHUNK]))
        connection.exec_driver_sql(statement, some)


def _bound(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]
) -> Iterator[tuple[object, ...]]:
    """Yield the values of each row as the database is given them."""
    dialect = connection.dialect
    pairs = [(column.name, _turn(column, dialect)) for column in table.c]
    for row in rows:
        yield tuple([turn(row[name]) if turn else row[name] for name, turn in pairs])


def _turn(column: Column[object], dialect: Dialect) -> Bound:
    """Return what makes of a value what the database is given; None where that is the value."""
    if isinstance(column.type, Words):  # shorter than the general way, and most columns are
        return _words
    return column.type.dialect_impl(dialect).bind_processor(dialect)


def _words(value: object) -> object:
    return storable(value) if isinstance(value, str) else value


def _copy(connection: Connection, statement: str, values: Iterator[tuple[object, ...]]) -> None:
    dbapi = connection.dialect.dbapi
    assert dbapi is not None, "a connection has a driver"
    try:
        with connection.connection.cursor() as cursor, cursor.copy(statement) as copy:  # type: ignore[attr-defined]
            for row in values:
                copy.write_row(row)
    except dbapi.Error as error:  # as every other statement is told
        raise exc.DBAPIError.instance(statement, None, error, dbapi.Error) from error
