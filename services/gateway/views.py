"""The follow-up of a contract: one object from the facts, for whoever renders it."""

from shared.events.indicators import ContractBody, IndicatorBody
from shared.problems import Invalid, NotFound

from .domain.aggregation import Stated, group_value
from .domain.values import shown
from .facts import ContractFacts, group_of
from .lines import followed
from .schemas import (
    CompletenessView,
    ContractItem,
    ContractView,
    EntityFollowed,
    EntityFollowUp,
    EntityIndicatorView,
    FollowUp,
    IndicatorView,
)
from .tables import ObservationRow

_TABLES = {
    "entities", "objectives", "indicators", "benchmarks", "deflators", "hypotheses", "adjustments", "printed_changes",
    "notes",
}  # fmt: skip


def follow_up(facts: ContractFacts, year: int | None, watermark: str) -> FollowUp:
    """The group's follow-up, with the schools where the contract declines the indicator."""
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
    """The follow-up of one entity."""
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


def contract_item(definition: ContractBody, version: int, observed_years: list[int]) -> ContractItem:
    header = definition.header
    return ContractItem(
        code=header.code,
        label=header.label,
        version=version,
        start_year=header.start_year,
        end_year=header.end_year,
        reference_year=header.reference_year,
        entity=group_of(definition),
        observed_years=observed_years,
    )


def contract_view(facts: ContractFacts, watermark: str) -> ContractView:
    header = facts.definition.header
    tables = facts.definition.model_dump(mode="json", include=_TABLES)
    item = contract_item(facts.definition, facts.version, facts.observed_years()).model_dump()
    return ContractView(**item, source=header.source, note=header.note, watermark=watermark, **tables)


def admit(definition: ContractBody, entity: str | None, year: int | None) -> None:
    """Raises NotFound on an entity that the contract does not name, Invalid on a year outside it."""
    known = _years(definition)
    if entity is not None and entity not in {each.code for each in definition.entities}:
        raise NotFound(f"L’entité « {entity} » n’est pas dans ce contrat.")
    if year is not None and year not in known:
        raise Invalid(f"L’année {year} est hors du contrat : demandez de {known[0]} à {known[-1]}.")


def _years(definition: ContractBody) -> range:
    return range(definition.header.reference_year, definition.header.end_year + 1)


def _year(facts: ContractFacts, asked: int | None) -> int:
    """The year asked, or the last one observed within the contract."""
    known = _years(facts.definition)
    return asked or max((year for year in facts.observed_years() if year in known), default=known[0])


def _indicator(facts: ContractFacts, indicator: IndicatorBody, entity: str, year: int) -> EntityIndicatorView:
    members = facts.members if entity == facts.group and indicator.declined else []
    declared = facts.series(indicator.code, entity).get(year)
    stated = {member: _stated(facts.years(indicator.code, member).get(year)) for member in members}
    value = group_value(indicator.aggregation, declared, stated)
    completeness = value.completeness
    described = indicator.model_dump(exclude={"declined", "numerator", "denominator", "methodology"})
    return EntityIndicatorView(
        **described,
        **followed(facts, indicator, entity, year).model_dump(),
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
            **followed(facts, indicator, member, year).model_dump(), entity=member, label=facts.label(member)
        )
        for member in members
    ]


def _stated(row: ObservationRow | None) -> Stated:
    return Stated(row.value, row.absence) if row else Stated()
