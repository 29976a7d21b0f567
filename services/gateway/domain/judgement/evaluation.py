"""Judging a target in a year: total, pure, never raising."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from services.gateway.domain.targets import AsOf, Deflator, Target
from services.gateway.domain.typography import marked, typeset
from services.gateway.domain.values import Stated

from . import sentences
from .case import Case
from .comparison import Comparison, compare, is_tolerated, margin_of
from .requirement import Lack, Required, bounds_of, finally_required, required
from .verdicts import Margin, Operands, Rule, Status, Verdict

_MONITORED = "none"
_NOT_APPLICABLE, _NOT_YET_DUE = "not_applicable", "not_yet_due"


def evaluate(
    target: Target,
    series: Mapping[int, Stated],
    benchmark: Mapping[int, Decimal],
    deflator: Deflator | None,
    as_of: AsOf,
) -> Verdict:
    """What is said of the target in the year of `as_of`; after its due year, what was said in the due year."""
    year = min(as_of.year, target.due_year)
    case = Case(target=target, series=series, benchmark=benchmark, deflator=deflator, year=year, on=as_of.on)
    return _beside(case) or _too_early(case) or _without_value(case) or _judged(case)


def evaluate_final(
    target: Target,
    series: Mapping[int, Stated],
    benchmark: Mapping[int, Decimal],
    deflator: Deflator | None,
    as_of: AsOf,
) -> Verdict:
    """What is said of the final objective: judged in its due year, « non échu » with the way left before it."""
    if as_of.year >= target.due_year:
        return evaluate(target, series, benchmark, deflator, as_of)
    case = Case(target=target, series=series, benchmark=benchmark, deflator=deflator, year=as_of.year, on=as_of.on)
    return _beside(case) or _distant(case)


def _beside(case: Case) -> Verdict | None:
    """Where there is nothing to judge: an entity that is not concerned, an indicator that is only monitored."""
    if case.series.get(case.year, Stated()).absence == _NOT_APPLICABLE:
        return _plain(case, Status.NOT_APPLICABLE, Rule.NOT_CONCERNED, sentences.not_concerned(case))
    if case.target.comparison == _MONITORED:
        return _plain(case, Status.UNTARGETED, Rule.NO_TARGET, sentences.monitored(case))
    return None


def _too_early(case: Case) -> Verdict | None:
    """Before the contract, or before the year that the path starts from; a sum has none in that very year."""
    if case.year > case.on.year and case.value is not None:
        return _plain(case, Status.NOT_DUE, Rule.YEAR_OPEN, sentences.year_ahead(case.year))
    if case.year >= max(case.target.start_year, case.origin + case.target.is_cumulative):
        return None
    return _plain(case, Status.NOT_DUE, Rule.BEFORE_START, sentences.before_start(case))


def _without_value(case: Case) -> Verdict | None:
    """A year that is not over owes nothing yet; one that is over owes a value, or says why there is none."""
    if case.unmet is None:
        return None
    year, stated = case.unmet
    is_open = case.on.year <= year and stated.absence is None
    if is_open or stated.absence == _NOT_YET_DUE:
        return _awaited(case, Status.NOT_DUE, Rule.YEAR_OPEN, sentences.year_open(year))
    return _awaited(case, Status.NOT_REPORTED, Rule.NO_VALUE, sentences.no_value(year, stated))


def _awaited(case: Case, status: Status, rule: Rule, reason: str) -> Verdict:
    """No value to judge; what is asked of it is said all the same."""
    levels = _levels([required(case, bound) for bound in bounds_of(case.target)])
    return Verdict(
        status=status,
        rule=rule,
        operands=_asking(case, levels),
        sentence=_said(case, sentences.awaited(case, reason, levels)),
        simulated=case.is_simulated,
    )


def _judged(case: Case) -> Verdict:
    if case.unindexed is not None:
        return _lacking(case, Lack(Rule.NO_INDEX, case.unindexed))
    if case.target.is_cumulative and case.broken is not None:
        return _lacking(case, Lack(Rule.METHOD_BREAK, case.broken))
    assert case.value is not None
    found = compare(case, case.value)
    return _lacking(case, found) if isinstance(found, Lack) else _compared(case, found)


def _compared(case: Case, found: Comparison) -> Verdict:
    status = _status(case, found)
    return Verdict(
        status=status,
        rule=found.asked.rule,
        operands=_operands(case, found),
        margin=margin_of(case, found.margin, found.asked.level),
        sentence=_said(case, sentences.compared(case, found, status)),
        simulated=case.is_simulated,
    )


def _status(case: Case, found: Comparison) -> Status:
    if found.satisfied:
        return Status.MET if case.is_due else Status.ON_TRACK
    if case.is_due:
        return Status.MISSED
    return Status.WATCH if is_tolerated(found) else Status.BEHIND


def _distant(case: Case) -> Verdict:
    """The final objective before its year; its level, and the way left to it, where they can be known."""
    asked = [finally_required(case, bound) for bound in bounds_of(case.target)]
    goals = _levels(asked)
    found = compare(case, case.value, finally_required) if case.value is not None else None
    margin = margin_of(case, found.margin, found.asked.level) if isinstance(found, Comparison) else Margin()
    return Verdict(
        status=Status.NOT_DUE,
        rule=Rule.DISTANT,
        operands=_asking(case, goals),
        margin=margin,
        sentence=_said(case, sentences.distant(case, goals, found if isinstance(found, Comparison) else None)),
        simulated=case.is_simulated,
    )


def _levels(asked: Sequence[Required | Lack]) -> list[Decimal]:
    """The ends of what is asked, lower first; none where an end is lacking."""
    levels = sorted(each.level for each in asked if isinstance(each, Required))
    return levels if len(levels) == len(asked) else []


def _asking(case: Case, levels: list[Decimal]) -> Operands:
    return replace(_known(case), required=min(levels, default=None), upper=max(levels) if levels[1:] else None)


def _lacking(case: Case, lack: Lack) -> Verdict:
    return _plain(case, Status.NOT_EVALUABLE, lack.rule, sentences.lacking(case, lack))


def _plain(case: Case, status: Status, rule: Rule, sentence: str) -> Verdict:
    return Verdict(
        status=status,
        rule=rule,
        operands=_known(case),
        sentence=_said(case, sentence),
        simulated=case.is_simulated,
    )


def _said(case: Case, sentence: str) -> str:
    return marked(typeset(sentence), case.is_simulated)


def _known(case: Case) -> Operands:
    return Operands(
        year=case.year,
        value=case.value,
        baseline=case.start.value,
        baseline_year=case.start.year,
        benchmark=case.benchmark.get(case.year),
        index=case.index(case.year) if case.target.constant_year is not None else None,
        basis=case.target.basis or None,
    )


def _operands(case: Case, found: Comparison) -> Operands:
    ends = [found.asked.level] if found.other is None else sorted((found.asked.level, found.other))
    upper = ends[1] if found.other is not None else None
    return replace(_known(case), required=ends[0], upper=upper, tolerated=found.tolerated)
