"""Which records are of one publication when they have no identifier in common, and which a person is to look at."""

from decimal import Decimal

import pytest

from services.bibliometrics.domain.matching import Candidate, Crowd, Link, Reason, Ref, Rule, cluster
from services.bibliometrics.domain.publication import DocumentType, Record

from .bibliometrics_records import TITLE, record

SAME = Decimal("1.00")


def together(*records: Record) -> list[tuple[Ref, ...]]:
    return [each.refs for each in cluster(records, []).clusters]


def reviewed(*records: Record) -> list[tuple[Ref, Ref, Reason]]:
    return [(each.left, each.right, each.reason) for each in cluster(records, []).review]


def test_one_title_by_one_first_author_in_two_years_in_a_row_is_one_publication() -> None:
    matching = cluster([record("scopus:1"), record("hal:h", first_author="Arvel, Maud", year=2023)], [])
    assert matching.clusters[0].links == (Link("hal:h", "scopus:1", Rule.TITLE, TITLE),)


def test_one_title_in_one_journal_is_one_publication_though_authors_are_written_otherwise() -> None:
    one = record("scopus:1", source_title="Annals of Stones")
    other = record("hal:h", first_author="Brun P.", source_title="Annals of stones")
    assert together(one, other) == [("hal:h", "scopus:1")]


def test_two_years_apart_are_neither_one_publication_nor_a_doubt() -> None:
    records = record("scopus:1"), record("hal:h", year=2022)
    assert len(together(*records)) == 2
    assert reviewed(*records) == []


def test_a_yearly_title_is_not_one_publication_year_after_year() -> None:
    years = [record(f"hal:h-{year}", year=year) for year in (2022, 2023, 2024)]
    assert len(together(*years)) == 3
    assert reviewed(*years) == [
        ("hal:h-2022", "hal:h-2023", Reason.AMBIGUOUS),
        ("hal:h-2023", "hal:h-2024", Reason.AMBIGUOUS),
    ]


def test_neither_author_nor_journal_in_common_or_no_year_is_for_a_person() -> None:
    assert reviewed(record("scopus:1"), record("hal:h", first_author="Brun P.")) == [
        ("hal:h", "scopus:1", Reason.SAME_TITLE)
    ]
    assert reviewed(record("scopus:1"), record("hal:h", year=None)) == [("hal:h", "scopus:1", Reason.SAME_TITLE)]


@pytest.mark.parametrize(
    "title",
    ["Introduction", "Guest editorial", "Avant-propos", "Éditorial", "Message from the general chairs", "Granite"],
)
def test_a_title_that_says_nothing_joins_nothing(title: str) -> None:
    records = record("scopus:1", title), record("hal:h", title)
    assert len(together(*records)) == 2
    assert reviewed(*records) == []


def test_two_dois_are_never_one_publication_by_their_title() -> None:
    preprint, paper = record("hal:h", doi="10.1/preprint"), record("scopus:1", doi="10.1/paper")
    assert cluster([preprint, paper], []).review == (Candidate("hal:h", "scopus:1", SAME, Reason.DIFFERENT_DOI),)


def test_a_record_between_two_dois_joins_neither_and_is_for_a_person() -> None:
    records = record("scopus:1", doi="10.1/a"), record("scopus:2", doi="10.1/b"), record("hal:h")
    assert len(together(*records)) == 3
    assert reviewed(*records) == [
        ("hal:h", "scopus:1", Reason.AMBIGUOUS),
        ("hal:h", "scopus:2", Reason.AMBIGUOUS),
        ("scopus:1", "scopus:2", Reason.DIFFERENT_DOI),
    ]


def test_two_eids_are_one_publication_by_their_title_where_one_doi_only_is_known() -> None:
    assert together(record("scopus:1", doi="10.1/a"), record("scopus:2")) == [("scopus:1", "scopus:2")]


def test_a_book_and_a_chapter_of_one_title_are_for_a_person() -> None:
    book, chapter = record("scopus:1", type=DocumentType.BOOK), record("hal:h", type=DocumentType.BOOK_CHAPTER)
    assert reviewed(book, chapter) == [("hal:h", "scopus:1", Reason.DIFFERENT_TYPE)]


