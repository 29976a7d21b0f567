"""A work of OpenAlex made into a record."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from services.bibliometrics.domain.publication import Author, DocumentType, Goals
from services.bibliometrics.importing import openalex
from tests.importing.openalex_files import AFTER, BEFORE


def test_a_work_of_the_schema_of_2024() -> None:
    record = openalex.record_of(BEFORE)
    assert (record.key, record.openalex_id, record.pubmed_id) == ("W900001", "W900001", "31415926")
    assert (record.title, record.doi, record.year) == ("Dunes & tides", "10.5555/dune.1", 2024)
    assert (record.type, record.raw_type) == (DocumentType.ARTICLE, "article")
    assert (record.source_title, record.issns) == ("Sand", ("1234567X", "76543210"))
    assert (record.volume, record.issue, record.pages) == ("12", "3", "1-9")
    assert (record.published_on, record.language) == (date(2024, 3, 5), "en")
    assert (record.citations, record.open_access, record.is_retracted) == (7, ("gold",), False)


def test_authors_have_their_own_affiliations_and_identifiers() -> None:
    first, second = openalex.record_of(BEFORE).authors
    assert first == Author(
        name="Brizard, A.",
        full_name="Anne Brizard",
        orcid="0000-0002-1825-0097",
        affiliations=("Labo, École des dunes", "Institut du vent"),
        affiliation_ids=("ror:02jx3x895",),
    )
    assert (second.name, second.orcid, second.affiliations) == ("Éloi Coudrier", "", ("Université du sable",))


def test_the_document_has_every_affiliation_once() -> None:
    record = openalex.record_of(BEFORE)
    assert record.affiliations == ("Labo, École des dunes", "Institut du vent", "Université du sable")
    assert record.affiliation_ids == ("ror:02jx3x895",)
    assert (record.author_count, record.authors_cut) == (2, False)


def test_a_work_of_the_schema_of_2026() -> None:
    record = openalex.record_of(AFTER)
    assert (record.title, record.doi, record.pubmed_id) == ("Barkhanes", "", "")  # PMC314 is no PubMed number
    assert (record.type, record.raw_type) == (DocumentType.CONFERENCE_PAPER, "article/proceedings-article (xpac)")
    assert (record.source_title, record.fwci, record.citations) == ("Proc. of Sand", Decimal("2.405"), 0)
    assert record.authors[0].affiliations == ("Institut du vent",)
    assert (record.affiliations, record.affiliation_ids) == (("Institut du vent",), ("ror:05f0yaq80",))
    assert record.is_retracted


def test_percentiles_that_rank_the_other_way_round_are_left_out() -> None:
    record = openalex.record_of(AFTER)
    assert (record.field_weighted, record.plain) == (None, None)


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        ([{"id": "https://metadata.un.org/sdg/13"}, {"id": "https://metadata.un.org/sdg/1"}], (1, 13)),
        ([{"id": "https://metadata.un.org/sdg/99"}, {"id": None}, 4], ()),
        ([], ()),
    ],
)
def test_goals_are_numbered_and_say_their_classifier(listed: list[Any], expected: tuple[int, ...]) -> None:
    work = {**BEFORE, "sustainable_development_goals": listed}
    assert openalex.record_of(work).goals == (Goals(numbers=expected, mapping="openalex"),)


def test_goals_that_were_not_exported_are_none() -> None:
    assert openalex.record_of({"id": "W1"}).goals == ()


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"type": "article", "type_crossref": "proceedings-article"}, DocumentType.CONFERENCE_PAPER),
        ({"type": "article", "primary_location": {"source": {"type": "conference"}}}, DocumentType.CONFERENCE_PAPER),
        ({"type": "proceedings-article"}, DocumentType.CONFERENCE_PAPER),
        ({"type": "journal-article"}, DocumentType.ARTICLE),
        ({"type": "review", "type_crossref": "journal-article"}, DocumentType.REVIEW),
        ({"type": "book"}, DocumentType.BOOK),
        ({"type": "book-chapter"}, DocumentType.BOOK_CHAPTER),
        ({"type": "editorial"}, DocumentType.EDITORIAL),
        ({"type": "letter"}, DocumentType.LETTER),
        ({"type": "erratum"}, DocumentType.ERRATUM),
        ({"type": "preprint"}, DocumentType.PREPRINT),
        ({"type": "dataset"}, DocumentType.DATASET),
        ({"type": "dissertation"}, DocumentType.THESIS),
        ({"type": "report"}, DocumentType.REPORT),
        ({"type": "libguides"}, DocumentType.OTHER),
        ({"type": "article", "is_paratext": True}, DocumentType.OTHER),
        ({"type": None}, DocumentType.UNKNOWN),
    ],
)
def test_types(fields: dict[str, Any], expected: DocumentType) -> None:
    assert openalex.record_of({"id": "W1", **fields}).type is expected


def test_paratext_is_noted() -> None:
    assert openalex.record_of({"id": "W1", "type": "other", "is_paratext": True}).raw_type == "other (paratext)"


def test_a_hundred_authors_are_a_list_that_was_cut() -> None:
    full = openalex.record_of({"id": "W1", "authorships": [{}] * 100})
    assert (full.authors_cut, full.author_count, len(full.authors)) == (True, None, 100)
    announced = openalex.record_of({"id": "W1", "authorships": [{}] * 100, "authors_count": 2900})
    assert (announced.authors_cut, announced.author_count) == (True, 2900)
    assert not openalex.record_of({"id": "W1", "authorships": [{}] * 101}).authors_cut


@pytest.mark.parametrize("value", [float("nan"), float("inf"), True, "2.4", -1, None, [], Decimal("NaN")])
def test_an_impact_that_is_no_number_is_none(value: object) -> None:
    assert openalex.record_of({"id": "W1", "fwci": value}).fwci is None


@pytest.mark.parametrize(
    "item", [None, 3, [], {}, {"id": "https://openalex.org/A5056911622"}, {"id": 12, "title": "Dunes"}, {"id": "W12x"}]
)
def test_what_can_be_no_work_is_said_in_a_sentence(item: object) -> None:
    with pytest.raises(ValueError, match="OpenAlex"):
        openalex.record_of(item)
