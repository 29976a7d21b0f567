"""A place and what is wrong there; and what could be read of the rows that, as a whole, could not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Cells = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """A place (table, row counted from 0, column) and what is wrong there."""

    table: str
    row: int
    column: str | None
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Unread:
    """The readable cells of the rows that could not be read, by table and place: they are not held against others."""

    tables: Mapping[str, Mapping[int, Cells]] = field(default_factory=dict)

    def rows(self, table: str) -> Iterator[Cells]:
        yield from self.tables.get(table, {}).values()

    def keys(self, table: str, columns: Sequence[str]) -> set[tuple[Any, ...]]:
        return {tuple(cells.get(column) for column in columns) for cells in self.rows(table)}

    def codes(self, table: str) -> set[str]:
        return {cells["code"] for cells in self.rows(table) if "code" in cells}


NOTHING = Unread()
