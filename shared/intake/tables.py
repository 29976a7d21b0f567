"""Reading the rows of tables: each as its dataclass, or as the mistakes that it holds."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Any, get_args, get_type_hints

from pydantic import ConfigDict, TypeAdapter, ValidationError, with_config

from shared.sentences import sentence
from shared.spreadsheets import iso_day, number

from .mistakes import Cells, Mistake
from .plans import Outcome

Rows = Sequence[Mapping[str, Any]]
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Parsed:
    """The rows of one table that could be read, each with its place; of the others, mistakes and readable cells."""

    table: str
    received: int
    rows: list[tuple[int, Any]] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)
    unread: dict[int, Cells] = field(default_factory=dict)

    def placed(self, outcomes: Sequence[Outcome]) -> list[Outcome]:
        """The outcomes of the rows that could be read, each at its own place; the others are rejected."""
        every = [Outcome.REJECTED] * self.received
        for (place, _), outcome in zip(self.rows, outcomes, strict=True):
            every[place] = outcome
        return every

    def relocated(self, mistake: Mistake) -> Mistake:
        """A mistake counted among the rows that could be read, at its row's own place."""
        return replace(mistake, row=self.rows[mistake.row][0]) if mistake.row < len(self.rows) else mistake


class Tables:
    """The tables that an owner takes, by the dataclass of their rows.

    Other columns of the `lenient` are not read; the `shown` ones come from an export, for those who read it.
    """

    def __init__(
        self,
        models: Mapping[str, type],
        *,
        lenient: Iterable[str] = (),
        shown: Mapping[str, Sequence[str]] = MappingProxyType({}),
    ) -> None:
        self._models = dict(models)
        self._lenient, self._shown = frozenset(lenient), shown
        for table, model in self._models.items():
            with_config(ConfigDict(extra="ignore" if table in self._lenient else "forbid"))(model)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._models)

    def unknown(self, package: Mapping[str, Any]) -> list[str]:
        return sorted(package.keys() - self._models.keys())

    def parse(self, table: str, rows: Rows) -> Parsed:
        """Read the rows of a table as its dataclass; numbers may be written as in the French dialect."""
        model, parsed = self._models[table], Parsed(table, len(rows))
        for place, raw in enumerate(rows):
            cells, wrong = _with_numbers(model, self._read(table, raw))
            wrong += _wrong_dates(model, cells)
            try:
                row = _adapter(model).validate_python(cells)
            except ValidationError as error:
                wrong = list(_wrong(error, {column for column, _, _ in wrong})) + wrong
            if not wrong:
                parsed.rows.append((place, row))
                continue
            parsed.mistakes.extend(
                Mistake(table=table, row=place, column=column, code=code, message=message)
                for column, code, message in wrong
            )
            parsed.unread[place] = _readable(model, cells, {str(column).partition(".")[0] for column, _, _ in wrong})
        return parsed

    def _read(self, table: str, raw: Mapping[str, Any]) -> Mapping[str, Any]:
        return {name: cell for name, cell in raw.items() if name not in self._shown.get(table, ())}

    def in_order(self, mistakes: Iterable[Mistake]) -> list[Mistake]:
        """By table, row and column, as somebody reads a file; an unknown column comes last."""
        return sorted(mistakes, key=lambda each: (self.names.index(each.table), each.row, self._column(each)))

    def _column(self, mistake: Mistake) -> int:
        names = [each.name for each in fields(self._models[mistake.table])]
        name = (mistake.column or names[0]).partition(".")[0]
        return names.index(name) if name in names else len(names)


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


@cache
def _columns_of(kind: type, model: type) -> frozenset[str]:
    hints = get_type_hints(model)
    return frozenset(each.name for each in fields(model) if kind in (hints[each.name], *get_args(hints[each.name])))


_Wrong = tuple[str | None, str, str]  # column, code, sentence


def _with_numbers(model: type, raw: Mapping[str, Any]) -> tuple[dict[str, Any], list[_Wrong]]:
    """The row with its numbers and its days read, and what is wrong with each number that is none."""
    row, wrong = dict(raw), list[_Wrong]()
    row |= {name: iso_day(row[name]) for name in _columns_of(date, model) & row.keys() if isinstance(row[name], str)}
    for column in _columns_of(Decimal, model) & row.keys():
        if isinstance(row[column], str):
            try:
                row[column] = number(row[column])
            except ValueError as error:
                wrong.append((column, "number", str(error)))
    return row, wrong


def _wrong_dates(model: type, cells: Cells) -> list[_Wrong]:
    """What is no date, though a number in its place would be counted in seconds from 1970."""
    written = ((column, cells[column]) for column in _columns_of(date, model) & cells.keys())
    return [
        (column, "date_parsing", sentence({"type": "date_parsing"}))
        for column, cell in written
        if not (cell is None or isinstance(cell, date) or (isinstance(cell, str) and _DAY.fullmatch(cell)))
    ]


def _wrong(error: ValidationError, said: set[str | None]) -> Iterator[_Wrong]:
    """What is wrong with the other cells."""
    for each in error.errors():
        column = ".".join(str(part) for part in each["loc"]) or None
        if column not in said:
            yield column, each["type"], sentence(each)


def _readable(model: type, cells: Cells, wrong: set[str]) -> Cells:
    """The cells of which nothing is said, each as its column's type."""
    hints = get_type_hints(model)
    return {name: _adapter(hints[name]).validate_python(cells[name]) for name in cells.keys() & hints.keys() - wrong}
