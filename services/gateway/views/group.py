"""The group's line: what it declares, completed where it says nothing by what its entities give together."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from services.gateway.domain.group.aggregation import GroupValue, Reported, group_value_in
from services.gateway.domain.values import SIMULATED, Stated
from services.gateway.facts import ContractFacts
from shared.events.contract import IndicatorBody

from .lines import Line, line_of


def members_of(facts: ContractFacts, indicator: IndicatorBody, entity: str) -> list[str]:
    """Whose values make the group's: nobody's for an entity, nor for an indicator that only the group has."""
    return facts.members if entity == facts.group and indicator.declined else []


def reported_of(facts: ContractFacts, indicator: IndicatorBody, members: Sequence[str]) -> Reported:
    parts = (indicator.numerator, indicator.denominator)
    numerators, denominators = ({each: facts.stated(part, each) for each in members} if part else {} for part in parts)
    return Reported(
        aggregation=indicator.aggregation,
        unit=indicator.unit,
        group=facts.stated(indicator.code, facts.group),
        entities={each: facts.stated(indicator.code, each) for each in members},
        numerators=numerators,
        denominators=denominators,
    )


def group_line(facts: ContractFacts, indicator: IndicatorBody, year: int, on: date) -> Line:
    """The group's line; a year that it says nothing of is judged on the value computed, if no entity is missing."""
    line = line_of(facts, indicator, facts.group, year, on)
    reported = reported_of(facts, indicator, members_of(facts, indicator, facts.group))
    silent = [each for each in sorted(_years_needed(facts, indicator, year)) if each not in line.series]
    found = {each: group_value_in(reported, each) for each in silent}
    computed = {each: _stated(value) for each, value in found.items() if _is_of(value, each)}
    return replace(line, series={**line.series, **computed})


def _years_needed(facts: ContractFacts, indicator: IndicatorBody, year: int) -> set[int]:
    """The years of the contract until this one, and those that its targets start from."""
    targets = facts.targets(indicator.code, facts.group)
    named = {int(each) for target in targets for each in (target.baseline_years or "").split()}
    return {*range(facts.definition.header.reference_year, year + 1), *(each for each in named if each <= year)}


def line_in(facts: ContractFacts, indicator: IndicatorBody, entity: str, year: int, on: date) -> Line:
    """The line of an entity or of the group, its own completed by what its entities give together."""
    if entity == facts.group:
        return group_line(facts, indicator, year, on)
    return line_of(facts, indicator, entity, year, on)


def _is_of(value: GroupValue, year: int) -> bool:
    """A value of that very year, which no entity is missing from."""
    return value.completeness.whole and value.year in {None, year}


def _stated(value: GroupValue) -> Stated:
    status = SIMULATED if value.simulated else "provisional" if value.provisional else "definitive"
    return Stated(value.computed, None, status) if value.computed is not None else Stated()
