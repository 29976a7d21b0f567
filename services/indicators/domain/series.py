"""What a contract leans on: benchmarks and price indices by year, adjustments, hypotheses."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """An outside series that a target may be compared with."""

    code: str
    label: str
    unit: str
    source: str
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deflator:
    """A price index, by version; `base_year` is the year of constant euros."""

    code: str
    label: str
    version: str
    base_year: int
    source: str
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesPoint:
    """One year of a benchmark or of a deflator (`series` is its code)."""

    series: str
    year: int
    value: Decimal
    source: str
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """A signed amount, in the indicator's unit, that explains part of the gap between group and sum."""

    indicator: str
    year: int
    amount: Decimal
    reason: str
    source: str
    entity: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis:
    code: str
    label: str
    value: Decimal
    unit: str
    source: str
    note: str | None = None
