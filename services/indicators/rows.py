"""Reading the rows of a contract's tables: each as its dataclass, or as the mistakes that it holds."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from functools import cache
from typing import Any, get_args, get_type_hints

from pydantic import ConfigDict, TypeAdapter, ValidationError, with_config

from shared.sentences import sentence
from shared.spreadsheets import number

from .domain import contract as definitions
from .domain import series
from .domain.contract import Contract
from .domain.observation import Observation, Outcome
from .domain.target import Target, TrajectoryPoint
from .domain.validation import KEYS, Mistake

_ROWS: dict[str, type] = {
    "contract": definitions.Header,
    "entities": definitions.Entity,
    "objectives": definitions.Objective,
    "indicators": definitions.Indicator,
    "targets": Target,
    "trajectory": TrajectoryPoint,
    "benchmarks": series.Benchmark,
    "benchmark_values": series.SeriesPoint,
    "deflators": series.Deflator,
    "deflator_values": series.SeriesPoint,
    "adjustments": series.Adjustment,
    "hypotheses": series.Hypothesis,
    "printed_changes": definitions.PrintedChange,
    "notes": definitions.Note,
    "observations": Observation,
}
for _model in {*_ROWS.values()}:
    with_config(ConfigDict(extra="forbid"))(_model)

CONTRACT = TypeAdapter(Contract)
Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Parsed:
    """The rows of one table that could be read, each with its place, and the mistakes of the others."""

    table: str
    received: int
    rows: list[tuple[int, Any]]
    mistakes: list[Mistake]

    def placed(self, outcomes: Sequence[Outcome]) -> list[Outcome]:
        """The outcomes of the rows that could be read, each at its own place; the others are rejected."""
        every = [Outcome.REJECTED] * self.received
        for (place, _), outcome in zip(self.rows, outcomes, strict=True):
            every[place] = outcome
        return every

    def relocated(self, mistake: Mistake) -> Mistake:
        """A mistake counted among the rows that could be read, at its row's own place."""
        return replace(mistake, row=self.rows[mistake.row][0]) if mistake.row < len(self.rows) else mistake


def parse(table: str, rows: Rows) -> Parsed:
    """Read the rows of a table as its dataclass; numbers may be written as in the French dialect."""
    parsed = Parsed(table, len(rows), [], [])
    for place, raw in enumerate(rows):
        try:
            parsed.rows.append((place, _adapter(_ROWS[table]).validate_python(_with_numbers(_ROWS[table], raw))))
        except ValidationError as error:
            parsed.mistakes.extend(_mistakes(table, place, error))
        except _NotANumberError as error:
            parsed.mistakes.append(
                Mistake(table=table, row=place, column=error.column, code="number", message=error.message)
            )
    return parsed


def unknown_tables(package: Mapping[str, Any]) -> list[str]:
    return sorted(package.keys() - _ROWS.keys())


def definition_tables() -> tuple[str, ...]:
    return tuple(KEYS)


@cache
def _adapter(model: type) -> TypeAdapter[Any]:
    return TypeAdapter(model)


class _NotANumberError(ValueError):
    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column = column
        self.message = message


@cache
def _number_columns(model: type) -> frozenset[str]:
    hints = get_type_hints(model)
    return frozenset(each.name for each in fields(model) if Decimal in (hints[each.name], *get_args(hints[each.name])))


def _with_numbers(model: type, raw: Mapping[str, Any]) -> dict[str, Any]:
    row = dict(raw)
    for column in _number_columns(model) & row.keys():
        if isinstance(row[column], str):
            try:
                row[column] = number(row[column])
            except ValueError as error:
                raise _NotANumberError(column, str(error)) from error
    return row


def _mistakes(table: str, place: int, error: ValidationError) -> Iterator[Mistake]:
    for each in error.errors():
        column = ".".join(str(part) for part in each["loc"]) or None
        yield Mistake(table=table, row=place, column=column, code=each["type"], message=sentence(each))
