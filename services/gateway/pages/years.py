"""The years of one indicator side by side: what was observed, and what each target asks for."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.gateway.domain.values import SIMULATED
from services.gateway.schemas.follow_up import EntityIndicatorView, TargetView


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of a year, or a range's two ends, or the code of its absence, or nothing to say."""

    value: str | None = None
    upper: str | None = None
    absence: str | None = None
    is_simulated: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class YearTable:
    years: Sequence[int]
    rows: Sequence[Row]


def year_table(view: EntityIndicatorView, own: Sequence[int]) -> YearTable:
    """`own` are the contract's years; a value of an earlier year, or a target of a later one, adds its own."""
    asked = [(target, _asked(target)) for target in view.targets]
    seen = {value.year: value for value in view.values}
    years = sorted({*own, *seen, *(year for _, points in asked for year in points)})
    observed = [
        Cell(value=it.value, absence=it.absence, is_simulated=it.status == SIMULATED) if it else Cell()
        for it in map(seen.get, years)
    ]
    ways = [Row(_label(target), [points.get(year, Cell()) for year in years]) for target, points in asked if points]
    return YearTable(years, [Row("Observé", observed), *ways])


def _asked(target: TargetView) -> dict[int, Cell]:
    points = {each.year: Cell(each.value) for each in target.trajectory}
    return points | ({target.due_year: Cell(target.level, target.level_upper)} if target.level is not None else {})


def _label(target: TargetView) -> str:
    return f"Trajectoire {target.due_year}" if target.trajectory else f"Cible {target.due_year}"
