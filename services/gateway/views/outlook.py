"""The outlook of a contract: for each target the effort left, and where its series leads."""

from collections.abc import Iterator

from services.gateway.domain.judgement.case import Case
from services.gateway.domain.outlook.effort import Effort, effort
from services.gateway.domain.outlook.projection import CONFIDENCE, METHOD, Unknown
from services.gateway.domain.outlook.prospects import Projection, projection
from services.gateway.domain.targets import AsOf, Target
from services.gateway.domain.values import shown, tidy
from services.gateway.facts import ContractFacts
from services.gateway.schemas.outlook import EffortView, Outlook, OutlookItem, ProjectionView
from shared.events.contract import IndicatorBody, TargetBody

from .cases import case_of
from .contracts import year_of
from .follow_up import Moment
from .group import line_in
from .judging import measure_of, target_of
from .lines import Line

_NONE = "none"


def outlook(facts: ContractFacts, entity: str, moment: Moment, watermark: str) -> Outlook:
    """The entity's targets in the year, with what it follows without a target."""
    year = year_of(facts, moment.year)
    lines = [line_in(facts, each, entity, year, moment.on) for each in facts.indicators_of(entity)]
    return Outlook(
        contract=facts.definition.header.code,
        contract_version=facts.version,
        year=year,
        entity=entity,
        label=facts.label(entity),
        items=[_item(line.indicator, stated, case) for line in lines for stated, case in cases_of(line)],
        watermark=watermark,
    )


def cases_of(line: Line) -> Iterator[tuple[TargetBody | None, Case]]:
    """The case of each target; without any, that of the indicator as it is followed until the contract's end."""
    stated = line.facts.targets(line.indicator.code, line.entity)
    for each in stated:
        target = target_of(line.facts, line.indicator, each)
        yield each, case_of(line.facts, each, target, line.series, AsOf(year=line.year, on=line.on))
    if not stated:
        yield None, _untargeted(line)


def _untargeted(line: Line) -> Case:
    header = line.facts.definition.header
    target = Target(
        measure=measure_of(line.facts, line.indicator, line.entity),
        comparison=_NONE,
        operand=_NONE,
        due_year=header.end_year,
        start_year=header.start_year,
        reference_year=header.reference_year,
    )
    return Case(target=target, series=line.series, benchmark={}, deflator=None, year=line.year, on=line.on)


def _item(indicator: IndicatorBody, stated: TargetBody | None, case: Case) -> OutlookItem:
    left = effort(case)
    return OutlookItem(
        indicator=indicator.code,
        label=indicator.label,
        unit=indicator.unit,
        target=stated.target if stated else None,
        due_year=case.target.due_year,
        effort=_effort(left, indicator.decimals) if left else None,
        projection=projection_view(projection(case), indicator.decimals),
    )


def _effort(left: Effort, decimals: int) -> EffortView:
    pace = left.pace
    return EffortView(
        level=tidy(left.level, decimals) or "",
        value=tidy(left.value, decimals) or "",
        needed=tidy(left.needed, decimals) or "",
        growth=shown(left.growth, 4),
        best=tidy(pace.best, decimals) if pace else None,
        mean=tidy(pace.mean, decimals) if pace else None,
        times_best=shown(pace.times_best, 2) if pace else None,
        times_mean=shown(pace.times_mean, 2) if pace else None,
        reached=left.reached,
        simulated=left.simulated,
        unknown=None if pace else Unknown.TOO_SHORT,
        sentence=left.sentence,
    )


def projection_view(found: Projection, decimals: int) -> ProjectionView:
    forecast = found.forecast
    return ProjectionView(
        value=shown(forecast.value, decimals) if forecast else None,
        low=shown(forecast.low, decimals) if forecast else None,
        high=shown(forecast.high, decimals) if forecast else None,
        confidence=str(CONFIDENCE),
        method=METHOD,
        years_used=list(found.known.years) if forecast else [],
        chance=found.chance,
        unknown=found.unknown,
        simulated=found.known.simulated,
        set_aside=list(found.known.set_aside),
        sentence=found.sentence,
    )
