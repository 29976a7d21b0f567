"""Changes since a baseline, sums over years, and decimals as they are shown."""

from decimal import Decimal

import pytest

from services.gateway.domain.values import Change, accumulated, change, shown, tidy


@pytest.mark.parametrize(
    ("baseline", "value", "unit", "absolute", "relative"),
    [
        ("11852", "13606", "étudiants", "1754", "0.1480"),
        ("2113", "2079", "élèves", "-34", "-0.0161"),
        ("3", "4", "M€", "1", "0.3333"),
        ("3", "5", "M€", "2", "0.6667"),
        ("20000", "20001", "u", "1", "0.0001"),  # 0,00005, half up
        ("20000", "19999", "u", "-1", "-0.0001"),  # half away from zero
        ("40000", "40001", "u", "1", "0.0000"),
        ("-4", "-5", "M€", "-1", "-0.2500"),  # a loss that grows
        ("-4", "2", "M€", "6", "1.5000"),
        ("4.4", "4.4", "u", "0.0", "0.0000"),
        ("36.2", "40.7", "%", "4.5", None),  # points
        ("0", "0.15", "M€", "0.15", None),  # nothing grows from zero
        ("0.0000000001", "99999999999999999999", "u", "99999999999999999998.9999999999",
         "999999999999999999989999999999.0000"),
    ],
)  # fmt: skip
def test_a_change_is_absolute_and_relative(
    baseline: str, value: str, unit: str, absolute: str, relative: str | None
) -> None:
    found = change(Decimal(baseline), Decimal(value), unit)
    assert (str(found.absolute), str(found.relative)) == (absolute, str(relative))


@pytest.mark.parametrize(("baseline", "value"), [(None, Decimal(1)), (Decimal(1), None), (None, None)])
def test_there_is_no_change_from_or_to_the_unknown(baseline: Decimal | None, value: Decimal | None) -> None:
    assert change(baseline, value, "M€") == Change(None, None)


FLOW = {2017: None, 2018: Decimal(1), 2019: Decimal(0), 2020: Decimal(2), 2021: Decimal(2), 2022: Decimal(10)}


@pytest.mark.parametrize(
    ("after", "until", "total"),
    [(2017, 2018, 1), (2017, 2019, 1), (2017, 2022, 15), (2021, 2022, 10), (2018, 2020, 2)],
)
def test_a_sum_counts_the_years_after_the_first(after: int, until: int, total: int) -> None:
    assert accumulated(FLOW, after, until) == Decimal(total)


@pytest.mark.parametrize(("after", "until"), [(2016, 2018), (2021, 2023), (2022, 2022), (2022, 2020), (2030, 2032)])
def test_a_sum_with_an_unknown_year_or_without_any_is_unknown(after: int, until: int) -> None:
    assert accumulated(FLOW, after, until) is None


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        ("13606", 0, "13606"),
        ("12", 1, "12.0"),
        ("12.0", 1, "12.0"),
        ("14.50", 1, "14.50"),  # never fewer than were stated
        ("12.0", 0, "12.0"),
        ("-11", 0, "-11"),
        ("0", 2, "0.00"),
        ("-0.5", 1, "-0.5"),
        ("1E+3", 0, "1000"),
        ("1E+3", 2, "1000.00"),
        ("1E-7", 1, "0.0000001"),
        ("99999999999999999999", 10, "99999999999999999999.0000000000"),
    ],
)
def test_a_value_is_shown_with_the_printed_decimals_or_more(value: str, decimals: int, text: str) -> None:
    assert shown(Decimal(value), decimals) == text


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [("10.7100", 1, "10.71"), ("9.30", 1, "9.3"), ("9.00", 1, "9.0"), ("14280.000", 0, "14280"), ("1300", 0, "1300"),
     ("0.000", 1, "0.0")],
)  # fmt: skip
def test_what_arithmetic_left_behind_is_not_shown(value: str, decimals: int, text: str) -> None:
    assert tidy(Decimal(value), decimals) == text


def test_nothing_is_shown_of_the_unknown() -> None:
    assert (shown(None, 1), tidy(None, 1)) == (None, None)
