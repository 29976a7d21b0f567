"""The back-test of a contract: what its projections would have said in earlier years, against what came."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from services.gateway.domain.judgement.verdicts import LABELS, Status
from services.gateway.domain.outlook.back_test import BackTest, Totals, Trial, back_test, totals
from services.gateway.domain.outlook.projection import CONFIDENCE, FEWEST_CHANGES, METHOD
from services.gateway.domain.typography import typeset
from services.gateway.domain.values import shown, tidy
from services.gateway.facts import ContractFacts
from services.gateway.schemas.outlook import BackTestItem, BackTestView, MethodView, TotalsView, TrialView
from shared.events.contract import TargetBody

from .group import line_in
from .lines import Line
from .outlook import cases_of, projection_view

_SAID = typeset(
    "Marche aléatoire avec dérive : la dernière valeur, prolongée de l’évolution annuelle moyenne ; l’intervalle à "
    "80 % vient de la dispersion des évolutions passées (loi de Student) et s’élargit avec l’horizon. Les valeurs "
    "sont celles connues aujourd’hui, et non celles publiées à l’époque."
)


@dataclass(frozen=True, slots=True)
class _Tested:
    line: Line
    stated: TargetBody | None
    due_year: int
    found: BackTest


def back_test_view(facts: ContractFacts, on: date, watermark: str) -> BackTestView:
    """Every target whose due year is known; those without enough history in any year are counted, not listed."""
    tested = list(_tested(facts, on))
    return BackTestView(
        contract=facts.definition.header.code,
        contract_version=facts.version,
        method=MethodView(name=METHOD, confidence=str(CONFIDENCE), fewest_changes=FEWEST_CHANGES, sentence=_SAID),
        items=[_item(each) for each in tested if each.found.is_telling],
        totals=_totals(totals(each.found for each in tested)),
        watermark=watermark,
    )


def _tested(facts: ContractFacts, on: date) -> Iterator[_Tested]:
    for line in _lines(facts, on):
        for stated, case in cases_of(line):
            found = back_test(case)
            if found:
                yield _Tested(line, stated, case.target.due_year, found)


def _lines(facts: ContractFacts, on: date) -> Iterator[Line]:
    for entity in (facts.group, *facts.members):
        for indicator in facts.indicators_of(entity):
            yield line_in(facts, indicator, entity, facts.definition.header.end_year, on)


def _item(tested: _Tested) -> BackTestItem:
    indicator, found = tested.line.indicator, tested.found
    return BackTestItem(
        indicator=indicator.code,
        label=indicator.label,
        unit=indicator.unit,
        entity=tested.line.entity,
        target=tested.stated.target if tested.stated else None,
        due_year=tested.due_year,
        actual=tidy(found.actual, indicator.decimals) or "",
        status=found.status,
        status_label=_label(found.status),
        trials=[_trial(each, indicator.decimals) for each in found.trials],
    )


def _trial(trial: Trial, decimals: int) -> TrialView:
    return TrialView(
        year=trial.year,
        projection=projection_view(trial.projection, decimals),
        status=trial.status,
        label=_label(trial.status),
        inside=trial.inside,
        right=trial.right,
        error=shown(trial.error, 4),
        unchanged_error=shown(trial.unchanged_error, 4),
        unchanged_right=trial.unchanged_right,
    )


def _label(status: Status | None) -> str | None:
    return None if status is None else LABELS[status]


def _totals(found: Totals) -> TotalsView:
    return TotalsView(
        projected=found.projected,
        insufficient=found.insufficient,
        inside=found.inside,
        judged=found.judged,
        right=found.right,
        unchanged_right=found.unchanged_right,
        affirmed=found.affirmed,
        affirmed_right=found.affirmed_right,
        share_inside=shown(found.share_inside, 4),
        share_right=shown(found.share_right, 4),
        mean_error=shown(found.mean_error, 4),
        mean_unchanged_error=shown(found.mean_unchanged_error, 4),
    )
