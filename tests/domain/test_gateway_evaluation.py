"""Every verdict of the hand-written truth table: status, rule, margins, what was required and what is tolerated."""

import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest

from services.gateway.domain.judgement.verdicts import Margin, Rule, Status
from services.gateway.domain.targets import AsOf
from services.gateway.domain.values import Stated

from .judging import Case, Facts, Given
from .truth_table import CASES
from .truth_table_levels import STUDENTS
from .truth_table_ranges import PUBLICATIONS

_MISTYPED = re.compile(r"[ \u202f][%€]|-\d|(?<![\d,\u202f])\d{5,}")
_COMPARED = {Status.MET, Status.ON_TRACK, Status.WATCH, Status.BEHIND, Status.MISSED}


def _facts(given: Given, name: str) -> Facts:
    return next(case.facts for case in given.cases() if case.name.endswith(name))


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_verdict_is_the_one_worked_out_by_hand(case: Case) -> None:
    assert case.said() == case.expected


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_verdict_is_a_french_sentence_with_its_margin_where_it_compares(case: Case) -> None:
    verdict = case.verdict()
    assert verdict.sentence[0].isupper()
    assert verdict.sentence.endswith(".")
    assert not _MISTYPED.search(verdict.sentence), verdict.sentence
    assert verdict.margin.relative is None or verdict.margin.relative.as_tuple().exponent == -4
    assert (verdict.margin.absolute is not None) == (verdict.status in _COMPARED) or verdict.rule is Rule.DISTANT


def test_the_table_is_whole() -> None:
    assert len(CASES) >= 240
    assert not [name for name, count in Counter(case.name for case in CASES).items() if count > 1]
    assert {case.expected["status"] for case in CASES} == set(Status)
    assert {case.expected["rule"] for case in CASES} == set(Rule)


def test_after_the_due_year_the_year_judged_is_the_due_year() -> None:
    facts = _facts(STUDENTS, "2028 2027=16400,2028=17000")
    due = replace(facts, as_of=replace(facts.as_of, year=2027))
    assert facts.evaluated().operands.year == 2027
    assert facts.evaluated() == due.evaluated()


def test_the_operands_say_what_was_compared() -> None:
    operands = _facts(STUDENTS, "2024 14300").evaluated().operands
    assert (operands.year, operands.value, operands.required) == (2024, Decimal(14300), Decimal(14460))
    assert (operands.baseline, operands.baseline_year) == (Decimal(13606), 2022)
    assert (operands.upper, operands.benchmark, operands.index) == (None, None, None)


def test_beyond_a_range_is_said() -> None:
    assert "au-delà de la fourchette" in _facts(PUBLICATIONS, "2027 2300").evaluated().sentence
    assert "au-delà de la fourchette" not in _facts(PUBLICATIONS, "2027 2248.4").evaluated().sentence


def test_the_reason_for_an_absence_is_said() -> None:
    facts = _facts(STUDENTS, "2024 14300")
    reasons = ("late", "confidential", "not_measured", "refused")
    absent = [replace(facts, series=facts.series | {2024: Stated(None, reason)}).evaluated() for reason in reasons]
    assert len({verdict.sentence for verdict in absent}) == len(reasons)


@pytest.mark.parametrize("status", ["provisional", "simulated", None, "something newer"])
def test_a_simulated_value_is_judged_like_others(status: str | None) -> None:
    facts = _facts(STUDENTS, "2024 14300")
    verdict = replace(facts, series=facts.series | {2024: Stated(Decimal(14300), None, status)}).evaluated()
    assert (verdict.status, verdict.rule) == (Status.BEHIND, Rule.TRAJECTORY_POINT)
    assert verdict.margin == Margin(Decimal(-160), Decimal("-0.0111"))


@pytest.mark.parametrize("year", [-1, 0, 9999, 10_000])
def test_a_year_that_no_calendar_has_is_judged_too(year: int) -> None:
    facts = _facts(STUDENTS, "2024 14300")
    target = replace(facts.target, reference_year=-10, start_year=-5, due_year=20_000)
    nothing = replace(facts, target=target, series={}, as_of=AsOf(year=year, on=facts.as_of.on))
    assert nothing.evaluated().status is (Status.NOT_REPORTED if year < 2024 else Status.NOT_DUE)
