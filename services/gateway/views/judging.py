"""From a contract's rows to what the judgement takes: a target with its measure, benchmarks and price indices."""

from decimal import Decimal

from services.gateway.domain import targets
from services.gateway.domain.targets import Deflator, Measure, Target
from services.gateway.facts import ContractFacts
from shared.events.contract import IndicatorBody, TargetBody


def measure_of(facts: ContractFacts, indicator: IndicatorBody, entity: str) -> Measure:
    breaks = (each for each in facts.definition.breaks if each.indicator == indicator.code)
    return Measure(
        unit=indicator.unit,
        decimals=indicator.decimals,
        direction=indicator.direction,
        cumulated=indicator.aggregation == "cumulative",
        breaks=frozenset(each.year for each in breaks if each.entity in {None, entity}),
    )


def target_of(facts: ContractFacts, indicator: IndicatorBody, stated: TargetBody) -> Target:
    return targets.target_of(facts.definition, measure_of(facts, indicator, stated.entity), stated)


def benchmark_of(facts: ContractFacts, target: TargetBody) -> dict[int, Decimal]:
    points = facts.definition.benchmark_values
    return {each.year: each.value for each in points if each.series == target.benchmark}


def deflator_of(facts: ContractFacts, code: str | None) -> Deflator | None:
    """The price index named, or the contract's only one where none is."""
    known = facts.definition.deflators
    found = [each for each in known if each.code == code] if code else list(known)
    if len(found) != 1:
        return None
    (deflator,) = found
    index = {each.year: each.value for each in facts.definition.deflator_values if each.series == deflator.code}
    return Deflator(base_year=deflator.base_year, index=index, code=deflator.code, version=deflator.version)
