"""A small chart of one indicator: the values, the way that the targets ask for, and the targets; pure geometry."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, pairwise

from services.gateway.domain.values import SIMULATED
from services.gateway.schemas.follow_up import EntityIndicatorView, TargetView

from . import french

WIDTH, HEIGHT, BASE = 320, 104, 84
_LEFT, _RIGHT, _TOP = 12, 308, 12
_FEWEST = 2
Mark = tuple[int, Decimal]


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float
    is_simulated: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """In pixels of a drawing of `WIDTH` by `HEIGHT`: `ways` lead to `goals`.

    `lines` join values of years that follow each other, `gaps` those between which nothing is known.
    """

    lines: Sequence[str]
    gaps: Sequence[str]
    dots: Sequence[Dot]
    ways: Sequence[str]
    goals: Sequence[Dot]
    ticks: Sequence[tuple[float, int]]
    text: str


@dataclass(frozen=True, slots=True)
class _Scale:
    years: Sequence[int]
    low: Decimal
    high: Decimal

    def dot(self, mark: Mark, *, simulated: bool = False) -> Dot:
        return Dot(self.x(mark[0]), self._y(mark[1]), simulated)

    def x(self, year: int) -> float:
        span = self.years[-1] - self.years[0]
        return round(_LEFT + (_RIGHT - _LEFT) * (year - self.years[0]) / span, 1)

    def _y(self, value: Decimal) -> float:
        share = float((value - self.low) / (self.high - self.low)) if self.high > self.low else 0.5
        return round(BASE - 8 - (BASE - 8 - _TOP) * share, 1)

    def line(self, marks: Iterable[Mark]) -> str:
        return " ".join(f"{dot.x},{dot.y}" for dot in map(self.dot, marks))


def chart(view: EntityIndicatorView) -> Chart | None:
    """None where there are not two years to join."""
    seen = [(each.year, Decimal(each.value)) for each in view.values if each.value is not None]
    ways = [way for target in view.targets if len(way := _way(view, target)) >= _FEWEST]
    marks = [*seen, *chain.from_iterable(ways)]
    years = sorted({year for year, _ in marks})
    if len(years) < _FEWEST:
        return None
    scale = _Scale(years, min(value for _, value in marks), max(value for _, value in marks))
    simulated = {each.year for each in view.values if each.status == SIMULATED}
    return Chart(
        lines=[scale.line(pair) for pair in pairwise(seen) if _adjacent(*pair)],
        gaps=[scale.line(pair) for pair in pairwise(seen) if not _adjacent(*pair)],
        dots=[scale.dot(mark, simulated=mark[0] in simulated) for mark in seen],
        ways=[scale.line(way) for way in ways],
        goals=[scale.dot(way[-1]) for way in ways],
        ticks=[(scale.x(year), year) for year in (years[0], years[-1])],
        text=_text(view, seen, ways, simulated),
    )


def _adjacent(one: Mark, other: Mark) -> bool:
    return other[0] - one[0] == 1


def _way(view: EntityIndicatorView, target: TargetView) -> list[Mark]:
    """From the baseline over the trajectory to the level to reach; flat where every year owes that level."""
    start, goal = view.baseline, target.level
    origin = goal if _is_owed_already(target) else start.value
    first = [(start.year, Decimal(origin))] if start.year and origin else []
    points = [(each.year, Decimal(each.value)) for each in target.trajectory if each.value is not None]
    last = [(target.due_year, Decimal(goal))] if goal is not None else []
    known = {year: value for year, value in [*first, *points, *last] if year <= target.due_year}
    return sorted(known.items())


def _is_owed_already(target: TargetView) -> bool:
    asked = target.verdict.operands
    return asked.required is not None and asked.required == target.level and asked.year < target.due_year


def _text(view: EntityIndicatorView, seen: list[Mark], ways: list[list[Mark]], simulated: set[int]) -> str:
    """What the drawing shows, for who doesn't see it."""
    values = [f"{_told(view, mark)}{' (simulé)' if mark[0] in simulated else ''}" for mark in seen]
    goals = [_told(view, way[-1]) for way in ways]
    parts = [
        f"Observé\u00a0: {', '.join(values)}" if values else "",
        f"Visé\u00a0: {', '.join(goals)}" if goals else "",
    ]
    return ". ".join(part for part in parts if part)


def _told(view: EntityIndicatorView, mark: Mark) -> str:
    return f"{french.figure(str(mark[1]), view)} en {mark[0]}"
