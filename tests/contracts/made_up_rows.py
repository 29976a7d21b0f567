"""A made-up row in every table that has none: what a migration does to data, it is to do to that of every table."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Column, Connection, MetaData, func, insert, select

_BY_KIND: dict[type, Any] = {
    bool: True,
    int: 7,
    float: 7.0,
    bytes: b"\x00\xff",
    datetime: datetime(2023, 4, 3, 9, 30, 15, 123456, tzinfo=UTC),
    date: date(2023, 4, 3),
}


def fill(connection: Connection) -> None:
    """Referenced tables first, so that each row has what it refers to."""
    tables = MetaData()
    tables.reflect(connection)
    for table in tables.sorted_tables:
        if not connection.scalar(select(func.count()).select_from(table)):
            values = {column.key: _value(connection, column) for column in table.columns}
            connection.execute(insert(table).values(values))


def _value(connection: Connection, column: Column[Any]) -> Any:
    for key in column.foreign_keys:
        return connection.scalar(select(key.column).limit(1))
    value = _BY_KIND.get(_kind(column), "é")
    is_naive = isinstance(value, datetime) and connection.dialect.name == "sqlite"
    return value.replace(tzinfo=None) if is_naive else value


def _kind(column: Column[Any]) -> type:
    kind: type = column.type.python_type
    return kind
