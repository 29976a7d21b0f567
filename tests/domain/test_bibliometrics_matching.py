"""Which records are of one publication, by what they say of themselves."""

from collections.abc import Sequence

import pytest

from services.bibliometrics.domain.matching import Container, Link, Matching, Ref, Rule, cluster
from services.bibliometrics.domain.normalising import doi, hal_id
from services.bibliometrics.domain.publication import DocumentType, Record

from .bibliometrics_records import OTHER_TITLE, TITLE, record


def together(*records: Record) -> list[tuple[Ref, ...]]:
    return [each.refs for each in cluster(records, []).clusters]


def only_links(matching: Matching) -> Sequence[Link]:
    return [link for each in matching.clusters for link in each.links]


def test_scopus_and_scival_meet_by_the_eid_whatever_else_they_say() -> None:
    matching = cluster([record("scopus:8501"), record("scival:8501", OTHER_TITLE, year=2019, doi="10.1/x")], [])
    assert [each.refs for each in matching.clusters] == [("scival:8501", "scopus:8501")]
    assert only_links(matching) == [Link("scival:8501", "scopus:8501", Rule.EID, "8501")]


def test_two_versions_of_a_deposit_are_one_by_the_hal_identifier() -> None:
    one = record("hal:a", hal_id=hal_id("hal-04000001"))
    other = record("hal:b", OTHER_TITLE, hal_id=hal_id("hal-04000001v2"))
    assert only_links(cluster([one, other], [])) == [Link("hal:a", "hal:b", Rule.HAL_ID, "hal-04000001")]


def test_one_doi_and_one_title_are_one_publication_however_they_are_written() -> None:
    one = record("scopus:1", doi=doi("10.5555/ABC.Def"), first_author="Arvel M.")
    other = record("hal:hal-1", TITLE.upper(), doi=doi("https://doi.org/10.5555/abc.def"), first_author="Brun P.")
    assert only_links(cluster([one, other], [])) == [Link("hal:hal-1", "scopus:1", Rule.DOI, "10.5555/abc.def")]


def test_two_eids_of_one_doi_are_one_publication_when_their_titles_are_alike() -> None:
    one = record("scopus:1", "Ultrahigh-resolution maps of wet stones: A first review", doi="10.1/x")
    other = record("scopus:2", "Ultra high resolution maps of wet stone - a first review", doi="10.1/x", year=2022)
    assert together(one, other) == [("scopus:1", "scopus:2")]


def test_the_original_title_that_follows_is_not_compared() -> None:
    one = record("scopus:1", f"{TITLE}; [Évaporation lente de gouttes sur des dalles de granit]", doi="10.1/x")
    assert together(one, record("hal:hal-1", doi="10.1/x")) == [("hal:hal-1", "scopus:1")]


def test_a_book_and_its_chapters_under_one_doi_remain_several_and_the_doi_is_shown() -> None:
    matching = cluster(
        [
            record("scopus:1", "Stones and water", doi="10.1/book", type=DocumentType.BOOK),
            record("scopus:2", "Stones and water", doi="10.1/book", type=DocumentType.BOOK_CHAPTER),
            record("scopus:3", "Wells of the plateau", doi="10.1/book", type=DocumentType.BOOK_CHAPTER),
        ],
        [],
    )
    assert [each.refs for each in matching.clusters] == [("scopus:1",), ("scopus:2",), ("scopus:3",)]
    assert matching.containers == (Container("10.1/book", ("scopus:1", "scopus:2", "scopus:3")),)
    assert matching.review == ()


def test_a_doi_whose_records_are_one_publication_is_no_container() -> None:
    assert cluster([record("scopus:1", doi="10.1/x"), record("hal:h", doi="10.1/x")], []).containers == ()


def test_proceedings_and_a_paper_of_theirs_are_not_one_by_their_doi() -> None:
    whole = record("hal:hal-1", doi="10.1/x", type=DocumentType.PROCEEDINGS)
    paper = record("scopus:1", doi="10.1/x", type=DocumentType.CONFERENCE_PAPER)
    assert together(whole, paper) == [("hal:hal-1",), ("scopus:1",)]


def test_a_book_and_a_chapter_do_not_meet_through_a_record_of_no_type() -> None:
    book = record("scopus:1", doi="10.1/x", type=DocumentType.BOOK)
    untold = record("openalex:W1", doi="10.1/x", type=DocumentType.UNKNOWN)
    chapter = record("scopus:2", doi="10.1/x", type=DocumentType.BOOK_CHAPTER)
    assert len(together(book, untold, chapter)) == 3


def test_an_empty_title_agrees_with_nothing() -> None:
    assert len(together(record("scopus:1", "", doi="10.1/x"), record("scival:2", "", doi="10.1/x"))) == 2


def test_two_parts_are_not_one_publication_though_their_titles_are_alike() -> None:
    one = record("scopus:1", f"{TITLE}, part 1", doi="10.1/x")
    assert len(together(one, record("scopus:2", f"{TITLE}, part 2", doi="10.1/x"))) == 2


def test_introductions_of_a_container_are_not_one_by_its_doi() -> None:
    parts = [record(f"scopus:{n}", "Introduction", doi="10.1/x", type=DocumentType.BOOK_CHAPTER) for n in (1, 2)]
    assert len(together(*parts, record("scopus:3", "Wells", doi="10.1/x", type=DocumentType.BOOK_CHAPTER))) == 3


def test_an_introduction_with_a_doi_of_its_own_is_one_in_two_sources() -> None:
    one, other = (record(ref, "Introduction", doi="10.1/x-1") for ref in ("scopus:1", "hal:h"))
    assert together(one, other) == [("hal:h", "scopus:1")]


def test_an_erratum_that_repeats_the_doi_of_the_paper_is_not_the_paper() -> None:
    paper = record("scopus:1", doi="10.1/x")
    erratum = record("scopus:2", f"Erratum to: {TITLE}", doi="10.1/x", type=DocumentType.ERRATUM)
    untyped = record("hal:h", f"Erratum to: {TITLE}", doi="10.1/x", type=DocumentType.OTHER)
    assert together(paper, erratum, untyped) == [("hal:h", "scopus:2"), ("scopus:1",)]


def test_a_retracted_article_is_still_the_article_of_its_doi() -> None:
    retracted = record("scopus:1", f"RETRACTED ARTICLE: {TITLE}", doi="10.1/x", type=DocumentType.RETRACTED)
    assert together(retracted, record("hal:h", doi="10.1/x")) == [("hal:h", "scopus:1")]


def test_one_pubmed_identifier_and_one_title_are_one_publication() -> None:
    one, other = record("scopus:1", pubmed_id="333", year=2020), record("openalex:W1", pubmed_id="333", year=2024)
    assert only_links(cluster([one, other], [])) == [Link("openalex:W1", "scopus:1", Rule.PUBMED_ID, "333")]


def test_a_record_alone_is_a_publication() -> None:
    assert together(record("hal:h")) == [("hal:h",)]


def test_a_record_given_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="deux fois"):
        cluster([record("scopus:1"), record("scopus:1")], [])
