"""Verdicts as they are shown: a target judged in a year, and its final objective, with the figures that decided."""

from dataclasses import dataclass
from decimal import Decimal

from services.gateway.domain.judgement.case import Case
from services.gateway.domain.judgement.evaluation import evaluate, evaluate_final
from services.gateway.domain.judgement.verdicts import Margin, Operands, Verdict
from services.gateway.domain.targets import AsOf, Target
from services.gateway.domain.values import shown, tidy
from services.gateway.schemas.verdicts import MarginView, OperandsView, VerdictView


@dataclass(frozen=True, slots=True)
class Judged:
    """This year's verdict and the final one."""

    now: Verdict
    final: Verdict


def judge(case: Case) -> Judged:
    asked = (case.target, case.series, case.benchmark, case.deflator, AsOf(year=case.year, on=case.on))
    return Judged(evaluate(*asked), evaluate_final(*asked))


def verdict_view(verdict: Verdict, target: Target) -> VerdictView:
    return VerdictView(
        status=verdict.status,
        label=verdict.label,
        margin=_margin(verdict.margin, target.measure.decimals),
        operands=_operands(verdict.operands, target.measure.decimals),
        rule=verdict.rule,
        sentence=verdict.sentence,
        simulated=verdict.simulated,
    )


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
