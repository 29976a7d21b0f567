"""A sum of money in current and in constant euros: both changes, both verdicts, and where they disagree."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.gateway.domain.euros import Euros, euros, is_money
from services.gateway.domain.judgement.case import Case
from services.gateway.domain.judgement.verdicts import Rule, Status
from services.gateway.domain.targets import Deflator, Measure, Target
from services.gateway.domain.values import Stated

ABOUT_TEN_PERCENT = {2017: "100", 2022: "110"}


def read(
    values: Mapping[int, str], index: Mapping[int, str] | None, measure: Measure, *, base_year: int = 2017, **words: Any
) -> Euros:
    numbers: dict[str, Any] = {name: Decimal(words.pop(name)) for name in ("value", "level") if name in words}
    target = Target(
        measure=measure, operand="growth", due_year=2022, start_year=2018, reference_year=2017, **words, **numbers
    )
    deflator = None
    if index is not None:
        deflator = Deflator(base_year=base_year, index={year: Decimal(each) for year, each in index.items()})
    series = {year: Stated(Decimal(each)) for year, each in values.items()}
    return euros(Case(target=target, series=series, benchmark={}, deflator=deflator, year=2022, on=date(2023, 6, 1)))


def plain(sentence: str | None) -> str:
    return (sentence or "").replace("\u00a0", " ").replace("\u202f", " ")


COST = Measure(unit="k€/étudiant", decimals=1, direction="down")
REVENUE = Measure(unit="M€", decimals=1)


def test_the_cost_per_student_rose_in_current_euros_and_fell_in_constant_ones() -> None:
    found = read({2017: "11.9", 2022: "12.0"}, ABOUT_TEN_PERCENT, COST, comparison="at_most", value="-10")
    assert (found.current.value, found.current.change.relative) == (Decimal("12.0"), Decimal("0.0084"))
    assert found.constant.value is not None
    assert found.constant.value.quantize(Decimal("0.001")) == Decimal("10.909")  # 12,0 × 100 / 110
    assert found.constant.change.relative == Decimal("-0.0833")
    assert (found.current.verdict.status, found.constant.verdict.status) == (Status.MISSED, Status.MISSED)
    assert found.disagree
    assert plain(found.sentence) == (
        "+0,8 % depuis 2017 en euros courants, −8,3 % en euros constants 2017 : "
        "l’un croît, l’autre baisse ; le verdict est le même, « Non atteint »."
    )


def test_a_growth_reached_in_current_euros_only() -> None:
    found = read({2017: "100", 2022: "118"}, ABOUT_TEN_PERCENT, REVENUE, comparison="at_least", value="15")
    assert (found.current.verdict.status, found.constant.verdict.status) == (Status.MET, Status.MISSED)
    assert found.constant.change.relative == Decimal("0.0727")  # 118 / 1,1 − 100
    assert plain(found.sentence) == (
        "+18,0 % depuis 2017 en euros courants, +7,3 % en euros constants 2017 : "
        "« Atteint » en euros courants, « Non atteint » en euros constants."
    )


def test_where_both_say_the_same_nothing_is_flagged() -> None:
    found = read({2017: "100", 2022: "140"}, ABOUT_TEN_PERCENT, REVENUE, comparison="at_least", value="15")
    assert (found.disagree, found.sentence) == (False, None)


def test_a_target_in_constant_euros_keeps_its_own_year() -> None:
    found = read(
        {2017: "100", 2022: "118"}, ABOUT_TEN_PERCENT, REVENUE, comparison="at_least", value="5",
        basis="constant-euros-2022",
    )  # fmt: skip
    assert (found.current.basis, found.constant.basis) == ("current-euros", "constant-euros-2022")
    assert (found.constant.value, found.constant.baseline) == (Decimal(118), Decimal(110))
    assert found.constant.change.relative == Decimal("0.0727")
    assert (found.current.verdict.status, found.constant.verdict.status) == (Status.MET, Status.MET)


def test_a_level_printed_in_current_euros_judges_the_current_reading() -> None:
    found = read(
        {2017: "80", 2022: "90"}, ABOUT_TEN_PERCENT, REVENUE, comparison="at_least", value="2", level="92",
        basis="constant-euros-2017",
    )  # fmt: skip
    assert found.constant.verdict.status is Status.MET  # 81,8 for 81,6
    assert found.current.verdict.status is Status.MISSED  # 90 for 92
    assert found.disagree


@pytest.mark.parametrize(("index", "lacks"), [({2017: "100"}, 2022), ({2022: "110"}, 2017), ({}, 2017), (None, 2017)])
def test_a_missing_price_index_is_named_and_is_no_disagreement(index: dict[int, str] | None, lacks: int) -> None:
    found = read({2017: "11.9", 2022: "12.0"}, index, COST, comparison="at_most", value="-10")
    assert (found.constant.lacks, found.constant.value, found.constant.change.relative) == (lacks, None, None)
    assert (found.constant.verdict.status, found.constant.verdict.rule) == (Status.NOT_EVALUABLE, Rule.NO_INDEX)
    assert (found.current.change.relative, found.disagree) == (Decimal("0.0084"), False)


def test_money_is_what_counts_euros() -> None:
    units = ("M€", "k€/étudiant", "€", "%", "étudiants", "")
    assert [unit for unit in units if is_money(Measure(unit=unit, decimals=1))] == ["M€", "k€/étudiant", "€"]


figures = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20, places=10)


@given(
    st.dictionaries(st.integers(2016, 2023), figures), st.dictionaries(st.integers(2016, 2023), figures),
    st.sampled_from(["at_least", "at_most", "within", "none"]), st.sampled_from(["annual", "cumulative"]),
)  # fmt: skip
def test_any_money_can_be_read_twice(
    values: dict[int, Decimal], index: dict[int, Decimal], comparison: str, accumulation: str
) -> None:
    found = read(
        {year: str(each) for year, each in values.items()}, {year: str(each) for year, each in index.items()}, REVENUE,
        comparison=comparison, accumulation=accumulation, value="5",
    )  # fmt: skip
    assert found.disagree == (found.sentence is not None)


@given(figures.filter(lambda each: each > 0), figures.filter(lambda each: each > 0))
def test_without_inflation_both_readings_are_one(start: Decimal, end: Decimal) -> None:
    flat = {2017: "100", 2022: "100"}
    found = read({2017: str(start), 2022: str(end)}, flat, REVENUE, comparison="at_least", value="5")
    assert found.current.change == found.constant.change
    assert found.current.verdict.status is found.constant.verdict.status
    assert not found.disagree
