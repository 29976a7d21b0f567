"""Full-time equivalents of research: whose time counts, for how much, and on which day."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from services.bibliometrics.domain.registry import Employment
from services.bibliometrics.domain.staff import category_of, is_permanent, reference_day, research_fte

DAY = date(2023, 12, 31)
MARIE = Employment(person="p1", entity="nord", category="teacher-researcher", fte=Decimal(1), start="2020", end=None)
JEAN = replace(MARIE, person="p2", category="chercheur", fte=Decimal("0.8"))


@pytest.mark.parametrize(
    "written",
    [
        "teacher-researcher",
        "Teacher_Researcher",
        "enseignant-chercheur",
        "Enseignant Chercheur",
        "EC",
        "professor",
        "Enseignante-chercheuse",
        "Maître de conférences",
        "MAITRE-ASSISTANT",
        "directeur d’études",
        "Enseignant(e)-chercheur(e)",
    ],
)
def test_teacher_researchers_have_many_names(written: str) -> None:
    assert category_of(written) == "teacher-researcher"
    assert is_permanent(written)


@pytest.mark.parametrize(
    ("written", "category"),
    [
        ("Doctorante", "doctoral-student"),
        ("PhD student", "doctoral-student"),
        ("post_doc", "postdoc"),
        ("Ingénieur de recherche", "engineer"),
        ("administratif", "administrative"),
    ],
)
def test_who_is_not_permanent_counts_for_nothing(written: str, category: str) -> None:
    assert category_of(written) == category
    assert not is_permanent(written)


def test_an_unknown_category_is_none() -> None:
    assert category_of("capitaine") is None
    assert not is_permanent("capitaine")


def test_a_teacher_researcher_is_half_and_a_researcher_whole() -> None:
    assert research_fte([MARIE, JEAN], "nord", DAY) == Decimal("1.3")


def test_those_of_other_entities_and_of_other_days_are_left_out() -> None:
    gone = replace(JEAN, end="30/12/2023")
    elsewhere = replace(JEAN, person="p3", entity="sud")
    assert research_fte([MARIE, gone, elsewhere], "nord", DAY) == Decimal("0.5")
    assert research_fte([MARIE, gone, elsewhere], None, DAY) == Decimal("1.3")


def test_a_doctoral_student_adds_nothing() -> None:
    assert research_fte([MARIE, replace(JEAN, category="doctorant")], "nord", DAY) == Decimal("0.5")


def test_a_list_that_has_nobody_on_the_day_is_zero() -> None:
    assert research_fte([replace(MARIE, start="2024")], "nord", DAY) == 0


def test_no_list_is_none() -> None:
    assert research_fte([], None, DAY) is None
    assert research_fte([MARIE], "sud", DAY) is None


def test_a_year_is_counted_on_its_last_day() -> None:
    assert reference_day(2023) == date(2023, 12, 31)
    assert research_fte([replace(MARIE, start="31/12/2023")], "nord", reference_day(2023)) == Decimal("0.5")
