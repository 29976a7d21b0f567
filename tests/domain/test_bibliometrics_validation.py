"""A registry is checked at once, and each mistake names its table, row and column."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from services.bibliometrics.domain.registry import (
    Affiliation,
    AffiliationKind,
    Declared,
    Employment,
    Entity,
    EntityKind,
    Header,
    Indicator,
    Measure,
    MeasureKind,
    Perimeter,
    Registry,
)
from services.bibliometrics.domain.validation import registry_mistakes

HEADER = Header(code="cop", label="COP", start_year=2023, end_year=2027, reference_year=2022, source="Page 1")
GROUP = Entity(code="groupe", label="Groupe", kind=EntityKind.GROUP)
NORTH = Entity(code="nord", label="Nord", kind=EntityKind.SCHOOL)
SOUTH = Entity(code="sud", label="Sud", kind=EntityKind.SCHOOL)
MEASURE = Measure(indicator="publications", measure=MeasureKind.PUBLICATIONS, perimeter=Perimeter.WHOLE)
NAME = Affiliation(entity="nord", kind=AffiliationKind.NAME, value="Mines du Nord")
MARIE = Employment(
    person="p1", entity="nord", category="EC", fte=Decimal(1), start="2020", scopus_author_id="7001",
    orcid="0000-0002-1825-0097", idhal="marie", name="Durand, Marie",
)  # fmt: skip
JEAN = Employment(person="p2", entity="sud", category="chercheur", fte=Decimal("0.5"))
REGISTRY = Registry(
    contract=(HEADER,), entities=(GROUP, NORTH, SOUTH),
    indicators=(Indicator(code="publications", label="Publications"),),
    measures=(MEASURE,), affiliations=(NAME,), staff=(MARIE, JEAN),
    observations=(Declared(indicator="publications", entity="nord", year=2022, source="Page 2", value=Decimal(12)),),
)  # fmt: skip
Place = tuple[str, int, str | None, str]


def places(**tables: Any) -> list[Place]:
    found = registry_mistakes("cop", replace(REGISTRY, **tables))
    return [(each.table, each.row, each.column, each.code) for each in found]


def signing(**cells: Any) -> list[Place]:
    return places(affiliations=(replace(NAME, **cells),))


def employing(**cells: Any) -> list[Place]:
    return places(staff=(replace(MARIE, **cells),))


def test_a_sound_registry_has_no_mistake() -> None:
    assert places() == []


def test_the_header_is_alone_and_of_the_address() -> None:
    assert places(contract=()) == [("contract", 0, "code", "count")]
    assert places(contract=(HEADER, HEADER)) == [("contract", 1, "code", "count")]
    assert places(contract=(replace(HEADER, code="autre"),)) == [("contract", 0, "code", "code")]


def test_one_entity_is_the_group() -> None:
    assert places(entities=(NORTH, SOUTH)) == [("entities", 0, "kind", "group")]
    assert places(entities=(GROUP, NORTH, replace(SOUTH, kind=EntityKind.GROUP))) == [("entities", 2, "kind", "group")]


def test_a_code_is_of_one_entity() -> None:
    assert places(entities=(GROUP, NORTH, SOUTH, NORTH)) == [("entities", 3, "code", "repeated")]


def test_every_table_speaks_of_known_entities() -> None:
    elsewhere = replace(REGISTRY.observations[0], entity="est")
    assert signing(entity="est") == [("affiliations", 0, "entity", "unknown")]
    assert employing(entity="est") == [("staff", 0, "entity", "unknown")]
    assert places(observations=(elsewhere,)) == [("observations", 0, "entity", "unknown")]


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"valid_from": "hier"}, "valid_from"),
        ({"valid_to": "31/02/2020"}, "valid_to"),
        ({"valid_from": "2020", "valid_to": "2019"}, "valid_to"),
    ],
)
def test_periods_of_affiliations_can_be_read(cells: dict[str, str], column: str) -> None:
    assert signing(**cells) == [("affiliations", 0, column, "period")]


@pytest.mark.parametrize(
    ("value", "code"),
    [("  ", "required"), ("*", "general"), ("* - *", "general"), ("IMT", "general"), ("in*", "general")],
)
def test_a_name_is_not_too_general(value: str, code: str) -> None:
    assert signing(value=value) == [("affiliations", 0, "value", code)]


@pytest.mark.parametrize("value", ["ENST", "IMT Atlantique", "INT * Evry", "telecom*"])
def test_names_of_four_letters_or_several_words_are_right(value: str) -> None:
    assert signing(value=value) == []


@pytest.mark.parametrize(
    ("kind", "wrong", "right"),
    [
        (AffiliationKind.SCOPUS, "AF-ID 60009587", "60009587"),
        (AffiliationKind.ROR, "02jx3x8", "02jx3x895"),
        (AffiliationKind.ROR, "https://example.org/02jx3x895", "https://ror.org/02jx3x895"),
        (AffiliationKind.HAL_STRUCTURE, "struct-1043224", "1043224"),
    ],
)
def test_identifiers_have_the_form_of_their_kind(kind: AffiliationKind, wrong: str, right: str) -> None:
    assert signing(kind=kind, value=wrong) == [("affiliations", 0, "value", "form")]
    assert signing(kind=kind, value=right) == []


def test_an_affiliation_is_given_once() -> None:
    again = replace(NAME, value="MINES-DU-NORD", note="la même")
    assert places(affiliations=(NAME, again)) == [("affiliations", 1, "value", "repeated")]
    assert places(affiliations=(NAME, replace(NAME, valid_from="2024"))) == []


def test_two_schools_may_share_an_identifier() -> None:
    shared = replace(NAME, kind=AffiliationKind.HAL_STRUCTURE, value="5")
    assert places(affiliations=(shared, replace(shared, entity="sud"))) == []


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"person": " "}, "person", "required"),
        ({"category": "capitaine"}, "category", "unknown"),
        ({"fte": Decimal(0)}, "fte", "range"),
        ({"fte": Decimal("1.01")}, "fte", "range"),
        ({"fte": Decimal("NaN")}, "fte", "range"),
        ({"start": "2020-13-01"}, "start", "period"),
        ({"end": "2019"}, "end", "period"),
        ({"orcid": "0000-0002-1825-0098"}, "orcid", "form"),
        ({"orcid": "0000000218250097"}, "orcid", "form"),
        ({"scopus_author_id": "auteur 7001"}, "scopus_author_id", "form"),
    ],
)
def test_a_row_of_staff_is_possible(cells: dict[str, Any], column: str, code: str) -> None:
    assert employing(**cells) == [("staff", 0, column, code)]


@pytest.mark.parametrize(
    "orcid", ["0000-0002-1694-233X", "0000-0002-1694-233x", "https://orcid.org/0000-0002-1825-0097"]
)
def test_an_orcid_ends_with_its_check_character(orcid: str) -> None:
    assert employing(orcid=orcid) == []