@pytest.mark.parametrize(
    "words", ["Erratum to: ", "Corrigendum: ", "Correction to: ", "Retraction notice: ", "Correction: “"]
)
def test_a_notice_about_a_paper_is_neither_the_paper_nor_a_doubt(words: str) -> None:
    records = record("scopus:1"), record("hal:h", words + TITLE)
    assert len(together(*records)) == 2
    assert reviewed(*records) == []


def test_an_erratum_that_bears_the_very_title_of_the_paper_is_not_the_paper() -> None:
    records = record("scopus:1"), record("scopus:2", type=DocumentType.ERRATUM)
    assert len(together(*records)) == 2
    assert reviewed(*records) == []


def test_a_paper_about_corrections_is_no_notice() -> None:
    title = "Correction of motion in pictures of drying granite"
    assert together(record("scopus:1", title), record("hal:h", title)) == [("hal:h", "scopus:1")]


def test_a_retracted_article_and_one_of_its_title_without_doi_are_for_a_person() -> None:
    retracted = record("scopus:1", f"RETRACTED: {TITLE}", type=DocumentType.RETRACTED)
    assert reviewed(retracted, record("hal:h")) == [("hal:h", "scopus:1", Reason.DIFFERENT_TYPE)]


def test_titles_that_are_alike_are_for_a_person_with_how_much() -> None:
    one, other = (
        record("scopus:1", "abcdefghijklmnopqrstuvwxyz0123"),
        record("hal:h", "abcdefghijklmnopqrstuvwxyz", year=2023),
    )
    matching = cluster([one, other], [])
    assert len(matching.clusters) == 2
    assert matching.review == (Candidate("hal:h", "scopus:1", Decimal("0.92"), Reason.FUZZY_TITLE),)


def test_titles_alike_of_two_years_apart_are_not_looked_at() -> None:
    assert reviewed(record("scopus:1"), record("hal:h", TITLE + "!?s", year=2022)) == []


def test_a_title_that_lacks_its_subtitle_under_one_doi_is_for_a_person() -> None:
    one = record("scopus:1", f"{TITLE}: a long subtitle that one source alone knows", doi="10.1/x")
    assert reviewed(one, record("hal:h", doi="10.1/x")) == [("hal:h", "scopus:1", Reason.SAME_DOI)]


def test_two_publications_are_looked_at_once_however_many_records_they_have() -> None:
    records = [record(ref, TITLE + more) for ref, more in (("scopus:1", ""), ("scival:1", ""), ("hal:h", "s"))]
    assert reviewed(*records) == [("hal:h", "scopus:1", Reason.FUZZY_TITLE)]


def test_a_title_of_more_than_fifty_records_is_told_and_not_compared() -> None:
    key = "slowevaporationofdropletsongranitetiles"
    matching = cluster([record(f"hal:h-{number}") for number in range(51)], [])
    assert len(matching.clusters) == 51
    assert matching.review == ()
    assert Crowd(f"title:{key}", 51) in matching.crowded


def test_a_doi_of_hundreds_of_titles_is_told_and_joins_those_that_are_equal_alone() -> None:
    chapters = [record(f"scopus:{number}", f"Well {number}", doi="10.1/x") for number in range(1000, 1201)]
    matching = cluster([*chapters, record("hal:h", "Well 1003", doi="10.1/x")], [])
    assert [each.refs for each in matching.clusters if len(each.refs) > 1] == [("hal:h", "scopus:1003")]
    assert matching.crowded == (Crowd("doi:10.1/x", 202),)


def test_a_series_of_titles_alike_is_told_and_not_shown_two_by_two() -> None:
    names = "abcdefghijklmnop"
    volumes = [record(f"hal:h-{name}", f"{TITLE} volume {name}", first_author=f"{name * 4} M.") for name in names]
    matching = cluster(volumes, [])
    assert matching.review == ()
    assert Crowd("near:begins:slowevaporat:2024", 16) in matching.crowded
