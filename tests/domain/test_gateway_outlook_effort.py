"""The effort left until a due year, beside the best and the mean of the past, worked out by hand."""

from dataclasses import replace
from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.gateway.domain.judgement.case import Case
from services.gateway.domain.outlook.effort import Effort, effort
from services.gateway.domain.targets import Measure

from .outlook_cases import COUNTED, case_of, plain

RATE = Measure(unit="%", decimals=1)
figures = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20, places=10)


def left(case: Case) -> Effort:
    found = effort(case)
    assert found is not None
    return found


def test_the_change_left_each_year_beside_the_best_and_the_mean_of_the_past() -> None:
    found = left(case_of(COUNTED, 2020, value="14280"))
    assert found.needed == Decimal("511.5")  # (14280 − 13257) / 2
    assert found.growth == Decimal("0.0379")  # √(14280 / 13257) − 1
    assert found.pace is not None
    assert (found.pace.best, found.pace.mean.quantize(Decimal("0.01"))) == (Decimal(625), Decimal("468.33"))
    assert (found.pace.times_best, found.pace.times_mean) == (Decimal("0.82"), Decimal("1.09"))
    assert plain(found.sentence) == (
        "Il faut 512 étudiants de plus par an jusqu’en 2022 (+3,8 % par an), "
        "soit 0,8 fois le meilleur rythme passé et 1,1 fois le rythme moyen."
    )


def test_a_decrease_is_an_effort_downwards() -> None:
    energy = {2021: "145", 2022: "140", 2023: "138", 2024: "130"}
    measure = Measure(unit="kWh/m²", decimals=0, direction="down")
    found = left(case_of(energy, 2024, measure, comparison="at_most", value="114", due="2027"))
    assert found.needed.quantize(Decimal("0.01")) == Decimal("-5.33")  # (114 − 130) / 3
    assert found.pace is not None
    assert (found.pace.best, found.pace.mean) == (Decimal(-8), Decimal(-5))
    assert (found.pace.times_best, found.pace.times_mean) == (Decimal("0.67"), Decimal("1.07"))
    assert "5,33 kWh/m² de moins par an" in plain(found.sentence)


def test_a_rate_has_points_to_gain_and_no_growth() -> None:
    found = left(case_of({2017: "36.2", 2018: "36.3", 2019: "37.9", 2020: "37.0"}, 2020, RATE, value="40"))
    assert (found.needed, found.growth) == (Decimal("1.5"), None)
    assert found.pace is not None
    assert found.pace.times_best == Decimal("0.94")  # 1,5 / 1,6
    assert "1,5 pt de plus par an" in plain(found.sentence)


def test_of_a_sum_the_rest_is_spread_over_the_years_left() -> None:
    flows = {2018: "1", 2019: "0", 2020: "2"}
    found = left(case_of(flows, 2020, accumulation="cumulative", value="15"))
    assert (found.value, found.needed, found.growth) == (Decimal(3), Decimal(6), None)  # (15 − 3) / 2
    assert found.pace is not None
    assert [found.pace.best, found.pace.mean, found.pace.times_best] == [2, 1, 3]


def test_nothing_is_needed_where_the_level_is_reached() -> None:
    found = left(case_of(COUNTED, 2020, value="13000"))
    assert (found.needed, found.reached, found.growth) == (Decimal(0), True, None)
    assert found.pace is not None
    assert found.pace.times_best is None
    said = "Le niveau demandé en 2022 (13 000 étudiants) est déjà atteint : il reste à s’y tenir."
    assert plain(found.sentence) == said


def test_a_strict_level_that_is_only_equalled_is_still_to_pass() -> None:
    found = left(case_of(COUNTED, 2020, value="13257", comparison="more_than"))
    assert (found.needed, found.reached) == (Decimal(0), False)
    assert "strictement au-dessus" in plain(found.sentence)


def test_with_one_past_change_the_history_is_too_short() -> None:
    found = left(case_of({2019: "10", 2020: "12"}, 2020, value="20"))
    assert (found.needed, found.pace) == (Decimal(4), None)
    assert "historique insuffisant" in plain(found.sentence)


def test_a_series_that_never_moved_that_way_has_no_pace_to_multiply() -> None:
    found = left(case_of({2018: "14", 2019: "13", 2020: "12"}, 2020, value="20"))
    assert found.pace is not None
    assert (found.pace.best, found.pace.times_best, found.pace.times_mean) == (Decimal(-1), None, None)
    assert "jamais évolué dans ce sens" in plain(found.sentence)


def test_a_change_across_another_method_is_no_pace() -> None:
    broken = Measure(unit="étudiants", decimals=0, breaks=frozenset({2019}))
    found = left(case_of({2016: "1", 2017: "2", 2018: "4", 2019: "99", 2020: "100"}, 2020, broken, value="110"))
    assert found.pace is not None
    assert (found.pace.best, found.pace.mean.quantize(Decimal("0.01"))) == (
        Decimal(2),
        Decimal("1.33"),
    )  # of 1, 2 and 1


@pytest.mark.parametrize(
    "case",
    [
        case_of(COUNTED, 2022, value="14280"),  # due
        case_of(COUNTED, 2021, value="14280"),  # nothing known of 2021
        case_of(COUNTED, 2020, operand="benchmark"),  # no level
        case_of(COUNTED, 2020, comparison="none", operand="none"),
        case_of({2017: "4"}, 2017, accumulation="cumulative", value="15"),  # a sum begins after its baseline
        case_of(COUNTED, 2020, Measure(unit="étudiants", decimals=0, breaks=frozenset({2021})), value="14280"),
    ],
)
def test_without_a_level_a_value_or_a_year_left_there_is_no_effort(case: Case) -> None:
    assert effort(case) is None


@given(st.lists(figures, min_size=1, max_size=8), figures)
def test_making_the_effort_every_year_reaches_the_level(values: list[Decimal], level: Decimal) -> None:
    case = case_of(dict(enumerate(map(str, values), 2017)), 2016 + len(values), value=str(level), due="2030")
    found = left(case)
    if not found.reached:
        assert abs(found.value + found.needed * (2030 - case.year) - level) < Decimal("1e-6")
    assert effort(replace(case, series=dict(sorted(case.series.items(), reverse=True)))) == found


def test_the_best_pace_is_the_same_at_any_ambient_precision() -> None:
    """Two paces that nine digits do not tell apart: 10 000 000 000 a year, then one more."""
    case = case_of({2017: "0", 2018: "10000000000", 2019: "20000000001"}, 2019, value="90000000000")
    with localcontext(prec=9):
        found = left(case)
    assert found.pace is not None
    assert found.pace.best == Decimal(10000000001)
    assert found == left(case)
