"""What a target states: a comparison with an operand at a date, per indicator and entity."""

import re
from collections.abc import Iterator
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


_NEEDS_VALUE = {Operand.VALUE, Operand.GROWTH, Operand.POINTS, Operand.GROWTH_RANGE}
_NEEDS_BASELINE = {Operand.BASELINE, Operand.GROWTH, Operand.POINTS, Operand.GROWTH_RANGE}


def incoherences(target: Target) -> Iterator[tuple[str, str]]:
    """What contradicts itself within one target, as (column, sentence)."""
    yield from _operand_incoherences(target)
    yield from _range_incoherences(target)
    yield from _baseline_incoherences(target)
    yield from _baseline_excesses(target)
    if target.tolerance is not None and target.tolerance < 0:
        yield "tolerance", "une tolérance n’est pas négative"


def _operand_incoherences(target: Target) -> Iterator[tuple[str, str]]:
    operand = target.operand
    if (target.comparison is Comparison.NONE) != (operand is Operand.NONE):
        yield "operand", "comparison et operand valent « none » ensemble (suivi sans cible), ou aucun des deux"
    if operand in _NEEDS_VALUE and target.value is None:
        yield "value", f"l’opérande « {operand} » demande une valeur"
    if operand not in _NEEDS_VALUE and target.value is not None:
        yield "value", f"l’opérande « {operand} » n’a pas de valeur : laissez la cellule vide"
    if (operand is Operand.BENCHMARK) != (target.benchmark is not None):
        yield "benchmark", "benchmark se remplit si, et seulement si, l’opérande est « benchmark »"


def _range_incoherences(target: Target) -> Iterator[tuple[str, str]]:
    ranged = target.comparison is Comparison.WITHIN or target.operand is Operand.GROWTH_RANGE
    if ranged and target.upper is None:
        yield "upper", "une fourchette demande une borne haute"
    if not ranged and target.upper is not None:
        yield "upper", "la borne haute ne vaut que pour une fourchette : laissez la cellule vide"
    if None not in (target.value, target.upper) and target.value > target.upper:  # type: ignore[operator]
        yield "upper", "la borne haute est inférieure à la borne basse"


def _baseline_incoherences(target: Target) -> Iterator[tuple[str, str]]:
    years = (target.baseline_years or "").split()
    if not all(re.fullmatch(r"[0-9]{4}", year) for year in years):
        yield "baseline_years", "des années de quatre chiffres séparées par une espace sont attendues"
    if target.baseline_kind is BaselineKind.MEAN and len(years) < 2:  # noqa: PLR2004 - a mean is of two or more
        yield "baseline_years", "une référence moyenne nomme au moins deux années"
    if target.baseline_kind is BaselineKind.YEAR and len(years) > 1:
        yield "baseline_years", "une référence d’une année n’en nomme qu’une"
    if target.baseline_kind is BaselineKind.ADJUSTED and target.baseline_value is None:
        yield "baseline_value", "une référence ajustée donne sa valeur"
    if target.baseline_kind is BaselineKind.NONE and target.operand in _NEEDS_BASELINE:
        yield "baseline_kind", f"l’opérande « {target.operand} » demande une référence"


def _baseline_excesses(target: Target) -> Iterator[tuple[str, str]]:
    """A stated value would stand in for the observed one: only a mean or an adjusted baseline may state it."""
    kind = target.baseline_kind
    if kind in {BaselineKind.YEAR, BaselineKind.NONE} and target.baseline_value is not None:
        yield "baseline_value", f"une référence « {kind} » ne donne pas sa valeur : laissez la cellule vide"
    if kind is BaselineKind.NONE and target.baseline_years:
        yield "baseline_years", "une référence « none » ne nomme pas d’année : laissez la cellule vide"
