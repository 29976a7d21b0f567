"""The projection of a series: the mean change repeated, and an interval that is worked out by hand."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.gateway.domain.judgement.case import Case
from services.gateway.domain.outlook.past import Past, past
from services.gateway.domain.outlook.projection import Forecast, Unknown, project
from services.gateway.domain.targets import Deflator, Measure, Target
from services.gateway.domain.values import Stated

STUDENTS = Measure(unit="étudiants", decimals=1)
WHOLE = Measure(unit="étudiants", decimals=0)
RATE = Measure(unit="%", decimals=1)


def case_of(
    values: Mapping[int, str], measure: Measure = STUDENTS, *, simulated: tuple[int, ...] = (), **words: Any
) -> Case:
    stated: dict[str, Any] = {"comparison": "at_least", "operand": "value", "due_year": 2027, "value": Decimal(30)}
    target = Target(measure=measure, start_year=2018, reference_year=2017, **(stated | words))
    series = {
        year: Stated(Decimal(value), status="simulated" if year in simulated else "definitive")
        for year, value in values.items()
    }
    return Case(target=target, series=series, benchmark={}, deflator=None, year=2027, on=date(2023, 1, 1))


def known_of(*values: str, measure: Measure = STUDENTS) -> Past:
    return past(case_of(dict(enumerate(values, 2017)), measure), 2026)


def told(found: Forecast | Unknown) -> tuple[str, str, str] | Unknown:
    return found if isinstance(found, Unknown) else (str(found.value), str(found.low), str(found.high))


# 10, 11, 13, 16: changes 1, 2, 3, of mean 2 and dispersion 1; Student's t with 2 degrees of freedom is 1.8856.
@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (2021, ("18.0", "15.8", "20.2")),  # 1.8856 × √(1 × 4/3) = 2.177
        (2022, ("20.0", "16.5", "23.5")),  # 1.8856 × √(2 × 5/3) = 3.443
        (2023, ("22.0", "17.3", "26.7")),  # 1.8856 × √(3 × 6/3) = 4.619
    ],
)
def test_the_mean_change_goes_on_and_the_interval_widens(year: int, expected: tuple[str, str, str]) -> None:
    assert told(project(known_of("10", "11", "13", "16"), STUDENTS, year)) == expected


def test_the_contract_s_students_as_they_stood_in_2020() -> None:
    # Changes 470, 310, 625: mean 468.33, dispersion 157.51; 13257 + 936.67 ± 1.8856 × 157.51 × √(2 × 5/3) = 542.2
    known = known_of("11852", "12322", "12632", "13257", measure=WHOLE)
    assert told(project(known, WHOLE, 2022)) == ("14194", "13651", "14736")


def test_values_that_never_moved_keep_the_doubt_of_their_rounding() -> None:
    # Two roundings of variance 1/12 each: s = √(1/6) = 0.408; 1.8856 × 0.408 × √(4/3) = 0.889
    assert told(project(known_of("37", "37", "37", "37", measure=WHOLE), WHOLE, 2021)) == ("37", "36", "38")


def test_what_was_never_below_zero_is_not_projected_there_nor_a_rate_beyond_a_hundred() -> None:
    # −1.67 ± 2.51, then 103.33 ± 7.95; and 1.67 ± 5.03 where values below zero were seen
    assert told(project(known_of("9", "7", "3", "1"), STUDENTS, 2021)) == ("0", "0", "0.9")
    assert told(project(known_of("90", "94", "94", "98"), RATE, 2022)) == ("100", "95.3", "100")
    assert told(project(known_of("-1", "1", "-1", "1"), STUDENTS, 2021)) == ("1.7", "-3.4", "6.7")


@pytest.mark.parametrize(
    ("values", "year", "expected"),
    [
        ((), 2022, Unknown.TOO_SHORT),
        (("1",), 2022, Unknown.TOO_SHORT),
        (("1", "2", "3"), 2022, Unknown.TOO_SHORT),
        (("1", "2", "3", "4"), 2020, Unknown.YEAR_REACHED),
    ],
)
def test_too_few_values_or_a_year_that_is_known_project_nothing(
    values: tuple[str, ...], year: int, expected: Unknown
) -> None:
    assert project(known_of(*values), STUDENTS, year) is expected


def test_a_gap_or_another_method_begins_the_history_again() -> None:
    gap = {2015: "1", 2016: "2", 2017: "3", 2018: "4", 2020: "6", 2021: "7"}
    assert past(case_of(gap), 2026).years == (2020, 2021)
    broken = Measure(unit="étudiants", decimals=0, breaks=frozenset({2020}))
    known = past(case_of({2017: "1", 2018: "2", 2019: "3", 2020: "9", 2021: "10"}, broken), 2026)
    assert known.years == (2020, 2021)
    assert dict(known.changes) == {2018: 1, 2019: 1, 2021: 1}


def test_nothing_is_projected_into_another_method() -> None:
    coming = Measure(unit="étudiants", decimals=0, breaks=frozenset({2025}))
    assert project(known_of("1", "2", "3", "4"), coming, 2024) != Unknown.METHOD_BREAK
    assert project(known_of("1", "2", "3", "4"), coming, 2025) is Unknown.METHOD_BREAK


def test_real_values_are_never_mixed_with_simulated_ones() -> None:
    values = {2020: "10", 2021: "11", 2022: "13", 2023: "99", 2024: "120"}
    mixed = past(case_of(values, simulated=(2023, 2024)), 2026)
    assert (mixed.years, mixed.simulated, mixed.set_aside) == ((2020, 2021, 2022), False, (2023, 2024))
    invented = past(case_of(values, simulated=tuple(values)), 2026)
    assert (invented.years, invented.simulated, invented.set_aside) == ((2020, 2021, 2022, 2023, 2024), True, ())


def test_of_a_sum_since_the_baseline_each_year_s_own_value_is_the_change() -> None:
    case = case_of({2018: "1", 2019: "0", 2020: "2"}, WHOLE, accumulation="cumulative")
    known = past(case, 2020)
    assert dict(known.values) == {2018: 1, 2019: 1, 2020: 3}
    assert list(known.run) == [1, 0, 2]
    assert known.years == (2018, 2019, 2020)
    # mean 1, dispersion 1: 3 + 2 ± 3.443
    assert told(project(known, WHOLE, 2022)) == ("5", "1", "9")


def test_a_sum_stops_at_the_first_year_that_lacks() -> None:
    known = past(case_of({2018: "1", 2020: "2", 2021: "2"}, WHOLE, accumulation="cumulative"), 2021)
    assert dict(known.values) == {2018: 1}
    assert list(known.run) == [1]


def test_constant_euros_need_the_price_index_of_their_years() -> None:
    values = {2017: "100", 2018: "110", 2019: "121", 2020: "133.1"}
    case = case_of(values, basis="constant-euros-2017")
    index = {2017: "100", 2018: "110", 2019: "121"}

    def with_index(points: dict[int, str]) -> Past:
        deflator = Deflator(base_year=2017, index={year: Decimal(value) for year, value in points.items()})
        return past(
            Case(target=case.target, series=case.series, benchmark={}, deflator=deflator, year=2027, on=case.on), 2026
        )

    steady = with_index(index | {2020: "133.1"})
    assert set(steady.values.values()) == {Decimal(100)}
    lacking = with_index(index)
    assert (lacking.last, lacking.unindexed) == (2019, (2020,))
    assert project(lacking, STUDENTS, 2022) is Unknown.NO_INDEX


figures = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20, places=3)
histories = st.lists(figures, min_size=4, max_size=10)


@given(st.dictionaries(st.integers(2000, 2040), figures), st.integers(1999, 2050), st.integers(0, 6))
def test_any_series_is_projected_or_says_why_not(values: dict[int, Decimal], year: int, decimals: int) -> None:
    measure = Measure(unit="%", decimals=decimals, breaks=frozenset({2010}))
    found = project(past(case_of({key: str(value) for key, value in values.items()}, measure), year), measure, 2030)
    assert isinstance(found, Unknown) or found.low <= found.value <= found.high


@given(histories, st.integers(1, 8))
def test_a_series_that_moves_twice_as_much_has_an_interval_as_wide_at_least(
    values: list[Decimal], horizon: int
) -> None:
    widths = []
    for spread in (1, 2):  # the changes around their mean, spread; the mean and the last value kept
        drift = (values[-1] - values[0]) / (len(values) - 1)
        straight = [values[-1] - drift * (len(values) - 1 - each) for each in range(len(values))]
        spreads = [line + spread * (value - line) for line, value in zip(straight, values, strict=True)]
        moved = {2000 + place: value + 10**30 for place, value in enumerate(spreads)}
        widths.append(_width(moved, 2000 + len(values) - 1 + horizon))
    assert widths[1] >= widths[0]


def _width(values: Mapping[int, Decimal], year: int) -> Decimal:
    changes = {each: values[each] - values[each - 1] for each in values if each - 1 in values}
    found = project(Past(values=values, changes=changes), STUDENTS, year)
    assert isinstance(found, Forecast)
    return found.high - found.low


@given(histories, st.integers(1, 8), st.sampled_from([1, 3, 6]))
def test_thousands_of_euros_say_the_same_as_millions(values: list[Decimal], horizon: int, power: int) -> None:
    year, found = 2016 + len(values) + horizon, []
    for shift in (0, power):
        scaled = {2017 + place: str(value.scaleb(-shift)) for place, value in enumerate(values)}
        measure = Measure(unit="M€", decimals=3 + shift)
        forecast = project(past(case_of(scaled, measure), year), measure, year)
        assert isinstance(forecast, Forecast)
        found.append(tuple(each.scaleb(shift) for each in (forecast.value, forecast.low, forecast.high)))
    assert found[0] == found[1]


@given(st.dictionaries(st.integers(2000, 2026), figures).flatmap(lambda d: st.permutations(list(d.items()))))
def test_the_order_in_which_the_years_are_told_is_indifferent(items: list[tuple[int, Decimal]]) -> None:
    told_as_is = past(case_of({year: str(value) for year, value in items}), 2026)
    assert told_as_is == past(case_of({year: str(value) for year, value in sorted(items)}), 2026)
    assert told_as_is.run == past(case_of({year: str(value) for year, value in sorted(items)}), 2026).run
