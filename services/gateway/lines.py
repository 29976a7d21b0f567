"""One line of a follow-up: an indicator's values for one entity, and what they are measured against."""

from decimal import Decimal

from shared.events.indicators import IndicatorBody, TargetBody

from .domain.targets import Baseline, baseline, level, upper_level
from .domain.values import Change, Series, accumulated, change, shown, tidy
from .facts import ContractFacts
from .schemas import BaselineView, ChangeView, Followed, OperandView, PointView, TargetView, ValueView
from .tables import ObservationRow

NOT_REPORTED = "not_reported"
_FROM_BASELINE = {"baseline", "growth", "points", "growth_range"}


def followed(facts: ContractFacts, indicator: IndicatorBody, entity: str, year: int) -> Followed:
    targets = facts.targets(indicator.code, entity)
    first = targets[0] if targets else None
    series = facts.series(indicator.code, entity)
    start = baseline(first, series, facts.definition.header.reference_year)
    found = _change(series, year, indicator.unit, start, first)
    return Followed(
        values=_values(facts, indicator, entity, year),
        baseline=_baseline(start, indicator.decimals),
        change=_shown_change(found, indicator.decimals),
        targets=[_target(facts, indicator, each, year) for each in targets],
    )


def _baseline(start: Baseline, decimals: int) -> BaselineView:
    """A stated value as it was stated; the mean of several years is computed."""
    value = shown(start.value, decimals) if len(start.years) <= 1 else tidy(start.value, decimals)
    return BaselineView(year=start.year, value=value, years=list(start.years))


def _change(series: Series, year: int, unit: str, start: Baseline, target: TargetBody | None) -> Change:
    """The change since the baseline; a cumulative target counts the years since."""
    if target and target.accumulation == "cumulative" and start.year is not None:
        return Change(accumulated(series, start.year, year))
    return change(start.value, series.get(year), unit)


def _shown_change(found: Change, decimals: int) -> ChangeView:
    return ChangeView(absolute=shown(found.absolute, decimals), relative=shown(found.relative, 4))


def _values(facts: ContractFacts, indicator: IndicatorBody, entity: str, year: int) -> list[ValueView]:
    rows = facts.years(indicator.code, entity)
    years = range(facts.definition.header.reference_year, year + 1)
    return [_value(each, rows.get(each), indicator.decimals) for each in years]


def _value(year: int, row: ObservationRow | None, decimals: int) -> ValueView:
    if row is None:
        return ValueView(year=year, value=None, status=None, source=None, note=None, absence=NOT_REPORTED)
    return ValueView(
        year=year,
        value=shown(row.value, decimals),
        status=row.status,
        source=row.source,
        note=row.note,
        absence=row.absence,
    )


def _target(facts: ContractFacts, indicator: IndicatorBody, target: TargetBody, year: int) -> TargetView:
    start = baseline(target, facts.series(indicator.code, target.entity), facts.definition.header.reference_year)
    reached = level(target, start.value, facts.benchmark(target.benchmark, year))
    return TargetView(
        target=target.target,
        comparison=target.comparison,
        operand=_operand(target, start),
        basis=target.basis or None,
        accumulation=target.accumulation,
        due_year=target.due_year,
        level=tidy(reached, indicator.decimals),
        level_upper=tidy(upper_level(target, start.value), indicator.decimals),
        trajectory=_trajectory(facts, target, indicator.decimals),
        text=target.text,
        source=target.source,
        note=target.note,
    )


def _operand(target: TargetBody, start: Baseline) -> OperandView:
    return OperandView(
        kind=target.operand,
        value=_plain(target.value),
        upper=_plain(target.upper),
        year=start.year if target.operand in _FROM_BASELINE else None,
        benchmark=target.benchmark,
    )


def _trajectory(facts: ContractFacts, target: TargetBody, decimals: int) -> list[PointView]:
    place = (target.indicator, target.entity, target.target)
    points = [each for each in facts.definition.trajectory if (each.indicator, each.entity, each.target) == place]
    return [
        PointView(year=each.year, value=shown(each.value, decimals)) for each in sorted(points, key=lambda p: p.year)
    ]


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")
