"""What holds of every verdict, whatever the target, the values and the years."""

import decimal
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

from services.gateway.domain.judgement.evaluation import evaluate
from services.gateway.domain.judgement.verdicts import Rule, Status, Verdict
from services.gateway.domain.targets import AsOf, Deflator, Measure, Target
from services.gateway.domain.values import WIDE, Stated

from .judged_at_random import any_facts, facts, mild
from .judging import Facts

T = TypeVar("T")
quickly = settings(max_examples=120)

MISTYPED = re.compile(r"[ \u202f][%€]|-(?!75[0-3]|5[0-2])\d")  # a year before our era is no figure
SATISFIED = {Status.MET, Status.ON_TRACK}
SHORT = {Status.WATCH, Status.BEHIND, Status.MISSED}
RANKS = {Status.MET: 0, Status.ON_TRACK: 0, Status.WATCH: 1, Status.BEHIND: 2, Status.MISSED: 2}
LOWER_IS_BETTER = {"at_most", "less_than"}


def _in_the_year(case: Facts, value: Decimal) -> Facts:
    year = min(case.as_of.year, case.target.due_year)
    return replace(case, series=case.series | {year: Stated(value)})


def _worst_first(case: Facts, ends: tuple[Decimal, Decimal]) -> list[Decimal]:
    target = case.target
    falling = (
        target.measure.direction == "down" if target.comparison == "within" else target.comparison in LOWER_IS_BETTER
    )
    return sorted(ends, reverse=falling)


def _rank(verdict: Verdict) -> int | str:
    return RANKS.get(verdict.status, verdict.status.value)


@quickly
@given(facts, st.tuples(mild, mild))
def test_a_better_value_never_makes_a_worse_verdict(case: Facts, ends: tuple[Decimal, Decimal]) -> None:
    if case.target.comparison == "within" and case.target.measure.direction == "none":
        return
    if case.as_of.year < case.target.start_year:
        return
    worse, better = (_rank(_in_the_year(case, value).evaluated()) for value in _worst_first(case, ends))
    if isinstance(worse, str) or isinstance(better, str):
        assert worse == better  # what judges nothing does not depend on the value
    else:
        assert better <= worse


def _thousandfold(number: Decimal | None) -> Decimal | None:
    return None if number is None else number.scaleb(3, WIDE)


def _in_thousandths(case: Facts) -> Facts:
    target, measure = case.target, case.target.measure
    in_percent = target.operand in {"growth", "growth_range"}
    scaled = replace(
        target, measure=replace(measure, decimals=measure.decimals - 3),
        value=target.value if in_percent else _thousandfold(target.value),
        upper=target.upper if in_percent else _thousandfold(target.upper),
        level=_thousandfold(target.level), tolerance=_thousandfold(target.tolerance),
        baseline_value=_thousandfold(target.baseline_value),
        trajectory={year: value * 1000 for year, value in target.trajectory.items()},
    )  # fmt: skip
    return replace(
        case, target=scaled, benchmark={year: value * 1000 for year, value in case.benchmark.items()},
        series={year: replace(stated, value=_thousandfold(stated.value)) for year, stated in case.series.items()},
    )  # fmt: skip


@quickly
@given(facts)
def test_a_verdict_does_not_depend_on_the_unit(case: Facts) -> None:
    one, other = case.evaluated(), _in_thousandths(case).evaluated()
    assert (one.status, one.rule, one.margin.relative) == (other.status, other.rule, other.margin.relative)
    assert _roughly(_thousandfold(one.margin.absolute)) == _roughly(other.margin.absolute)


def _roughly(number: Decimal | None) -> Decimal | None:
    """To more digits than any figure has, and fewer than a division keeps."""
    return None if number is None else number.quantize(Decimal("1e-60"), context=WIDE)


def _backwards(mapping: Mapping[int, T]) -> dict[int, T]:
    return dict(reversed(list(mapping.items())))


def _reversed(case: Facts) -> Facts:
    deflator = case.deflator and replace(case.deflator, index=_backwards(case.deflator.index))
    target = replace(case.target, trajectory=_backwards(case.target.trajectory))
    return replace(
        case, target=target, deflator=deflator, series=_backwards(case.series),
        benchmark=_backwards(case.benchmark),
    )  # fmt: skip


@quickly
@given(any_facts | facts)
def test_a_verdict_does_not_depend_on_the_order_of_what_is_known(case: Facts) -> None:
    assert case.evaluated() == _reversed(case).evaluated()
    assert case.evaluated_finally() == _reversed(case).evaluated_finally()


