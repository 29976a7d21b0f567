"""What cannot be of one person in two rows, what of two persons; measures; and sentences that say what to do."""

from dataclasses import replace
from decimal import Decimal

import pytest

from services.bibliometrics.domain.registry import Employment, Measure, MeasureKind, Perimeter
from services.bibliometrics.domain.validation import registry_mistakes

from .test_bibliometrics_validation import JEAN, MARIE, MEASURE, NAME, REGISTRY, places

REPEATED = "cette affiliation est déjà donnée à la même entité plus haut (rangée 2) : "
CATEGORY = "« capitaine » n’est pas une catégorie connue : écrivez l’une de teacher-researcher, researcher, "
HALF = replace(MARIE, fte=Decimal("0.5"))


def test_nobody_works_more_than_full_time_on_any_day() -> None:
    two_days = (replace(HALF, end="2022-06-30"), replace(MARIE, entity="sud", fte=Decimal("0.6"), start="30/06/2022"))
    assert places(staff=two_days) == [("staff", 1, "fte", "overload")]
    assert places(staff=(two_days[0], replace(two_days[1], start="01/07/2022"))) == []


def test_halves_of_two_schools_make_a_whole() -> None:
    assert places(staff=(HALF, replace(HALF, entity="sud"))) == []


def test_two_persons_may_work_at_once() -> None:
    assert places(staff=(MARIE, replace(JEAN, fte=Decimal(1)))) == []


@pytest.mark.parametrize(
    ("column", "other"),
    [
        ("scopus_author_id", replace(JEAN, scopus_author_id="7001")),
        ("orcid", replace(JEAN, orcid="0000-0002-1825-0097")),
        ("idhal", replace(JEAN, idhal=" MARIE")),
    ],
)
def test_an_identifier_is_of_one_person(column: str, other: Employment) -> None:
    assert places(staff=(MARIE, other)) == [("staff", 1, column, "shared")]


def test_a_person_has_the_same_identifiers_in_every_row() -> None:
    assert places(staff=(replace(MARIE, end="2021"), replace(MARIE, start="2022", entity="sud"))) == []


def test_a_row_of_staff_is_given_once() -> None:
    quarter = replace(MARIE, fte=Decimal("0.25"))
    assert places(staff=(quarter, quarter)) == [("staff", 1, "person", "repeated")]


def test_a_measure_is_of_a_known_indicator_and_alone_on_it() -> None:
    unknown = Measure(indicator="students", measure=MeasureKind.PUBLICATIONS, perimeter=Perimeter.WHOLE)
    assert places(measures=(MEASURE, unknown)) == [("measures", 1, "indicator", "unknown")]
    assert places(measures=(MEASURE, MEASURE)) == [("measures", 1, "indicator", "repeated")]


def test_a_package_without_indicators_may_have_measures() -> None:
    assert places(indicators=()) == []


@pytest.mark.parametrize("goals", ["0", "18", "trois", "3, 5"])
def test_goals_are_numbers_from_1_to_17(goals: str) -> None:
    assert places(measures=(replace(MEASURE, goals=goals),))[0] == ("measures", 0, "goals", "form")


def test_sentences_say_what_to_do() -> None:
    wrong = replace(
        REGISTRY,
        affiliations=(replace(NAME, value="IMT"), NAME, NAME),
        staff=(replace(MARIE, start=None), replace(MARIE, entity="sud", fte=Decimal("0.5"), category="capitaine")),
    )
    assert [each.message for each in registry_mistakes("cop", wrong)] == [
        "« IMT » se trouve partout : donnez un mot d’au moins quatre lettres, ou plusieurs mots",
        REPEATED + "supprimez l’une des deux rangées, ou corrigez-la",
        CATEGORY
        + "doctoral-student, postdoc, engineer, technician, administrative, teacher, emeritus, visitor, intern",
        "« p1 » serait à 1,5 temps plein le 01/01/2020 : corrigez les quotités ou les périodes",
    ]
