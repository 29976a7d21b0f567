"""Counting many measures at once gives what counting each alone gives, for every year that the rows have."""

from dataclasses import replace
from decimal import Decimal

from services.bibliometrics.domain.counting.measuring import count, count_all
from services.bibliometrics.domain.counting.rows import Wanted
from services.bibliometrics.domain.publication import DocumentType, Goals, Percentile
from services.bibliometrics.domain.registry import MeasureKind, Perimeter

from .test_bibliometrics_counting import ROWS, SCHOOLS, row

BOOKS = frozenset({DocumentType.BOOK})
EVERYTHING = [
    Wanted(measure=measure, perimeter=perimeter, goals_wanted=frozenset({3, 7}))
    for measure in MeasureKind
    for perimeter in Perimeter
]
RICHER = [
    *ROWS,
    row(
        "20",
        "lac mer",
        "lac",
        percentile=Percentile(value=Decimal(4), column="Field-Weighted"),
        goals=(Goals(numbers=(7,), mapping="2023"),),
    ),
]


def test_every_measure_is_counted_for_every_year_as_it_is_alone() -> None:
    found = count_all(iter(RICHER), SCHOOLS, EVERYTHING)
    assert found.keys() == {replace(each, year=year) for each in EVERYTHING for year in (2023, 2024)}
    assert all(counts == count(RICHER, SCHOOLS, wanted) for wanted, counts in found.items())


def test_what_is_wanted_of_a_year_is_counted_for_it_alone() -> None:
    wanted = Wanted(measure=MeasureKind.PUBLICATIONS, perimeter=Perimeter.WHOLE, year=2023)
    found = count_all(ROWS, SCHOOLS, [wanted])
    assert {each.year: counts.distinct for each, counts in found.items()} == {2023: 1}


def test_what_is_wanted_of_a_year_without_rows_is_zero() -> None:
    wanted = Wanted(measure=MeasureKind.PUBLICATIONS, perimeter=Perimeter.WHOLE, year=2019)
    assert count_all(ROWS, SCHOOLS, [wanted])[wanted].distinct == 0


def test_types_are_told_apart() -> None:
    whole = Wanted(measure=MeasureKind.PUBLICATIONS, perimeter=Perimeter.WHOLE, year=2024)
    books = replace(whole, types=BOOKS)
    found = count_all(ROWS, SCHOOLS, [whole, books])
    assert (found[whole].distinct, found[books].distinct) == (5, 1)


def test_without_rows_there_is_no_year() -> None:
    assert count_all([], SCHOOLS, EVERYTHING) == {}
