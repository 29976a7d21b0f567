"""What does not count is excluded by the first rule that applies, in a set that everybody can read."""

import pytest

from services.bibliometrics.domain.consolidation import consolidated
from services.bibliometrics.domain.exclusion import EXCLUSIONS, KEPT, RULES, reason
from services.bibliometrics.domain.publication import DocumentType, Record, Source


def notice(source: Source, kind: DocumentType = DocumentType.ARTICLE, year: int | None = 2024) -> Record:
    return Record(source=source, key="1", title="Lakes under ice", type=kind, year=year)


def why(*records: Record) -> str | None:
    return reason(consolidated(records))


SECONDARY = Record(source=Source.SCOPUS, key="2", title="Lakes under ice", is_secondary=True)


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (DocumentType.RETRACTED, "retracted"),
        (DocumentType.ERRATUM, "erratum"),
        (DocumentType.CONFERENCE_REVIEW, "conference_review"),
    ],
)
def test_some_types_never_count(kind: DocumentType, code: str) -> None:
    assert why(notice(Source.SCOPUS, kind)) == code


@pytest.mark.parametrize(
    "kind",
    ["article", "conference_paper", "review", "book_chapter", "book", "editorial", "letter", "note", "data_paper"],
)
def test_everything_else_of_scopus_counts(kind: str) -> None:
    assert why(notice(Source.SCOPUS, DocumentType(kind))) is None
    assert why(notice(Source.SCIVAL, DocumentType(kind))) is None


@pytest.mark.parametrize("kind", ["short_survey", "other", "unknown"])
def test_so_does_what_scopus_hardly_ranks_or_does_not(kind: str) -> None:
    assert why(notice(Source.SCOPUS, DocumentType(kind))) is None


def test_what_is_known_from_references_alone_does_not_count() -> None:
    assert why(SECONDARY) == "secondary_document"
    assert why(SECONDARY, notice(Source.OPENALEX)) == "secondary_document"


def test_what_is_known_from_references_and_described_elsewhere_is_judged_there() -> None:
    assert why(SECONDARY, notice(Source.SCIVAL)) is None
    assert why(SECONDARY, notice(Source.HAL, DocumentType.BOOK)) is None
    assert why(SECONDARY, notice(Source.HAL)) == "hal_outside_scope"


def titled(title: str, kind: DocumentType = DocumentType.UNKNOWN) -> Record:
    return Record(source=Source.SCOPUS, key="1", title=title, type=kind, year=2024)


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("RETRACTED: Lakes under ice", "retracted"),
        ("Retracted article: Lakes under ice", "retracted"),
        ("Erratum to: Lakes under ice", "erratum"),
        ("Corrigendum: Lakes under ice", "erratum"),
        ("Retraction notice to “Lakes under ice”", "erratum"),
        ("Correction of lakes under ice", None),
        ("Lakes under ice: an erratum-free account", None),
    ],
)
def test_without_a_type_the_title_says_what_does_not_count(title: str, code: str | None) -> None:
    assert why(titled(title)) == code


@pytest.mark.parametrize("title", ["RETRACTED: Lakes under ice", "Erratum to: Lakes under ice"])
def test_a_known_type_is_believed_rather_than_the_title(title: str) -> None:
    assert why(titled(title, DocumentType.ARTICLE)) is None


def test_a_publication_of_no_year_does_not_count() -> None:
    assert why(notice(Source.SCOPUS, year=None)) == "no_year"


def test_openalex_alone_is_a_cross_check() -> None:
    assert why(notice(Source.OPENALEX)) == "cross_check_only"
    assert why(notice(Source.OPENALEX), notice(Source.SCOPUS)) is None


@pytest.mark.parametrize("kind", ["book", "edited_book", "proceedings", "book_chapter"])
def test_books_and_chapters_count_from_hal_alone(kind: str) -> None:
    assert why(notice(Source.HAL, DocumentType(kind))) is None
    assert why(notice(Source.HAL, DocumentType(kind)), notice(Source.OPENALEX)) is None


@pytest.mark.parametrize("kind", ["article", "conference_paper", "thesis", "preprint", "report", "poster", "unknown"])
def test_anything_else_of_hal_counts_through_scopus_only(kind: str) -> None:
    assert why(notice(Source.HAL, DocumentType(kind))) == "hal_outside_scope"
    assert why(notice(Source.HAL, DocumentType(kind)), notice(Source.SCOPUS)) is None


def test_the_first_rule_that_applies_gives_the_reason() -> None:
    assert why(notice(Source.OPENALEX, DocumentType.RETRACTED, year=None)) == "retracted"
    assert why(notice(Source.OPENALEX, year=None)) == "no_year"


def test_the_set_of_rules_is_readable_and_has_a_version() -> None:
    assert RULES == "2026-1"
    assert [exclusion.code for exclusion in EXCLUSIONS] == [
        "retracted",
        "erratum",
        "conference_review",
        "secondary_document",
        "no_year",
        "cross_check_only",
        "hal_outside_scope",
    ]
    assert "'" not in KEPT + "".join(each.label + each.explanation for each in EXCLUSIONS)
    assert all(exclusion.label and exclusion.explanation.endswith(".") for exclusion in EXCLUSIONS)
    assert KEPT.startswith("Tout le reste compte")
