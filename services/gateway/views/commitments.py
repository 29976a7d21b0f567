"""What the entities pledge of an indicator, beside what the group pledges."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from services.gateway.domain.group.aggregation import Completeness
from services.gateway.domain.group.commitments import Commitments, commitments
from services.gateway.domain.group.pledges import Committed, Pledge, is_concerned
from services.gateway.domain.group.sides import Side
from services.gateway.domain.group.wording import basis_note, sentence
from services.gateway.domain.typography import typeset
from services.gateway.domain.values import SIMULATED, rounded, shown, tidy
from services.gateway.facts import ContractFacts
from services.gateway.schemas.follow_up import CompletenessView
from services.gateway.schemas.reconciliation import PledgeView, ReconciledCommitments
from shared.events.contract import IndicatorBody

from .judging import measure_of, target_of

_RATIO = 4


@dataclass(frozen=True, slots=True)
class Counted:
    """Whom Σ counts, what the ledger adds to it by year, and the entity that the group's pledge counts besides."""

    members: Sequence[str]
    ledger: Mapping[int, Decimal]
    besides: str | None


def commitments_of(
    facts: ContractFacts, indicator: IndicatorBody, counted: Counted, year: int
) -> ReconciledCommitments | None:
    """None where entities have no part in the indicator, or nobody pledges anything."""
    if not counted.members:
        return None
    group = replace(_committed(facts, indicator, facts.group), ledger=counted.ledger)
    entities = [_committed(facts, indicator, each) for each in counted.members]
    found = commitments(indicator.aggregation, group, entities, year)
    return None if found is None else _view(facts, indicator, found, counted.besides)


def _committed(facts: ContractFacts, indicator: IndicatorBody, entity: str) -> Committed:
    """A simulated value is no baseline."""
    stated = facts.stated(indicator.code, entity)
    return Committed(
        entity=entity,
        targets=[target_of(facts, indicator, each) for each in facts.targets(indicator.code, entity)],
        series={year: each.value for year, each in stated.items() if each.status != SIMULATED},
        is_concerned=is_concerned(stated),
    )


def _view(
    facts: ContractFacts, indicator: IndicatorBody, found: Commitments, still_counted: str | None
) -> ReconciledCommitments:
    labels = {each.code: each.label for each in facts.definition.entities}
    return ReconciledCommitments(
        year=found.year,
        target=found.due_year,
        **_figures(found, indicator.decimals),
        verdict=found.verdict,
        judged_on=found.judged_on,
        completeness=completeness_view(found.completeness),
        by_entity=[_pledge(facts, indicator, entity, each, found.due_year) for entity, each in found.by_entity.items()],
        basis_note=basis_note(found.by_entity, labels),
        note=_note(still_counted),
        sentence=sentence(found, measure_of(facts, indicator, facts.group), labels),
    )


def completeness_view(found: Completeness) -> CompletenessView:
    return CompletenessView(expected=found.expected, received=found.received, missing=list(found.missing))


def _figures(found: Commitments, decimals: int) -> dict[str, str | None]:
    entities, group, gap = _side(found.entities, decimals), _side(found.group, decimals), found.gap
    return {
        "sum": entities["level"],
        "sum_upper": entities["upper"],
        "group": group["level"],
        "group_upper": group["upper"],
        "adjustment": tidy(found.adjustment, decimals) if found.adjustment else None,
        "gap": tidy(gap.low, decimals) if gap else None,
        "gap_upper": tidy(gap.high, decimals) if gap and (group["upper"] or entities["upper"]) else None,
        "sum_baseline": entities["baseline"],
        "group_baseline": group["baseline"],
        "sum_change": entities["change"],
        "group_change": group["change"],
        "group_change_upper": group["change_upper"],
    }


def _note(still_counted: str | None) -> str | None:
    return f"L’engagement du groupe est celui du contrat, qui compte encore {still_counted}." if still_counted else None


def _side(side: Side, decimals: int) -> dict[str, str | None]:
    """Decimal strings; the upper ends only where there are two."""
    level, change = side.level, side.change
    return {
        "level": tidy(level.low, decimals) if level else None,
        "upper": tidy(level.high, decimals) if level and level.high != level.low else None,
        "baseline": tidy(side.baseline, decimals),
        "change": _ratio(change.low) if change else None,
        "change_upper": _ratio(change.high) if change and change.high != change.low else None,
    }


def _ratio(change: Decimal) -> str | None:
    return shown(rounded(change, _RATIO), _RATIO)


def _pledge(facts: ContractFacts, indicator: IndicatorBody, entity: str, pledged: Pledge, due: int) -> PledgeView:
    stated = [each for each in facts.targets(indicator.code, entity) if each.comparison != "none"]
    return PledgeView(
        entity=entity,
        label=facts.label(entity),
        text=next((each.text for each in stated if each.due_year == due), None),
        level=tidy(pledged.level, indicator.decimals),
        level_upper=tidy(pledged.upper, indicator.decimals),
        baseline=tidy(pledged.baseline, indicator.decimals),
        note=typeset(pledged.note) or None,
    )
