"""One line of a follow-up: an indicator's values for one entity, what they are measured against, what is said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.gateway.domain.judgement.requirement import final_levels
from services.gateway.domain.targets import AsOf, Baseline, Target, baseline
from services.gateway.domain.values import Change, Stated, accumulated, change, shown, tidy
from services.gateway.facts import ContractFacts
from services.gateway.schemas.follow_up import (
    BaselineView,
    ChangeView,
    Followed,
    OperandView,
    PointView,
    TargetView,
    ValueView,
)
from shared.events.contract import IndicatorBody, TargetBody

from .assessments import assessment_view
from .cases import case_of
from .euros import euros_of
from .judging import measure_of, target_of
from .verdicts import judge, verdict_view

NOT_REPORTED = "not_reported"
_FROM_BASELINE = {"baseline", "growth", "points", "growth_range"}
_NONE = "none"


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator of an entity in a year, judged on a day; `series` is what is judged."""

    facts: ContractFacts
    indicator: IndicatorBody
    entity: str
    year: int
    on: date
    series: Mapping[int, Stated]

    @property
    def decimals(self) -> int:
        return self.indicator.decimals

    @property
    def values(self) -> dict[int, Decimal | None]:
        return {year: stated.value for year, stated in self.series.items()}


def line_of(facts: ContractFacts, indicator: IndicatorBody, entity: str, year: int, on: date) -> Line:
    return Line(facts, indicator, entity, year, on, facts.stated(indicator.code, entity))


def followed(line: Line) -> Followed:
    stated = line.facts.targets(line.indicator.code, line.entity)
    targets = [(each, target_of(line.facts, line.indicator, each)) for each in stated]
    start = _start(line, targets[0][1] if targets else None)
    judged = [_target(line, body, target) for body, target in targets]
    return Followed(
        simulated=any(line.series.get(year, Stated()).is_simulated for year in (line.year, *start.years)),
        values=_values(line),
        baseline=_baseline(start, line.decimals),
        change=_change(line, start, targets[0][1] if targets else None),
        targets=judged,
        assessment=assessment_view(line.facts, line.indicator.code, line.entity, line.year, judged),
    )


def _start(line: Line, target: Target | None) -> Baseline:
    """Where the changes shown start from: the first target's baseline, or the reference year of a floor without one."""
    if target is not None and (target.baseline_kind != _NONE or target.comparison == _NONE):
        return baseline(target, line.values)
    year = line.facts.definition.header.reference_year
    return Baseline(year, line.values.get(year), (year,))


def _baseline(start: Baseline, decimals: int) -> BaselineView:
    """A stated value as it was stated; the mean of several years is computed."""
    value = shown(start.value, decimals) if len(start.years) <= 1 else tidy(start.value, decimals)
    return BaselineView(year=start.year, value=value, years=list(start.years))


def _change(line: Line, start: Baseline, target: Target | None) -> ChangeView:
    """The change since the baseline, never across a change of method; a cumulative target counts the years since."""
    found = _found_change(line, start, target)
    return ChangeView(absolute=tidy(found.absolute, line.decimals), relative=shown(found.relative, 4))


def _found_change(line: Line, start: Baseline, target: Target | None) -> Change:
    if start.year is None:
        return Change()
    breaks = measure_of(line.facts, line.indicator, line.entity).breaks
    if any(start.year < year <= line.year for year in breaks):
        return Change()
    if target and target.is_cumulative:
        return Change(accumulated(line.values, start.year, line.year))
    return change(start.value, line.values.get(line.year), line.indicator.unit)


def _values(line: Line) -> list[ValueView]:
    rows = line.facts.years(line.indicator.code, line.entity)
    first = line.facts.definition.header.reference_year
    years = {*range(first, line.year + 1), *(year for year in rows if year < first)}
    return [_value(line, year) for year in sorted(years)]


def _value(line: Line, year: int) -> ValueView:
    row = line.facts.years(line.indicator.code, line.entity).get(year)
    if row is None:
        return ValueView(year=year, value=None, status=None, source=None, note=None, absence=NOT_REPORTED)
    return ValueView(
        year=year,
        value=shown(row.value, line.decimals),
        status=row.status,
        source=row.source,
        note=row.note,
        absence=row.absence,
    )


def _target(line: Line, stated: TargetBody, target: Target) -> TargetView:
    start = baseline(target, line.values)
    at = AsOf(year=line.year, on=line.on)
    case = case_of(line.facts, stated, target, line.series, at)
    levels = final_levels(case)
    judged = judge(case)
    return TargetView(
        target=stated.target,
        comparison=stated.comparison,
        operand=_operand(stated, start),
        basis=stated.basis or None,
        accumulation=stated.accumulation,
        due_year=stated.due_year,
        level=tidy(levels[0], line.decimals) if levels else None,
        level_upper=tidy(levels[1], line.decimals) if levels[1:] else None,
        printed_level=_plain(stated.level),
        trajectory=[PointView(year=year, value=shown(target.trajectory[year], line.decimals))
                    for year in sorted(target.trajectory)],
        text=stated.text,
        source=stated.source,
        note=stated.note,
        verdict=verdict_view(judged.now, target),
        final_verdict=verdict_view(judged.final, target),
        euros=euros_of(line.facts, stated, target, line.series, at),
    )  # fmt: skip


def _operand(target: TargetBody, start: Baseline) -> OperandView:
    return OperandView(
        kind=target.operand,
        value=_plain(target.value),
        upper=_plain(target.upper),
        year=start.year if target.operand in _FROM_BASELINE else None,
        benchmark=target.benchmark,
    )


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")
