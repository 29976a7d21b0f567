"""What a publication says of itself that a reader of counts should know: its type, its authors, its disagreements."""

import pytest

from services.bibliometrics.domain.consolidation import Conflict, Flag, consolidated
from services.bibliometrics.domain.publication import Author, DocumentType, Record, Source

AUTHORS = tuple(Author(name=f"Martin {letter}.") for letter in "ABC")


def record(source: Source = Source.SCOPUS, key: str = "1", **said: object) -> Record:
    return Record(source=source, key=key, title="Lakes under ice", **said)  # type: ignore[arg-type]  # any field


def test_an_unknown_type_gives_way_to_a_known_one() -> None:
    found = consolidated([record(raw_type="?"), record(Source.HAL, type=DocumentType.BOOK, raw_type="OUV")])
    assert (found.type, found.raw_type) == (DocumentType.BOOK, "OUV")


def test_a_type_that_nobody_knows_stays_unknown_as_it_was_written() -> None:
    found = consolidated([record(raw_type="Ouvrage ancien"), record(Source.HAL)])
    assert (found.type, found.raw_type) == (DocumentType.UNKNOWN, "Ouvrage ancien")


@pytest.mark.parametrize(
    "retracting",
    [
        record(Source.OPENALEX, type=DocumentType.ARTICLE, is_retracted=True),
        record(Source.SCIVAL, type=DocumentType.RETRACTED),
    ],
)
def test_what_any_source_says_is_retracted_is_retracted(retracting: Record) -> None:
    assert consolidated([record(type=DocumentType.ARTICLE), retracting]).type is DocumentType.RETRACTED


def test_a_described_record_is_believed_before_one_known_from_references() -> None:
    found = consolidated([record(is_secondary=True, doi="10.1000/a"), record(Source.HAL, doi="10.1000/b", year=2024)])
    assert (found.doi, found.year) == ("10.1000/b", 2024)
    assert (found.sources, found.indexed_in) == ((Source.SCOPUS, Source.HAL), (Source.HAL,))
    assert found.id == "scopus:1"


def test_its_authors_are_counted_by_the_largest_list_or_announcement() -> None:
    assert consolidated([record(authors=AUTHORS)]).author_count == 3
    assert consolidated([record(authors=AUTHORS), record(Source.SCIVAL, author_count=640)]).author_count == 640
    assert consolidated([record()]).author_count is None


@pytest.mark.parametrize(
    ("count", "flags"),
    [
        (99, ()),
        (100, (Flag.MANY_AUTHORS,)),
        (499, (Flag.MANY_AUTHORS,)),
        (500, (Flag.MANY_AUTHORS, Flag.VERY_MANY_AUTHORS)),
    ],
)
def test_many_authors_are_flagged_from_a_hundred_and_from_five_hundred(count: int, flags: tuple[Flag, ...]) -> None:
    assert consolidated([record(author_count=count)]).flags == flags


def test_its_authors_are_cut_unless_a_source_lists_them_all() -> None:
    cut, whole = record(Source.SCIVAL, authors=AUTHORS, authors_cut=True), record(authors=AUTHORS)
    assert consolidated([cut, record(Source.HAL)]).flags == (Flag.AUTHORS_CUT,)
    assert consolidated([cut, whole]).flags == ()


def test_types_and_years_that_differ_are_named_with_what_each_source_says() -> None:
    found = consolidated(
        [
            record(Source.HAL, type=DocumentType.BOOK, year=2022),
            record(type=DocumentType.BOOK_CHAPTER, year=2023),
            record(Source.OPENALEX),
        ]
    )
    assert found.conflicts == (
        Conflict("type", ((Source.SCOPUS, "book_chapter"), (Source.HAL, "book"))),
        Conflict("year", ((Source.SCOPUS, "2023"), (Source.HAL, "2022"))),
    )
    assert found.flags == (Flag.TYPES_DIFFER, Flag.YEARS_DIFFER)


def test_what_a_source_does_not_say_is_no_difference() -> None:
    found = consolidated([record(type=DocumentType.BOOK, year=2023), record(Source.HAL)])
    assert found.conflicts == ()
