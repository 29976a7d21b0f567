"""The follow-up of a contract: one object from the facts, for whoever renders it."""

from decimal import Decimal

from shared.events.indicators import IndicatorBody, TargetBody
from shared.problems import Invalid, NotFound

from .domain.aggregation import Stated, group_value
from .domain.targets import Baseline, baseline, level
from .domain.values import Change, accumulated, change, shown, tidy
from .facts import ContractFacts
from .schemas import (
    BaselineView,
    ChangeView,
    CompletenessView,
    ContractItem,
    ContractView,
    EntityFollowed,
    EntityFollowUp,
    EntityIndicatorView,
    Followed,
    FollowUp,
    IndicatorView,
    OperandView,
    PointView,
    TargetView,
    ValueView,
)
from .tables import ObservationRow

NOT_REPORTED = "not_reported"
_FROM_BASELINE = {"baseline", "growth", "points", "growth_range"}
_TABLES = {
    "entities", "objectives", "indicators", "benchmarks", "deflators", "hypotheses", "adjustments", "printed_changes",
    "notes",
}  # fmt: skip


def follow_up(facts: ContractFacts, year: int | None, watermark: str) -> FollowUp:
    """The group's follow-up, with the schools where the contract declines the indicator. Raises Invalid on the year."""
    year = _year(facts, year)
    indicators = [
        IndicatorView(**_indicator(facts, each, facts.group, year).model_dump(), entities=_entities(facts, each, year))
        for each in facts.definition.indicators
    ]
    return FollowUp(
        contract=facts.definition.header.code,
        contract_version=facts.version,
        year=year,
        entity=facts.group,
        label=facts.label(facts.group),
        indicators=indicators,
        watermark=watermark,
    )


def entity_follow_up(facts: ContractFacts, entity: str, year: int | None, watermark: str) -> EntityFollowUp:
    """One entity's follow-up. Raises NotFound on an entity that the contract does not name, Invalid on the year."""
    if entity not in {each.code for each in facts.definition.entities}:
        raise NotFound(f"L’entité « {entity} » n’est pas dans ce contrat.")
    year = _year(facts, year)
    return EntityFollowUp(
        contract=facts.definition.header.code,
        contract_version=facts.version,
        year=year,
        entity=entity,
        label=facts.label(entity),
        indicators=[_indicator(facts, each, entity, year) for each in facts.indicators_of(entity)],
        watermark=watermark,
    )


def contract_item(facts: ContractFacts) -> ContractItem:
    header = facts.definition.header
    return ContractItem(
        code=header.code,
        label=header.label,
        version=facts.version,
        start_year=header.start_year,
        end_year=header.end_year,
        reference_year=header.reference_year,
        entity=facts.group,
        observed_years=facts.observed_years(),
    )


def contract_view(facts: ContractFacts, watermark: str) -> ContractView:
    header = facts.definition.header
    tables = facts.definition.model_dump(mode="json", include=_TABLES)
    item = contract_item(facts).model_dump()
    return ContractView(**item, source=header.source, note=header.note, watermark=watermark, **tables)


def _year(facts: ContractFacts, asked: int | None) -> int:
    """The year asked, or the last one observed within the contract."""
    header = facts.definition.header
    known = range(header.reference_year, header.end_year + 1)
    if asked is None:
        return max((year for year in facts.observed_years() if year in known), default=header.reference_year)
    if asked not in known:
        raise Invalid(f"L’année {asked} est hors du contrat : demandez de {known[0]} à {known[-1]}.")
    return asked


def _indicator(facts: ContractFacts, indicator: IndicatorBody, entity: str, year: int) -> EntityIndicatorView:
    members = facts.members if entity == facts.group and indicator.declined else []
    declared = facts.series(indicator.code, entity).get(year)
    stated = {member: _stated(facts.years(indicator.code, member).get(year)) for member in members}
    value = group_value(indicator.aggregation, declared, stated)
    completeness = value.completeness
    described = indicator.model_dump(exclude={"declined", "numerator", "denominator", "methodology"})
    return EntityIndicatorView(
        **described,
        **_followed(facts, indicator, entity, year).model_dump(),
        declared=shown(value.declared, indicator.decimals),
        computed=shown(value.computed, indicator.decimals),
        gap=shown(value.gap, indicator.decimals),
        completeness=CompletenessView(
            expected=completeness.expected, received=completeness.received, missing=list(completeness.missing)
        ),
    )


def _entities(facts: ContractFacts, indicator: IndicatorBody, year: int) -> list[EntityFollowed]:
    members = facts.members if indicator.declined else []
    return [
        EntityFollowed(
            **_followed(facts, indicator, member, year).model_dump(), entity=member, label=facts.label(member)
        )
        for member in members
    ]


def _stated(row: ObservationRow | None) -> Stated:
    return Stated(row.value, row.absence) if row else Stated()


def _followed(facts: ContractFacts, indicator: IndicatorBody, entity: str, year: int) -> Followed:
    targets = facts.targets(indicator.code, entity)
    first = targets[0] if targets else None
    start = baseline(first, facts.series(indicator.code, entity), facts.definition.header.reference_year)
    return Followed(
        values=_values(facts, indicator, entity, year),
        baseline=BaselineView(year=start.year, value=shown(start.value, indicator.decimals), years=list(start.years)),
        change=_shown_change(_change(facts, indicator, entity, year, start, first), indicator.decimals),
        targets=[_target(facts, indicator, each, year) for each in targets],
    )


def _change(
    facts: ContractFacts, indicator: IndicatorBody, entity: str, year: int, start: Baseline, target: TargetBody | None
) -> Change:
    """The change since the baseline; a cumulative target counts the years since."""
    series = facts.series(indicator.code, entity)
    value = series.get(year)
    if target and target.accumulation == "cumulative" and start.year is not None:
        return Change(accumulated(series, start.year, year))
    return change(start.value, value, indicator.unit)


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