@quickly
@given(any_facts | facts)
def test_there_is_always_a_verdict_with_a_well_printed_sentence(case: Facts) -> None:
    for verdict in (case.evaluated(), case.evaluated_finally()):
        assert isinstance(verdict, Verdict)
        assert verdict.sentence.strip()
        assert not MISTYPED.search(verdict.sentence), verdict.sentence


@quickly
@given(any_facts | facts)
def test_a_verdict_does_not_depend_on_the_precision_around_it(case: Facts) -> None:
    with decimal.localcontext() as around:
        around.prec = 3
        around.rounding = decimal.ROUND_DOWN
        narrow = case.evaluated(), case.evaluated_finally()
    assert narrow == (case.evaluated(), case.evaluated_finally())


@quickly
@given(any_facts | facts)
def test_the_objective_is_the_verdict_from_the_due_year_on_and_not_due_before(case: Facts) -> None:
    final = case.evaluated_finally()
    if case.as_of.year >= case.target.due_year:
        assert final == case.evaluated()
    elif final.status not in {Status.UNTARGETED, Status.NOT_APPLICABLE}:
        assert (final.status, final.rule) == (Status.NOT_DUE, Rule.DISTANT)


@quickly
@given(facts)
def test_after_the_due_year_the_verdict_is_that_of_the_due_year(case: Facts) -> None:
    due = replace(case, as_of=replace(case.as_of, year=case.target.due_year))
    if case.as_of.year >= case.target.due_year:
        assert case.evaluated() == due.evaluated()


@quickly
@given(any_facts | facts)
def test_the_margin_agrees_with_the_status(case: Facts) -> None:
    verdict, target = case.evaluated(), case.target
    margin = verdict.margin.absolute
    assert (verdict.operands.tolerated or 0) >= 0
    if verdict.status in SHORT:
        assert margin is not None
        assert margin <= 0
    elif verdict.status in SATISFIED:
        assert margin is not None
        stable = target.operand == "baseline" and target.comparison in {"at_least", "at_most"}
        assert margin >= (-Decimal(5).scaleb(-target.measure.decimals - 1) if stable else 0)
    else:
        assert margin is None
        assert verdict.margin.relative is None


def _plainly(target: Target, values: dict[int, Decimal], year: int, deflator: Deflator | None = None) -> Verdict:
    """Judged in the year, whose value is exactly what is asked or tolerated."""
    series = {each: Stated(value) for each, value in values.items()}
    return evaluate(target, series, {}, deflator, AsOf(year=year, on=date(2050, 1, 1)))


PLAIN = Target(
    measure=Measure(unit="M€", decimals=1), comparison="at_least", operand="value", due_year=2027, start_year=2023,
    reference_year=2022,
)  # fmt: skip


@quickly
@given(st.integers(0, 10_000), st.integers(1, 500), st.sampled_from([2, 3, 4, 5, 6, 8, 9, 10]), st.data())
def test_the_edge_of_what_is_tolerated_is_exact(start: int, tens: int, years: int, data: st.DataObject) -> None:
    passed = data.draw(st.integers(1, years - 1))
    target = replace(PLAIN, value=Decimal(start + 10 * tens), due_year=2022 + years)
    edge = start + Decimal(9 * tens * passed) / years  # nine tenths of the way so far, a finite decimal
    for value, status in ((edge, Status.WATCH), (edge - Decimal("0.0000000001"), Status.BEHIND)):
        verdict = _plainly(target, {2022: Decimal(start), 2022 + passed: value}, 2022 + passed)
        assert verdict.status is status


@quickly
@given(st.integers(1, 10_000), st.integers(1, 99), st.integers(80, 130), st.integers(5, 30))
def test_a_growth_in_constant_euros_reached_exactly_is_reached(start: int, growth: int, then: int, tenths: int) -> None:
    target = replace(PLAIN, operand="growth", value=Decimal(growth), basis="constant-euros-2015")
    index = {2015: Decimal(100), 2022: Decimal(then), 2027: Decimal(then * tenths) / 10}
    value = Decimal(start * (100 + growth) * tenths) / 1000  # grown as asked, and as prices have
    deflator = Deflator(base_year=2015, index=index)
    verdict = _plainly(target, {2022: Decimal(start), 2027: value}, 2027, deflator)
    assert verdict.status is Status.MET
    assert verdict.margin.absolute == 0
    strictly = replace(target, comparison="more_than")
    assert _plainly(strictly, {2022: Decimal(start), 2027: value}, 2027, deflator).status is Status.MISSED


@quickly
@given(any_facts | facts)
def test_only_the_due_year_says_met_or_missed(case: Facts) -> None:
    due, status = case.as_of.year >= case.target.due_year, case.evaluated().status
    assert status not in ({Status.ON_TRACK, Status.WATCH, Status.BEHIND} if due else {Status.MET, Status.MISSED})
