"""Which extraction speaks of a year, until when a count may change, and what is told of it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import permutations

import pytest

from services.gateway.domain.bibliometrics.choosing import by_year, chosen, named, newest_first, standing
from services.gateway.domain.bibliometrics.window import is_provisional
from services.gateway.domain.bibliometrics.wording import division, missing, source, stated_otherwise


@dataclass(frozen=True)
class Frozen:
    code: str
    status: str
    extracted_on: date
    years: tuple[int, ...]
    label: str = "mars"

    @property
    def id(self) -> str:
        return f"id-{self.code}"


OLD = Frozen("a", "definitive", date(2022, 3, 1), (2020, 2021))
NEW = Frozen("b", "definitive", date(2023, 3, 1), (2021, 2022))
DRAFT = Frozen("c", "provisional", date(2024, 3, 1), (2021, 2022, 2023))
DRAFT_AGAIN = Frozen("d", "provisional", date(2024, 9, 1), (2023,))
ALL = (OLD, NEW, DRAFT, DRAFT_AGAIN)


@pytest.mark.parametrize(
    ("year", "expected"), [(2019, None), (2020, OLD), (2021, NEW), (2022, NEW), (2023, DRAFT_AGAIN), (2024, None)]
)
def test_the_newest_definitive_extraction_that_covers_the_year_speaks_else_the_newest_provisional_one(
    year: int, expected: Frozen | None
) -> None:
    assert {chosen(order, year) for order in permutations(ALL)} == {expected}


def test_without_a_year_the_newest_definitive_one_stands_else_the_newest_provisional_one() -> None:
    assert standing(ALL) is NEW
    assert standing([DRAFT, DRAFT_AGAIN]) is DRAFT_AGAIN
    assert standing([]) is None


def test_the_years_after_the_reference_year_have_each_their_own() -> None:
    assert by_year(ALL, after=2020) == {2021: NEW, 2022: NEW, 2023: DRAFT_AGAIN}


def test_extractions_of_one_day_are_always_in_the_same_order() -> None:
    twin = Frozen("e", "provisional", date(2024, 9, 1), (2023,))
    assert newest_first([DRAFT_AGAIN, twin, OLD]) == newest_first([twin, OLD, DRAFT_AGAIN]) == [twin, DRAFT_AGAIN, OLD]


def test_an_extraction_is_named_by_its_identifier_or_its_code() -> None:
    assert (named(ALL, "id-b"), named(ALL, "b"), named(ALL, "x")) == (NEW, NEW, None)


def test_an_identifier_goes_before_a_code_that_looks_like_it() -> None:
    impostor = Frozen("id-b", "definitive", date(2025, 1, 1), (2024,))
    assert named([impostor, *ALL], "id-b") is NEW


@pytest.mark.parametrize(
    ("measure", "year", "status", "expected"),
    [
        ("publications", 2023, "definitive", False),
        ("publications", 2019, "provisional", True),
        ("publications", 2019, "current", True),
        ("publications-top-10", 2019, "definitive", False),
        ("publications-top-10", 2020, "definitive", True),
        ("publications-top-10", 2022, "definitive", True),
        ("publications-top-10", 2019, "provisional", True),
    ],
)
def test_a_count_may_change_until_it_is_definitive_and_its_citations_are_all_in(
    measure: str, year: int, status: str, expected: bool
) -> None:
    assert is_provisional(measure, year, status, date(2023, 5, 2)) is expected


def test_a_count_says_which_extraction_it_comes_from() -> None:
    assert source(NEW, "permanent") == (
        "Bibliométrie Cadran, extraction mars du 01/03/2023 (définitive), périmètre des personnels permanents"
    )
    assert source(DRAFT, "whole") == (
        "Bibliométrie Cadran, extraction mars du 01/03/2024 (provisoire), périmètre de l’établissement entier"
    )


def test_a_quotient_says_what_was_divided_by_what() -> None:
    told = division(Decimal(2050), Decimal("412.50"), date(2024, 12, 31))
    assert told == "2\u202f050 publications pour 412,5 ETP chercheur au 31/12/2024"
    assert division(Decimal(3), Decimal(1), None) == "3 publications pour 1,0 ETP chercheur"
    assert division(Decimal(3), None, date(2024, 12, 31)) is None


def test_what_a_person_stated_is_told_where_it_differs() -> None:
    assert stated_otherwise(Decimal(2070), Decimal(2044), 0) == "déclaré par ailleurs\u00a0: 2\u202f070"
    assert stated_otherwise(Decimal("2044.0"), Decimal(2044), 0) is None
    assert stated_otherwise(None, Decimal(2044), 0) is None


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("not_covered", "Cette extraction ne porte pas sur cette année."),
        ("no_staff_list", "Sans liste de personnels à ce jour, les publications ne se rapportent à aucun ETP."),
        ("other", "Sans valeur\u00a0: «\u00a0other\u00a0»."),
    ],
)
def test_why_there_is_no_count_is_a_sentence(code: str, sentence: str) -> None:
    assert missing(code) == sentence
