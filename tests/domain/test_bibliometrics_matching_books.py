"""Which books and chapters are of one publication: by ISBN, and by first authors whose names are written otherwise."""

from typing import Any

import pytest

from services.bibliometrics.domain.matching import Crowd, Link, Reason, Ref, Rule, cluster
from services.bibliometrics.domain.publication import Author, DocumentType, Record

from .bibliometrics_records import OTHER_TITLE, TITLE, record

ISBN, OTHER_ISBN = "9782000000011", "9782000000028"


def together(*records: Record) -> list[tuple[Ref, ...]]:
    return [each.refs for each in cluster(records, []).clusters if len(each.refs) > 1]


def reviewed(*records: Record) -> list[tuple[Ref, Ref, Reason]]:
    return [(each.left, each.right, each.reason) for each in cluster(records, []).review]


def book(ref: Ref, title: str = "Granite", **said: Any) -> Record:
    return record(ref, title, **{"type": DocumentType.BOOK, "isbns": (ISBN,), **said})


def by_one(name: str, other: str) -> bool:
    """Whether one title by these first authors is one publication."""
    return bool(together(record("scopus:1", first_author=name), record("hal:h", first_author=other)))


def in_scopus(kind: DocumentType) -> Record:
    martin = Author(name="Martin J.", full_name="Martin, Jeanne")
    return record("scopus:1", type=kind, doi="10.1/x", authors=(martin,), source_title="Studies in Stone")


@pytest.mark.parametrize("kind", [DocumentType.BOOK, DocumentType.BOOK_CHAPTER])
def test_a_book_or_a_chapter_of_scopus_is_that_of_hal_without_doi_nor_comma_in_its_author(kind: DocumentType) -> None:
    matching = cluster([in_scopus(kind), record("hal:h", type=kind, first_author="Jeanne Martin", year=2023)], [])
    assert [each.refs for each in matching.clusters] == [("hal:h", "scopus:1")]
    assert matching.clusters[0].links == (Link("hal:h", "scopus:1", Rule.TITLE, TITLE),)


def test_another_author_of_the_same_given_name_is_for_a_person_unless_the_source_title_agrees() -> None:
    scopus = in_scopus(DocumentType.BOOK_CHAPTER)
    said: dict[str, Any] = {"type": DocumentType.BOOK_CHAPTER, "first_author": "Jeanne Durand"}
    assert reviewed(scopus, record("hal:h", **said)) == [("hal:h", "scopus:1", Reason.SAME_TITLE)]
    assert together(scopus, record("hal:h", source_title="Studies in stone", **said)) == [("hal:h", "scopus:1")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Martin J.", "Jeanne Martin"),
        ("Martin J", "Jeanne M. Martin"),
        ("Martin, Jeanne", "MARTIN Jeanne"),
        ("Martin, J.-P.", "J.-P. Martin"),
        ("Martin-Durand, Jeanne", "Jeanne Durand"),
        ("El housse M.", "Mohamed El Housse"),
        ("Lê, Thanh", "Thanh Le"),
        ("Smith Jr. J.", "John Smith Jr."),
        ("Jeanne Martin", "Martin Jeanne"),
        ("Jeanne Martin", "J. Martin"),
        ("Martin", "Jeanne Martin"),
    ],
)
def test_first_authors_of_one_family_name(one: str, other: str) -> None:
    assert together(record("scopus:1", first_author=one), record("hal:h", first_author=other)) == [
        ("hal:h", "scopus:1")
    ]
    assert together(record("scopus:1", first_author=other), record("hal:h", first_author=one)) == [
        ("hal:h", "scopus:1")
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Martin, Jeanne", "Durand, Jeanne"),
        ("Martin, Jeanne", "Jeanne Durand"),
        ("Martin J.", "Jeanne Durand"),
        ("Martin J.", "Durand J."),
        ("Durand, Martin", "Martin J."),
        ("Jeanne Martin", "Jeanne Durand"),
        ("Martin Jeanne", "Durand Jeanne"),
        ("Jeanne M. Martin", "Jeanne M. Durand"),
        ("El Housse, Mohamed", "Ali El Fassi"),
        ("Martin, Jeanne", "M. Durand"),
        ("M.", "M."),
        ("", ""),
    ],
)
def test_first_authors_of_two_family_names(one: str, other: str) -> None:
    assert not by_one(one, other)
    assert not by_one(other, one)


def test_books_of_one_isbn_and_one_title_are_one_however_short_it_is_and_whoever_signs() -> None:
    scopus = book("scopus:1", isbns=(OTHER_ISBN, ISBN))
    hal = book("hal:h", type=DocumentType.EDITED_BOOK, first_author="Brun P.", year=2023)
    assert cluster([scopus, hal], []).clusters[0].links == (Link("hal:h", "scopus:1", Rule.ISBN, ISBN),)


def test_chapters_of_one_isbn_are_not_one_by_it() -> None:
    chapters = [book(f"scopus:{number}", "Introduction", type=DocumentType.BOOK_CHAPTER) for number in (1, 2)]
    assert together(*chapters) == []
    assert together(book("scopus:1"), book("hal:h", type=DocumentType.BOOK_CHAPTER)) == []


def test_books_of_one_isbn_and_two_titles_or_none_are_not_one() -> None:
    assert together(book("scopus:1", TITLE), book("hal:h", OTHER_TITLE)) == []
    assert together(book("scopus:1", "?"), book("hal:h", "?")) == []


def test_books_of_one_isbn_and_two_dois_or_of_years_further_apart_are_for_a_person() -> None:
    assert reviewed(book("scopus:1", doi="10.1/a"), book("hal:h", doi="10.1/b")) == [
        ("hal:h", "scopus:1", Reason.DIFFERENT_DOI)
    ]
    assert reviewed(book("scopus:1"), book("hal:h", year=2020)) == [("hal:h", "scopus:1", Reason.SAME_TITLE)]
    assert reviewed(book("scopus:1"), book("hal:h", year=None)) == [("hal:h", "scopus:1", Reason.SAME_TITLE)]


def test_a_book_between_two_dois_of_its_isbn_joins_neither() -> None:
    records = book("scopus:1", doi="10.1/a"), book("scopus:2", doi="10.1/b"), book("hal:h")
    assert together(*records) == []


def test_an_isbn_and_a_title_of_more_than_fifty_books_are_told_and_not_compared() -> None:
    matching = cluster([book(f"hal:h-{number}") for number in range(51)], [])
    assert len(matching.clusters) == 51
    assert matching.crowded == (Crowd(f"isbn:{ISBN}", 51),)
