"""Verdicts as they are shown: a target judged in a year, and its final objective, with the figures that decided."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.gateway.domain.judgement.evaluation import evaluate, evaluate_final
from services.gateway.domain.judgement.verdicts import Margin, Operands, Verdict
from services.gateway.domain.targets import AsOf, Target
from services.gateway.domain.values import Stated, shown, tidy
from services.gateway.facts import ContractFacts
from services.gateway.schemas.verdicts import MarginView, OperandsView, VerdictView
from shared.events.contract import TargetBody

from .judging import benchmark_of, deflator_of

_SIMULATED = "simulated"
_MARK = "[Simulé] "


@dataclass(frozen=True, slots=True)
class Judged:
    """This year's verdict and the final one."""

    now: Verdict
    final: Verdict


def judge(facts: ContractFacts, stated: TargetBody, target: Target, series: Mapping[int, Stated], at: AsOf) -> Judged:
    benchmark, deflator = benchmark_of(facts, stated), deflator_of(facts, stated.deflator)
    return Judged(
        evaluate(target, series, benchmark, deflator, at), evaluate_final(target, series, benchmark, deflator, at)
    )


def as_of(year: int, on: date) -> AsOf:
    return AsOf(year=year, on=on)


def verdict_view(verdict: Verdict, target: Target, series: Mapping[int, Stated]) -> VerdictView:
    simulated = _is_simulated(verdict, target, series)
    return VerdictView(
        status=verdict.status,
        label=verdict.label,
        margin=_margin(verdict.margin, target.measure.decimals),
        operands=_operands(verdict.operands, target.measure.decimals),
        rule=verdict.rule,
        sentence=(_MARK if simulated else "") + verdict.sentence,
        simulated=simulated,
    )


def _is_simulated(verdict: Verdict, target: Target, series: Mapping[int, Stated]) -> bool:
    """Whether an invented value was judged; any year of a sum is enough."""
    if verdict.operands.value is None:
        return False
    year = verdict.operands.year
    judged = [each for each in series if each <= year] if target.is_cumulative else [year]
    return any(series[each].status == _SIMULATED for each in judged if each in series)


def _margin(margin: Margin, decimals: int) -> MarginView:
    return MarginView(absolute=tidy(margin.absolute, decimals), relative=shown(margin.relative, 4))


def _operands(operands: Operands, decimals: int) -> OperandsView:
    def told(value: Decimal | None) -> str | None:
        return tidy(value, decimals)

    return OperandsView(
        year=operands.year,
        value=told(operands.value),
        required=told(operands.required),
        upper=told(operands.upper),
        baseline=told(operands.baseline),
        baseline_year=operands.baseline_year,
        tolerated=told(operands.tolerated),
        benchmark=told(operands.benchmark),
        index=told(operands.index),
        basis=operands.basis,
    )
