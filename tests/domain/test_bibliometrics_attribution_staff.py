"""A publication is permanent when an author is of the staff: by identifier, or by name and affiliation together."""

from dataclasses import replace

import pytest

from services.bibliometrics.domain.attribution import Clue, attribute
from services.bibliometrics.domain.publication import Author, Source
from services.bibliometrics.domain.registry import Perimeter

from .bibliometrics_schools import MARIE, author, entities, only, record, rules

NOBODY_ELSE = rules(MARIE)
HERE, THERE = "LTCI, Télécom Paris, Palaiseau", "MIT, Cambridge"


@pytest.mark.parametrize(
    ("signed", "clue"),
    [
        (Author(full_name="Durand, M.", scopus_id="7001"), Clue.STAFF_SCOPUS),
        (Author(full_name="Durand, M.", orcid="0000-0002-1825-0097"), Clue.STAFF_ORCID),
        (Author(full_name="Durand, M.", idhal="Marie-Durand"), Clue.STAFF_IDHAL),
    ],
)
def test_an_identifier_is_enough_alone(signed: Author, clue: Clue) -> None:
    attribution = only(NOBODY_ELSE, record(signed))
    (reason,) = attribution.evidence
    assert (attribution.entity, attribution.permanent, attribution.whole) == ("telecom-paris", True, True)
    assert (reason.perimeter, reason.rule, reason.value) == (Perimeter.PERMANENT, clue, "p-marie")
    assert (reason.text, reason.record) == ("Durand, M.", "scopus:1")


@pytest.mark.parametrize(
    "written", ["Durand, Marie", "Marie Durand", "DURAND Marie", "Durand M.", "M. Durand", "Durand, M.", "durand marie"]
)
def test_a_name_is_written_in_many_ways(written: str) -> None:
    assert only(NOBODY_ELSE, record(author(written, HERE))).permanent


@pytest.mark.parametrize("written", ["Durand, Michel", "Durand", "Durand, P.", "Dupond, Marie", "Durand, M.-C."])
def test_another_name_is_another_person(written: str) -> None:
    assert not only(NOBODY_ELSE, record(author(written, HERE))).permanent


@pytest.mark.parametrize(
    "written", ["Le Goff, Jean-Pierre", "Le Goff J.-P.", "Le Goff J.", "Le Goff JP", "J P Le Goff"]
)
def test_compound_names_are_shortened_in_several_ways(written: str) -> None:
    jean_pierre = replace(MARIE, person="p-jp", name="Jean-Pierre Le Goff")
    assert only(rules(jean_pierre), record(author(written, HERE))).permanent


def test_initials_in_the_list_meet_a_name_in_full() -> None:
    assert only(rules(replace(MARIE, name="Durand M.")), record(author("Durand, Marie", HERE))).permanent


def test_a_homonym_elsewhere_is_not_attributed() -> None:
    coauthored = record(author("Durand, Marie", THERE), author("Petit, Luc", HERE), at=(HERE, THERE))
    assert not only(NOBODY_ELSE, coauthored).permanent


def test_a_homonym_of_another_school_is_not_attributed() -> None:
    assert entities(NOBODY_ELSE, record(author("Durand, Marie", "EURECOM, Biot"))) == ["eurecom"]


def test_the_document_confirms_a_name_where_authors_have_no_affiliations() -> None:
    assert only(NOBODY_ELSE, record(author("Durand M."), at=(HERE,))).permanent


def test_it_does_not_where_another_record_has_them() -> None:
    scopus = record(author("Durand, Marie", THERE), author("Petit, Luc", HERE))
    scival = record(author("Durand M."), at=(HERE,), source=Source.SCIVAL)
    assert not only(NOBODY_ELSE, scopus, scival).permanent


def test_a_data_set_confirms_no_name() -> None:
    assert not only(NOBODY_ELSE, record(author("Durand M."), sets=("Publications at Télécom Paris",))).permanent


def test_an_ambiguous_name_is_nobodys() -> None:
    two = rules(MARIE, replace(MARIE, person="p-michel", name="Durand, Michel", scopus_author_id="7002"))
    assert not only(two, record(author("Durand M.", HERE))).permanent
    (reason,) = (
        each
        for each in only(two, record(author("Durand, Michel", HERE))).evidence
        if each.perimeter is Perimeter.PERMANENT
    )
    assert (reason.rule, reason.value) == (Clue.STAFF_NAME, "p-michel")


def test_a_doctoral_student_is_not_permanent_staff() -> None:
    student = rules(replace(MARIE, category="doctorante"))
    assert entities(student, record(Author(full_name="Durand, Marie", scopus_id="7001"))) == []


@pytest.mark.parametrize(
    ("year", "expected"), [(2019, False), (2020, True), (2022, True), (2023, False), (None, False)]
)
def test_staff_is_of_its_years(year: int | None, expected: bool) -> None:
    compiled = rules(replace(MARIE, start="2020-09-01", end="2022"))
    (found,) = attribute([record(replace(author("Durand, Marie", HERE), scopus_id="7001"))], year, compiled)
    assert found.permanent is expected


def test_a_person_of_two_schools_is_permanent_in_both() -> None:
    both = rules(MARIE, replace(MARIE, entity="eurecom", scopus_author_id=None))
    assert entities(both, record(Author(scopus_id="7001"))) == ["eurecom", "telecom-paris"]


def test_a_name_is_permanent_only_in_the_school_that_it_signs_with() -> None:
    both = rules(MARIE, replace(MARIE, entity="eurecom"))
    assert entities(both, record(author("Durand, Marie", HERE))) == ["telecom-paris"]


def test_the_former_school_of_a_person_is_not_attributed() -> None:
    moved = rules(replace(MARIE, end="2021"), replace(MARIE, entity="eurecom", start="2022"))
    assert entities(moved, record(Author(scopus_id="7001"))) == ["eurecom"]
