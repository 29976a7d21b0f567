"""What a target states: a comparison with an operand at a date, per indicator and entity."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Comparison(StrEnum):
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    WITHIN = "within"
    NONE = "none"


class Operand(StrEnum):
    """What the value is compared with; `growth` is in percent, `points` in the indicator's unit."""

    VALUE = "value"
    BASELINE = "baseline"
    GROWTH = "growth"
    POINTS = "points"
    GROWTH_RANGE = "growth_range"
    BENCHMARK = "benchmark"
    NONE = "none"


class Accumulation(StrEnum):
    """Whether the yearly value is judged, or the sum of the years since the baseline."""

    ANNUAL = "annual"
    CUMULATIVE = "cumulative"


class BaselineKind(StrEnum):
    """A year's value, the mean of several years, or a value that the contract adjusted."""

    YEAR = "year"
    MEAN = "mean"
    ADJUSTED = "adjusted"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One target line.

    `target` tells apart the targets of one indicator and entity. `value` and `upper` are in the indicator's unit, or
    in percent for a growth. `basis` is how money is counted (`current-euros`, `constant-euros-2022`), empty elsewhere.
    `baseline_years` are separated by spaces. `level` is the printed level where the contract gives one beside a growth.
    """

    indicator: str
    entity: str
    target: str
    comparison: Comparison
    operand: Operand
    due_year: int
    text: str
    source: str
    value: Decimal | None = None
    upper: Decimal | None = None
    level: Decimal | None = None
    benchmark: str | None = None
    basis: str = ""
    deflator: str | None = None
    accumulation: Accumulation = Accumulation.ANNUAL
    baseline_kind: BaselineKind = BaselineKind.YEAR
    baseline_years: str | None = None
    baseline_value: Decimal | None = None
    tolerance: Decimal | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrajectoryPoint:
    """The level that a target's path reaches in a year before its due year, in the indicator's unit."""

    indicator: str
    entity: str
    target: str
    year: int
    value: Decimal
    source: str
