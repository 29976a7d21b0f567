"""What records are looked for by, how publications are named, and what is logged of them."""

from typing import Any

from services.bibliometrics.domain.matching import Merged, Split, differences, identity, ref, tokens
from services.bibliometrics.domain.publication import DocumentType

from .bibliometrics_records import TITLE, record

KEY = "slowevaporationofdropletsongranitetiles"


def near(year: int, title: str = TITLE) -> set[str]:
    return {token for token in tokens(record("hal:h", title, year=year)) if token.startswith("near:")}


def test_a_record_is_looked_for_by_its_identifiers_and_its_title() -> None:
    found = tokens(record("hal:hal-1", eid="85", doi="10.1/x", pubmed_id="333"))
    exact = {token for token in found if not token.startswith("near:")}
    assert exact == {"eid:85", "doi:10.1/x", "hal:hal-1", "pmid:333", f"title:{KEY}"}


def test_a_book_is_looked_for_by_its_isbns_and_a_chapter_is_not() -> None:
    told: dict[str, Any] = {"title": "Granite", "isbns": ("9782000000011", "9782000000028")}
    book = tokens(record("hal:h", type=DocumentType.BOOK, **told))
    assert book == {"hal:h", "isbn:9782000000011", "isbn:9782000000028"}
    assert tokens(record("hal:h", type=DocumentType.BOOK_CHAPTER, **told)) == {"hal:h"}


def test_titles_alike_are_looked_for_by_how_they_begin_and_end_and_by_two_years() -> None:
    assert near(2024) == {
        "near:begins:slowevaporat:2024",
        "near:begins:slowevaporat:2025",
        "near:ends:granitetiles:2024",
        "near:ends:granitetiles:2025",
    }


def test_one_year_apart_shares_a_token_and_two_do_not() -> None:
    assert near(2024) & near(2025)
    assert near(2024) & near(2023)
    assert not near(2024) & near(2026)


def test_a_title_that_says_nothing_is_no_token() -> None:
    for title in ("Preface", "Granite", "Welcome message from the organising committee", ""):
        assert tokens(record("hal:h", title)) == {"hal:h"}


def test_a_record_of_no_year_is_looked_for_by_its_whole_title_alone() -> None:
    assert tokens(record("hal:h", year=None)) == {"hal:h", f"title:{KEY}"}


def test_a_very_long_title_gives_tokens_that_a_column_holds() -> None:
    assert max(map(len, tokens(record("hal:h", "stone " * 200)))) == 380


def test_a_record_is_named_by_its_source_and_key() -> None:
    assert ref(record("scopus:85125536561")) == "scopus:85125536561"


def test_a_publication_is_named_by_the_preferred_source() -> None:
    assert identity(["openalex:W1", "hal:h", "scival:1", "scopus:2", "scopus:10"]) == "scopus:10"
    assert identity(["openalex:W1", "hal:hal-2"]) == "hal:hal-2"


def test_records_that_become_one_publication_are_a_merge() -> None:
    before = {"scopus:1": "scopus:1", "hal:a": "hal:a", "hal:b": "hal:b"}
    after = {"scopus:1": "scopus:1", "hal:a": "scopus:1", "hal:b": "hal:b"}
    assert differences(before, after) == (Merged("scopus:1", ("hal:a", "scopus:1"), (("hal:a",), ("scopus:1",))),)


def test_a_new_record_that_joins_a_publication_is_a_merge_and_one_alone_is_nothing() -> None:
    before = {"hal:a": "hal:a", "hal:b": "hal:a"}
    after = {"hal:a": "scopus:1", "hal:b": "scopus:1", "scopus:1": "scopus:1", "scopus:2": "scopus:2"}
    assert differences(before, after) == (
        Merged("scopus:1", ("hal:a", "hal:b", "scopus:1"), (("hal:a", "hal:b"), ("scopus:1",))),
    )


def test_records_that_part_are_a_split() -> None:
    before = {"scopus:1": "scopus:1", "hal:a": "scopus:1", "hal:b": "scopus:1"}
    after = {"scopus:1": "scopus:1", "hal:a": "hal:a", "hal:b": "hal:a"}
    assert differences(before, after) == (
        Split("scopus:1", ("hal:a", "hal:b", "scopus:1"), (("hal:a", "hal:b"), ("scopus:1",))),
    )


def test_a_record_that_passes_from_a_publication_to_another_is_a_merge_and_a_split() -> None:
    before = {"scopus:1": "scopus:1", "hal:a": "scopus:1", "scopus:2": "scopus:2"}
    after = {"scopus:1": "scopus:1", "hal:a": "scopus:2", "scopus:2": "scopus:2"}
    assert [each.kind for each in differences(before, after)] == ["merged", "split"]


def test_nothing_is_logged_of_what_stays_or_of_what_is_gone() -> None:
    before = {"scopus:1": "scopus:1", "hal:a": "scopus:1", "hal:gone": "scopus:1"}
    assert differences(before, {"scopus:1": "scopus:1", "hal:a": "scopus:1"}) == ()
