"""The reconciliation of a contract: for each indicator, the entities' Σ beside the group's value, and their pledges."""

from dataclasses import dataclass, replace
from datetime import datetime

from services.gateway.domain.group.aggregation import GroupValue, Part, Reported, group_value_in
from services.gateway.domain.group.perimeter import Perimeter
from services.gateway.domain.group.reconciliation import (
    Adjustment,
    Reconciliation,
    amounts,
    applicable,
    reconcile,
    sentence,
)
from services.gateway.domain.typography import typeset
from services.gateway.domain.values import Stated, shown, tidy
from services.gateway.facts import ContractFacts
from services.gateway.schemas.reconciliation import (
    AdjustmentView,
    EntityValueView,
    PerimeterView,
    ReconciledIndicator,
    ReconciledValues,
    ReconciliationView,
)
from shared.events.contract import AdjustmentBody, IndicatorBody

from .commitments import Counted, commitments_of, completeness_view
from .contracts import year_of
from .group import reported_of
from .judging import measure_of
from .lines import NOT_REPORTED
from .perimeters import Elsewhere, choices, perimeter_of

_CONTRACTS_OWN = "Le groupe ne dit rien de ce périmètre : sa valeur est celle du contrat"
_UNSHARED = "Mesuré au niveau du groupe seul."


@dataclass(frozen=True, slots=True)
class Asked:
    """The year and the perimeter asked for, and the instant whose knowledge it is (now if none)."""

    year: int | None = None
    perimeter: str | None = None
    as_of: datetime | None = None


@dataclass(frozen=True, slots=True)
class Cut:
    """One indicator, in a year and a perimeter."""

    facts: ContractFacts
    indicator: IndicatorBody
    year: int
    perimeter: Perimeter
    elsewhere: Elsewhere

    @property
    def members(self) -> list[str]:
        """The entities that Σ counts; one that is brought in, only where it states something."""
        code, added = self.indicator.code, self.perimeter.added
        included = self.perimeter.included if self.indicator.declined else ()
        return [each for each in included if each != added or self.facts.years(code, each)]

    @property
    def labels(self) -> dict[str, str]:
        return {each.code: each.label for each in self.facts.definition.entities}

    @property
    def own(self) -> Stated | None:
        """What the group states of this very perimeter."""
        return self.elsewhere.get(self.perimeter.code or "", {}).get((self.indicator.code, self.year))

    @property
    def left_out(self) -> str | None:
        """The name of the entity that Σ leaves out, which the contract's own figures of the group still count."""
        return self.labels[self.perimeter.without] if self.perimeter.without else None


def reconciliation(facts: ContractFacts, asked: Asked, elsewhere: Elsewhere, watermark: str) -> ReconciliationView:
    """Raises Invalid on a perimeter that is not offered."""
    year, within = year_of(facts, asked.year), perimeter_of(facts, asked.perimeter, elsewhere)
    cuts = [Cut(facts, each, year, within, elsewhere) for each in facts.definition.indicators]
    return ReconciliationView(
        contract=facts.definition.header.code,
        contract_version=facts.version,
        as_of=asked.as_of,
        year=year,
        perimeter=PerimeterView(
            code=within.code,
            label=within.label,
            included=list(within.included),
            excluded=list(within.excluded),
            offered=list(choices(facts, elsewhere)),
        ),
        indicators=[_indicator(each) for each in cuts],
        watermark=watermark,
    )


def _indicator(cut: Cut) -> ReconciledIndicator:
    indicator = cut.indicator
    return ReconciledIndicator(
        code=indicator.code,
        label=indicator.label,
        unit=indicator.unit,
        decimals=indicator.decimals,
        aggregation=indicator.aggregation,
        values=_values(cut),
        commitments=commitments_of(cut.facts, indicator, _counted(cut), cut.year),
    )


def _values(cut: Cut) -> ReconciledValues:
    value = group_value_in(_reported(cut), cut.year)
    found = reconcile(value, _ledger(cut))
    return ReconciledValues(
        **_figures(value, found, cut.indicator.decimals),
        adjustments=_adjustments(found, cut.indicator.decimals),
        completeness=completeness_view(value.completeness),
        by_entity=[_entity(cut, entity, part) for entity, part in value.parts.items()],
        provisional=value.provisional,
        simulated=value.simulated,
        note=_note(cut),
        sentence=_sentence(cut, value, found),
    )


def _figures(value: GroupValue, found: Reconciliation, decimals: int) -> dict[str, str | None]:
    return {
        "sum": shown(value.sum, decimals),
        "computed": tidy(value.computed, decimals),
        "declared": shown(value.declared, decimals),
        "gap": tidy(found.gap, decimals),
        "explained": tidy(found.explained, decimals),
        "unexplained": tidy(found.unexplained, decimals),
    }


def _reported(cut: Cut) -> Reported:
    """What was stated, the group's value being that of the perimeter where it states one."""
    reported = reported_of(cut.facts, cut.indicator, cut.members)
    return replace(reported, group={**reported.group, cut.year: cut.own}) if cut.own else reported


def _counted(cut: Cut) -> Counted:
    return Counted(cut.members, amounts(_lines(cut), cut.indicator.code), cut.left_out)


def _ledger(cut: Cut) -> list[Adjustment]:
    lines = (each for each in _lines(cut) if each.year == cut.year)
    return [Adjustment(each.amount, each.reason, each.source, each.entity) for each in lines]


def _lines(cut: Cut) -> list[AdjustmentBody]:
    """Those of the ledger, of any year, that still explain something: for an indicator that entities share."""
    if not cut.members:
        return []
    added = cut.perimeter.added if cut.perimeter.added in cut.members else None
    stated = (each for each in cut.facts.definition.adjustments if each.indicator == cut.indicator.code)
    return applicable(stated, (cut.perimeter.without, added))


def _adjustments(found: Reconciliation, decimals: int) -> list[AdjustmentView]:
    return [
        AdjustmentView(
            amount=shown(each.amount, decimals) or "", reason=each.reason, source=each.source, entity=each.entity
        )
        for each in found.adjustments
    ]


def _entity(cut: Cut, entity: str, part: Part) -> EntityValueView:
    stated = part.stated
    silent = stated.value is None and stated.absence is None
    return EntityValueView(
        entity=entity,
        label=cut.labels[entity],
        year=part.year,
        value=shown(stated.value, cut.indicator.decimals),
        absence=NOT_REPORTED if silent else stated.absence,
        status=stated.status,
    )


def _note(cut: Cut) -> str | None:
    if cut.own or not cut.perimeter.code or not cut.indicator.declined:
        return None
    if cut.left_out:
        return typeset(f"{_CONTRACTS_OWN}, qui compte encore {cut.left_out}.")
    return typeset(f"{_CONTRACTS_OWN}.")


def _sentence(cut: Cut, value: GroupValue, found: Reconciliation) -> str:
    if not cut.indicator.declined:
        return _UNSHARED
    measure = measure_of(cut.facts, cut.indicator, cut.facts.group)
    return sentence(found, value, cut.indicator.aggregation, measure, cut.labels)
