"""The back-test: what would have been said in earlier years, tried against the value that came."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from services.gateway.domain.judgement.case import Case
from services.gateway.domain.judgement.verdicts import Status
from services.gateway.domain.outlook.back_test import BackTest, back_test, totals
from services.gateway.domain.outlook.projection import Unknown
from services.gateway.domain.outlook.prospects import Chance
from services.gateway.domain.targets import Measure, Target
from services.gateway.domain.values import Stated

STUDENTS = {2017: "11852", 2018: "12322", 2019: "12632", 2020: "13257", 2021: "13362", 2022: "13606"}


def case_of(values: Mapping[int, str], status: Mapping[int, str] | None = None, **words: Any) -> Case:
    stated = {"comparison": "at_least", "operand": "value"} | words
    target = Target(
        measure=Measure(unit="étudiants", decimals=0), due_year=2022, start_year=2018, reference_year=2017,
        value=Decimal(14280), **stated,
    )  # fmt: skip
    series = {year: Stated(Decimal(value), None, (status or {}).get(year)) for year, value in values.items()}
    return Case(target=target, series=series, benchmark={}, deflator=None, year=2022, on=date(2023, 1, 1))


def tried(case: Case) -> BackTest:
    found = back_test(case)
    assert found is not None
    return found


def test_each_earlier_year_is_tried_with_what_it_knew() -> None:
    found = tried(case_of(STUDENTS))
    assert (found.actual, found.status, found.is_telling) == (Decimal(13606), Status.MISSED, True)
    assert [each.year for each in found.trials] == [2019, 2020, 2021]
    first, second, third = found.trials
    assert (first.projection.unknown, first.inside, first.right, first.error) == (Unknown.TOO_SHORT, None, None, None)
    assert second.projection.forecast is not None
    assert second.projection.forecast.value == 14194
    # 13 606 is outside 13 651…14 736; missed was said, and came; (14194 − 13606) / 13606, and (13257 − 13606) / 13606
    assert (second.inside, second.status, second.right) == (False, Status.MISSED, True)
    assert second.unchanged_right
    assert (second.error, second.unchanged_error) == (Decimal("0.0432"), Decimal("0.0257"))
    assert (third.inside, third.right, third.projection.chance) == (True, True, Chance.FALLS_SHORT)


def test_the_totals_count_what_was_projected_and_what_could_not_be() -> None:
    found = totals([tried(case_of(STUDENTS)), tried(case_of({2017: "10", 2022: "12"}))])
    assert (found.projected, found.insufficient, found.inside, found.judged, found.right) == (2, 4, 1, 2, 2)
    assert (found.affirmed, found.affirmed_right) == (1, 1)
    assert (found.share_inside, found.share_right) == (Decimal("0.5000"), Decimal("1.0000"))
    assert found.mean_error == Decimal("0.0265")  # of 0,0432 and 0,0098
    assert found.mean_unchanged_error == Decimal("0.0218")  # of 0,0257 and 0,0179, half up


def test_nothing_to_count_has_no_share() -> None:
    found = totals([])
    assert (found.projected, found.share_inside, found.share_right, found.mean_error) == (0, None, None, None)


def test_a_target_that_nothing_can_judge_is_tried_without_a_verdict() -> None:
    found = tried(case_of(STUDENTS, operand="benchmark"))
    assert (found.status, [each.right for each in found.trials]) == (None, [None, None, None])
    assert [each.inside for each in found.trials] == [None, False, True]


def test_while_the_due_year_is_not_known_there_is_nothing_to_try() -> None:
    assert back_test(case_of({year: value for year, value in STUDENTS.items() if year < 2022})) is None
    assert back_test(case_of(STUDENTS, {2022: "simulated"})) is None  # a simulated value is no proof
    assert back_test(case_of(STUDENTS, dict.fromkeys(STUDENTS, "simulated"))) is None


def test_a_due_value_of_zero_has_no_relative_error() -> None:
    found = tried(case_of({2017: "5", 2018: "4", 2019: "3", 2020: "2", 2021: "1", 2022: "0"}))
    assert [each.error for each in found.trials] == [None, None, None]
