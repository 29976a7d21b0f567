"""A target that counts money, shown in current and in constant euros side by side."""

from collections.abc import Mapping

from services.gateway.domain.euros import Reading, euros, is_money
from services.gateway.domain.judgement.case import Case
from services.gateway.domain.targets import AsOf, Target
from services.gateway.domain.values import Stated, shown, tidy
from services.gateway.facts import ContractFacts
from services.gateway.schemas.euros import DeflatorView, EurosView, ReadingView
from shared.events.contract import TargetBody

from .cases import case_of


def euros_of(
    facts: ContractFacts, stated: TargetBody, target: Target, series: Mapping[int, Stated], at: AsOf
) -> EurosView | None:
    """Both readings of the target in the year, its due year at most; none where the unit counts no euros."""
    if not is_money(target.measure):
        return None
    return _euros(facts, case_of(facts, stated, target, series, AsOf(year=min(at.year, target.due_year), on=at.on)))


def _euros(facts: ContractFacts, case: Case) -> EurosView:
    found = euros(case)
    return EurosView(
        current=_reading(found.current, case),
        constant=_reading(found.constant, case),
        deflator=_deflator(facts, case),
        disagree=found.disagree,
        sentence=found.sentence,
    )


def _reading(found: Reading, case: Case) -> ReadingView:
    decimals = case.target.measure.decimals
    return ReadingView(
        basis=found.basis,
        value=tidy(found.value, decimals),
        baseline=tidy(found.baseline, decimals),
        baseline_year=found.baseline_year,
        change=tidy(found.change.absolute, decimals),
        growth=shown(found.change.relative, 4),
        status=found.verdict.status,
        label=found.verdict.label,
        sentence=found.verdict.sentence,
        simulated=found.verdict.simulated,
        missing=_missing(found, case),
    )


def _missing(found: Reading, case: Case) -> str | None:
    if found.lacks is None:
        return None
    if case.deflator is None:
        return "Le contrat ne donne pas d’indice de prix."
    return f"Il manque l’indice de prix {found.lacks}."


def _deflator(facts: ContractFacts, case: Case) -> DeflatorView | None:
    used = case.deflator
    if used is None:
        return None
    stated = next(each for each in facts.definition.deflators if each.code == used.code)
    points = [each for each in facts.definition.deflator_values if each.series == used.code and each.year <= case.year]
    notes = [stated.note, *(each.note for each in points)]
    return DeflatorView(
        code=used.code,
        label=stated.label,
        version=used.version,
        base_year=used.base_year,
        points={each.year: format(each.value, "f") for each in points},
        note=" ".join(each for each in notes if each) or None,
    )
