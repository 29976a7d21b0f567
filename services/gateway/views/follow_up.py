"""The follow-up of a contract for a year: the group's, with its schools', and each entity's alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from services.gateway.domain.group.aggregation import PROVISIONAL, group_value_in
from services.gateway.domain.judgement.verdicts import RULES, Status
from services.gateway.domain.values import SIMULATED, Stated, shown, tidy
from services.gateway.facts import ContractFacts
from services.gateway.schemas.follow_up import (
    CompletenessView,
    EntityFollowed,
    EntityFollowUp,
    EntityIndicatorView,
    Followed,
    FollowUp,
    IndicatorView,
)

from .contracts import year_of
from .divergences import divergences
from .followed_milestones import followed_milestones, serving
from .group import group_line, line_in, members_of, reported_of
from .lines import Line, followed, line_of
from .missing import missing
from .parts import Part

_UNSAID = {"declined", "numerator", "denominator", "methodology"}


Said = tuple[Line, Followed]


@dataclass(frozen=True, slots=True)
class Moment:
    """The year followed, the day on which it is judged, and the instant whose knowledge it is (now if none)."""

    year: int | None
    on: date
    as_of: datetime | None = None


def follow_up(facts: ContractFacts, moment: Moment, watermark: str) -> FollowUp:
    """The group's follow-up, with the schools where the contract declines the indicator."""
    year = year_of(facts, moment.year)
    indicators, said = [], list[Said]()
    for each in facts.definition.indicators:
        own = group_line(facts, each, year, moment.on)
        below = [line_of(facts, each, one, year, moment.on) for one in members_of(facts, each, facts.group)]
        entities = [_entity(line) for line in below]
        view = IndicatorView(**_indicator(own).model_dump(), entities=entities)
        indicators.append(view)
        said += [(own, view), *zip(below, entities, strict=True)]
    told = _told(facts, facts.group, year, moment) | _counted(indicators) | _listed(said)
    return FollowUp(**told, indicators=indicators, watermark=watermark)


def entity_follow_up(facts: ContractFacts, entity: str, moment: Moment, watermark: str) -> EntityFollowUp:
    """The follow-up of one entity."""
    year = year_of(facts, moment.year)
    lines = [line_in(facts, each, entity, year, moment.on) for each in facts.indicators_of(entity)]
    indicators = [_indicator(line) for line in lines]
    told = _told(facts, entity, year, moment) | _counted(indicators)
    listed = _listed(list(zip(lines, indicators, strict=True)))
    return EntityFollowUp(**told, **listed, indicators=indicators, watermark=watermark)


def _told(facts: ContractFacts, entity: str, year: int, moment: Moment) -> dict[str, Any]:
    """Which year of which contract this is, and what it was judged by."""
    return {
        "contract": facts.definition.header.code,
        "contract_version": facts.version,
        "rules": RULES,
        "as_of": moment.as_of,
        "year": year,
        "entity": entity,
        "label": facts.label(entity),
        "milestones": followed_milestones(Part(facts.definition, facts.milestones, entity, moment.on, year)),
    }


def _counted(indicators: Sequence[EntityIndicatorView]) -> dict[str, Any]:
    """The counts of the verdicts on the entity's own targets."""
    targets = [target for each in indicators for target in each.targets]
    return {
        "summary": _counts(each.verdict.status for each in targets),
        "final_summary": _counts(each.final_verdict.status for each in targets),
    }


def _listed(said: list[Said]) -> dict[str, Any]:
    """What is missing, where a person and the figures do not say the same, and whether any figure was invented."""
    found = (divergences(line, view) for line, view in said)
    return {
        "simulated": any(value.status == SIMULATED for _, view in said for value in view.values),
        "missing": list(missing([line for line, _ in said])),
        "divergences": [each for several in found for each in several],
    }


def _counts(statuses: Iterable[str]) -> dict[str, int]:
    found = list(statuses)
    return {status.value: found.count(status) for status in Status}


def _indicator(line: Line) -> EntityIndicatorView:
    reported = reported_of(line.facts, line.indicator, members_of(line.facts, line.indicator, line.entity))
    own = line.facts.stated(line.indicator.code, line.entity)
    value = group_value_in(reported, line.year)
    declared = own[line.year].value if line.year in own else None
    judged = line.series.get(line.year, Stated())
    completeness = value.completeness
    decimals = line.decimals
    return EntityIndicatorView(
        **line.indicator.model_dump(exclude=_UNSAID),
        **followed(line).model_dump(),
        declared=shown(declared, decimals),
        judged_on=_judged_on(declared, judged),
        provisional=judged.status == PROVISIONAL,
        computed=tidy(value.computed, decimals) if reported.entities else None,
        sum=shown(value.sum, decimals),
        gap=shown(value.gap, decimals),
        completeness=CompletenessView(
            expected=completeness.expected, received=completeness.received, missing=list(completeness.missing)
        ),
        milestones=_serving(line),
    )


def _serving(line: Line) -> list[str]:
    """The milestones that serve the indicator, of those that the entity has a part in."""
    part = Part(line.facts.definition, line.facts.milestones, line.entity, line.on)
    return serving(part, line.indicator)


def _judged_on(declared: Decimal | None, judged: Stated) -> str | None:
    """Which value the verdicts are of: the one declared, or that which the entities make together."""
    if judged.value is None:
        return None
    return "computed" if declared is None else "declared"


def _entity(line: Line) -> EntityFollowed:
    found: Followed = followed(line)
    return EntityFollowed(**found.model_dump(), entity=line.entity, label=line.facts.label(line.entity))
