"""A target: a comparison with an operand at a date, where its changes start from, and the level that it asks for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from .definition import Definition, Point, TargetRow
from .values import POINTS_UNIT, WIDE, Series, total

_HUNDRED = Decimal(100)
_CONSTANT = "constant-euros-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What is measured.

    `decimals` as printed; `breaks` the first years of another method of measuring; `cumulated` where each value counts
    the years before it already.
    """

    unit: str
    decimals: int
    direction: str = "up"
    breaks: frozenset[int] = frozenset()
    cumulated: bool = False

    @property
    def is_rate(self) -> bool:
        return self.unit == POINTS_UNIT


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One target of one indicator and entity; the words are those of a contract's `targets` table.

    `value`, `upper`, `level`, `tolerance`, `baseline_value` and `trajectory` are in the measure's unit, or in percent
    for a growth; those of a target in constant euros are in euros of the year that its basis names.
    """

    measure: Measure
    comparison: str
    operand: str
    due_year: int
    start_year: int
    reference_year: int
    value: Decimal | None = None
    upper: Decimal | None = None
    level: Decimal | None = None
    basis: str = ""
    accumulation: str = "annual"
    baseline_kind: str = "year"
    baseline_years: tuple[int, ...] = ()
    baseline_value: Decimal | None = None
    tolerance: Decimal | None = None
    trajectory: Mapping[int, Decimal] = field(default_factory=dict)

    @property
    def constant_year(self) -> int | None:
        return constant_year(self.basis)

    @property
    def is_cumulative(self) -> bool:
        """Whether its years are to be added up: never those of values that are sums already."""
        return self.accumulation == "cumulative" and not self.measure.cumulated


def target_of(definition: Definition, measure: Measure, row: TargetRow) -> Target:
    """A target as its contract states it."""
    header = definition.header
    return Target(
        measure=measure,
        comparison=row.comparison,
        operand=row.operand,
        due_year=row.due_year,
        start_year=header.start_year,
        reference_year=header.reference_year,
        value=row.value,
        upper=row.upper,
        level=row.level,
        basis=row.basis,
        accumulation=row.accumulation,
        baseline_kind=row.baseline_kind,
        baseline_years=tuple(int(year) for year in (row.baseline_years or "").split()),
        baseline_value=row.baseline_value,
        tolerance=row.tolerance,
        trajectory={each.year: each.value for each in path(definition, row)},
    )


def path(definition: Definition, row: TargetRow) -> list[Point]:
    """The points of a target's trajectory."""
    place = (row.indicator, row.entity, row.target)
    return [each for each in definition.trajectory if (each.indicator, each.entity, each.target) == place]


def constant_year(basis: str) -> int | None:
    """The year of constant euros."""
    year = basis.removeprefix(_CONSTANT)
    return int(year) if basis.startswith(_CONSTANT) and year.isdecimal() else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deflator:
    """A price index by year; the base year is 100."""

    base_year: int
    index: Mapping[int, Decimal]
    code: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AsOf:
    """The year judged, and the day on which it is."""

    year: int
    on: date


@dataclass(frozen=True, slots=True)
class Baseline:
    """Where a change starts from; `years` are those of a mean, and `year` the last of them."""

    year: int | None
    value: Decimal | None
    years: tuple[int, ...] = ()


def baseline(target: Target, series: Series) -> Baseline:
    """A stated value, a year's, or the mean of several; of the contract's reference year where none is named."""
    if target.baseline_kind == "none":
        return Baseline(None, None)
    years = target.baseline_years or (target.reference_year,)
    stated = target.baseline_value
    return Baseline(years[-1], stated if stated is not None else _mean(series, years), years)


def _mean(series: Series, years: tuple[int, ...]) -> Decimal | None:
    values = [value for year in years if (value := series.get(year)) is not None]
    return WIDE.divide(total(values), Decimal(len(values))) if len(values) == len(years) else None


def from_baseline(operand: str, start: Decimal, value: Decimal) -> Decimal | None:
    """The baseline, moved by a growth in percent or by points."""
    if operand == "baseline":
        return start
    if operand in {"growth", "growth_range"}:
        return WIDE.multiply(start, WIDE.add(Decimal(1), WIDE.divide(value, _HUNDRED)))
    return WIDE.add(start, value) if operand == "points" else None
