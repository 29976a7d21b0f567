"""What a target asks for, in the indicator's unit: its baseline, and the level that follows from its operand."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from .values import Series

_HUNDRED = Decimal(100)


class Target(Protocol):
    """The parts of a stated target that its level depends on."""

    @property
    def operand(self) -> str: ...
    @property
    def value(self) -> Decimal | None: ...
    @property
    def level(self) -> Decimal | None: ...
    @property
    def basis(self) -> str: ...
    @property
    def baseline_kind(self) -> str: ...
    @property
    def baseline_years(self) -> str | None: ...
    @property
    def baseline_value(self) -> Decimal | None: ...


@dataclass(frozen=True, slots=True)
class Baseline:
    """Where a change starts from; `years` are those of a mean, and `year` the last of them."""

    year: int | None
    value: Decimal | None
    years: tuple[int, ...] = ()


def baseline(target: Target | None, series: Series, reference_year: int) -> Baseline:
    """The target's baseline, or the contract's reference year where the target names none."""
    if target is None:
        return Baseline(reference_year, series.get(reference_year), (reference_year,))
    if target.baseline_kind == "none":
        return Baseline(None, None)
    years = tuple(int(year) for year in (target.baseline_years or "").split()) or (reference_year,)
    stated = target.baseline_value
    return Baseline(years[-1], stated if stated is not None else _mean(series, years), years)


def _mean(series: Series, years: tuple[int, ...]) -> Decimal | None:
    values = [value for year in years if (value := series.get(year)) is not None]
    return sum(values, Decimal(0)) / len(values) if len(values) == len(years) else None


def level(target: Target, start: Decimal | None, benchmark: Decimal | None) -> Decimal | None:
    """The level to reach, in the indicator's unit. None where none follows: unknown baseline, constant euros."""
    if target.level is not None:
        return target.level
    if target.operand == "value":
        return target.value
    if target.operand == "benchmark":
        return benchmark
    if start is None or target.basis.startswith("constant"):
        return None
    return _from_baseline(target.operand, start, target.value or Decimal(0))


def _from_baseline(operand: str, start: Decimal, value: Decimal) -> Decimal | None:
    if operand == "baseline":
        return start
    if operand in {"growth", "growth_range"}:
        return start * (1 + value / _HUNDRED)
    return start + value if operand == "points" else None
