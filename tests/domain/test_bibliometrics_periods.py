"""Periods are read as packages write them, and say which years they touch."""

from datetime import date

import pytest

from services.bibliometrics.domain.periods import Period


def test_a_year_is_the_whole_year() -> None:
    assert Period.of("2017", "2018") == Period(date(2017, 1, 1), date(2018, 12, 31))


def test_days_are_iso_or_french() -> None:
    assert Period.of("2017-09-01", "31/12/2017") == Period(date(2017, 9, 1), date(2017, 12, 31))
    assert Period.of("1/9/2017", None).first == date(2017, 9, 1)


@pytest.mark.parametrize("blank", [None, "", "   "])
def test_a_blank_is_open(blank: str | None) -> None:
    assert Period.of(blank, blank).is_open


@pytest.mark.parametrize(
    "written", ["17", "2017-13-01", "31/02/2017", "2017.0", "septembre 2017", "0000", "2017/09/01"]
)
def test_what_is_no_date_is_refused_in_french(written: str) -> None:
    with pytest.raises(ValueError, match=f"« {written} » n’"):
        Period.of(written, None)


def test_a_period_does_not_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match=r"la fin \(31/12/2016\) précède le début \(01/01/2017\)"):
        Period.of("2017", "2016")


def test_a_period_of_one_day_is_right() -> None:
    assert Period.of("2017-01-01", "2017-01-01").covers(date(2017, 1, 1))


@pytest.mark.parametrize(("year", "covered"), [(2016, False), (2017, True), (2018, True), (2019, False)])
def test_a_year_is_covered_from_one_day_in_common(year: int, covered: bool) -> None:
    assert Period.of("2017-12-31", "2018-01-01").covers_year(year) is covered


def test_an_open_end_covers_every_later_year() -> None:
    assert Period.of("2017", None).covers_year(2199)
    assert not Period.of("2017", None).covers_year(2016)
    assert Period.of(None, "2017").covers_year(1950)


def test_of_no_known_year_only_an_open_period_applies() -> None:
    assert Period().applies_in(None)
    assert not Period.of("1900", None).applies_in(None)
