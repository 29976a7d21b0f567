"""What a target asks for, in the indicator's unit: its baseline, and the level that follows from its operand."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from .values import WIDE, Series, total

_HUNDRED = Decimal(100)


class Target(Protocol):
    """The parts of a stated target that its level depends on."""

    @property
    def operand(self) -> str: ...
    @property
    def value(self) -> Decimal | None: ...
    @property
    def upper(self) -> Decimal | None: ...
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
    return WIDE.divide(total(values), Decimal(len(values))) if len(values) == len(years) else None


def level(target: Target, start: Decimal | None, benchmark: Decimal | None) -> Decimal | None:
    """The level to reach, in the indicator's unit. None where none follows: unknown baseline, constant euros."""
    if target.level is not None:
        return target.level
    if target.operand == "benchmark":
        return benchmark
    return _follow(target, start, target.value or Decimal(0))


def upper_level(target: Target, start: Decimal | None) -> Decimal | None:
    """The upper end of a range, in the indicator's unit. None where the target is no range, or none follows."""
    return None if target.upper is None else _follow(target, start, target.upper)


def _follow(target: Target, start: Decimal | None, stated: Decimal) -> Decimal | None:
    if target.operand == "value":
        return stated
    if start is None or target.basis.startswith("constant"):
        return None
    return _from_baseline(target.operand, start, stated)


def _from_baseline(operand: str, start: Decimal, value: Decimal) -> Decimal | None:
    if operand == "baseline":
        return start
    if operand in {"growth", "growth_range"}:
        return WIDE.multiply(start, WIDE.add(Decimal(1), WIDE.divide(value, _HUNDRED)))
    return WIDE.add(start, value) if operand == "points" else None
