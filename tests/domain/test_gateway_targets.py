"""The baseline of a target, and the level that it asks for in the indicator's unit."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from services.gateway.domain.judgement.case import Case
from services.gateway.domain.judgement.requirement import final_levels
from services.gateway.domain.targets import Baseline, Deflator, Measure, Target, baseline
from services.gateway.domain.values import Stated

SERIES = {2021: Decimal(900), 2022: Decimal(950), 2023: Decimal(1000), 2024: None}


MEASURE = Measure(unit="M€", decimals=1)


def stated(operand: str = "value", value: Decimal | None = None, **others: Any) -> Target:
    """A target as the gateway reads it."""
    plain = Target(
        measure=MEASURE, comparison="at_least", operand=operand, due_year=2027, start_year=2024, reference_year=2023
    )
    return replace(plain, value=value, **others)


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (stated(), Baseline(2023, Decimal(1000), (2023,))),
        (stated(baseline_years=(2021,)), Baseline(2021, Decimal(900), (2021,))),
        (stated(baseline_years=()), Baseline(2023, Decimal(1000), (2023,))),
        (stated(baseline_years=(2024,)), Baseline(2024, None, (2024,))),
        (stated(baseline_years=(1999,)), Baseline(1999, None, (1999,))),
        (stated(baseline_kind="mean", baseline_years=(2021, 2022, 2023)),
         Baseline(2023, Decimal(950), (2021, 2022, 2023))),
        (stated(baseline_kind="mean", baseline_years=(2023, 2024)), Baseline(2024, None, (2023, 2024))),
        (stated(baseline_kind="mean", baseline_years=(2019, 2020), baseline_value=Decimal(875)),
         Baseline(2020, Decimal(875), (2019, 2020))),
        (stated(baseline_kind="adjusted", baseline_years=(2023,), baseline_value=Decimal(0)),
         Baseline(2023, Decimal(0), (2023,))),
        (stated(baseline_kind="none"), Baseline(None, None, ())),
        (stated(baseline_kind="none", baseline_years=(2021,)), Baseline(None, None, ())),
    ],
)  # fmt: skip
def test_a_baseline_is_a_year_a_mean_or_a_stated_value(target: Target, expected: Baseline) -> None:
    assert baseline(target, SERIES) == expected


def levels(target: Target, start: Decimal | None, benchmark: Decimal | None = None) -> tuple[Decimal, ...]:
    """What the target asks for in its due year; prices are up by 15 % since its baseline."""
    index = {2023: Decimal(100), 2027: Decimal(115)}
    case = Case(
        target=target, series={2023: Stated(start)}, benchmark={} if benchmark is None else {2027: benchmark},
        deflator=Deflator(base_year=2023, index=index), year=2027, on=date(2028, 1, 1),
    )  # fmt: skip
    return final_levels(case)


@pytest.mark.parametrize(
    ("target", "start", "expected"),
    [
        (stated("value", Decimal(16450)), None, "16450"),
        (stated("growth", Decimal(50), level=Decimal("9.3")), Decimal("6.2"), "9.3"),  # printed, not computed
        (stated("growth", Decimal(50)), Decimal("6.2"), "9.30"),
        (stated("growth", Decimal(-10)), Decimal("11.9"), "10.71"),
        (stated("growth", Decimal(20)), None, None),
        (stated("growth", Decimal(20)), Decimal(0), None),  # nothing grows from zero
        (stated("growth", Decimal(35), basis="current-euros"), Decimal("4.0"), "5.4"),
        (stated("growth", Decimal(20), basis="constant-euros-2023"), Decimal("4.0"), "4.8"),
        (stated("growth", Decimal(20), basis="constant-euros-2027"), Decimal("4.0"), "5.52"),  # 4,0 × 1,15 × 1,2
        (stated("growth", Decimal(20), basis="constant-euros-2025"), Decimal("4.0"), None),  # no index of 2025
        (stated("growth", Decimal(5), level=Decimal(92), basis="constant-euros-2023"), Decimal(76), "79.8"),
        (stated("points", Decimal(7)), Decimal("6.7"), "13.7"),
        (stated("points", Decimal("-0.7")), Decimal("40.7"), "40.0"),
        (stated("baseline"), Decimal("4.4"), "4.4"),
        (stated("baseline"), None, None),
        (stated("benchmark"), Decimal(90), "91.5"),
        (stated("none"), Decimal("12.0"), None),
        (stated("something newer"), Decimal("12.0"), None),
    ],
)
def test_a_level_follows_from_the_operand_where_one_can(
    target: Target, start: Decimal | None, expected: str | None
) -> None:
    assert levels(target, start, Decimal("91.5")) == ((Decimal(expected),) if expected else ())


def test_without_the_benchmark_of_the_year_there_is_no_level() -> None:
    assert levels(stated("benchmark"), Decimal(90)) == ()


@pytest.mark.parametrize(
    ("operand", "value", "upper", "expected"),
    [
        ("growth_range", "8", "10", ("1080", "1100")),
        ("value", "150", "180", ("150", "180")),
        ("value", "150", None, ()),
    ],
)
def test_a_range_has_two_levels_or_none(operand: str, value: str, upper: str | None, expected: tuple[str, ...]) -> None:
    target = stated(operand, Decimal(value), upper=Decimal(upper) if upper else None, comparison="within")
    assert levels(target, Decimal(1000)) == tuple(map(Decimal, expected))
