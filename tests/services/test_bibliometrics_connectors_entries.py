"""An entry of Scopus Search as a record: the same document as in an export, whatever shape its values take."""

from datetime import UTC, datetime

import pytest

from services.bibliometrics.connectors.paging import Quota
from services.bibliometrics.connectors.quotas import quota_of, retry_after
from services.bibliometrics.domain.publication import Author, DocumentType
from services.bibliometrics.importing import gathering
from services.bibliometrics.importing.scopus.entries import record_of, remarks

from .scopus_server import affiliation, author, entry


def test_an_entry_of_the_complete_view_says_all() -> None:
    record = record_of(entry(7))
    assert (record.key, record.eid, record.doi) == ("85000000007", "85000000007", "10.1234/invented.7")
    assert (record.title, record.year, record.type) == (
        "Bread ovens and CO2, study number 7", 2024, DocumentType.ARTICLE,
    )  # fmt: skip
    assert (record.source_title, record.volume, record.pages) == ("Journal of Invented Results", "12", "e7")
    assert (record.issns, record.citations, record.open_access) == (("12345678",), 3, ())
    assert record.affiliations == ("École Alpha, Paris, France", "University of Nowhere, Paris, France")
    assert record.affiliation_ids == ("scopus:60000001", "scopus:60000002")
    assert (record.author_count, record.authors_cut) == (2, False)
    assert record.authors[0] == Author(
        name="Perrin A.",
        full_name="Perrin, Anne",
        scopus_id="57000000001",
        affiliations=("École Alpha, Paris, France",),
        affiliation_ids=("scopus:60000001",),
    )


def test_an_entry_of_the_standard_view_has_its_first_author_alone() -> None:
    standard = {name: value for name, value in entry(7).items() if name not in ("author", "author-count")}
    record = record_of(standard)
    assert [each.name for each in record.authors] == ["Perrin A."]
    assert (record.author_count, record.authors_cut) == (None, True)
    assert [each.code for each in remarks([record])] == ["first_authors"]


def test_one_author_one_affiliation_and_one_value_may_stand_without_their_list() -> None:
    alone = {"authid": "57000000009", "surname": "Noël", "given-name": "Claire", "initials": "C.", "afid": "60000001"}
    record = record_of(entry(7, author=alone, affiliation=affiliation("60000001", "École Alpha")))
    assert record.authors == (
        Author(
            name="Noël C.",
            full_name="Noël, Claire",
            scopus_id="57000000009",
            affiliations=("École Alpha, Paris, France",),
            affiliation_ids=("scopus:60000001",),
        ),
    )


def test_authors_stand_in_their_ranks() -> None:
    people = [author(10, "Morel", "Basile"), author(2, "Perrin", "Anne")]
    assert [each.name for each in record_of(entry(7, author=people)).authors] == ["Perrin A.", "Morel B."]


def test_an_author_of_several_affiliations_has_them_all() -> None:
    record = record_of(entry(7, author=[author(1, "Perrin", "Anne", "60000001", "60000002", "109703819")]))
    assert record.authors[0].affiliation_ids == ("scopus:60000001", "scopus:60000002", "scopus:109703819")


def test_authors_beyond_the_hundredth_are_known_to_be_missing() -> None:
    people = [author(rank, f"Name{rank}", "Anne") for rank in range(1, 101)]
    record = record_of(entry(7, **{"author": people, "author-count": {"@limit": "100", "@total": "2890", "$": "2890"}}))
    assert (len(record.authors), record.author_count, record.authors_cut) == (100, 2890, True)
    assert [each.code for each in remarks([record])] == ["cut_authors"]


def test_an_affiliation_without_identifier_is_its_name_and_city() -> None:
    record = record_of(
        entry(7, affiliation=[affiliation("", "Labo Un", "Brest"), affiliation("", "Labo Deux", "Nice")])
    )
    assert record.affiliations == ("Labo Un, Brest, France", "Labo Deux, Nice, France")
    assert record.affiliation_ids == ()


@pytest.mark.parametrize("day", ["2023-11-05", ["2023-11-05"], [{"@_fa": "true", "$": "2023-11-05"}]])
def test_a_date_may_be_a_list(day: object) -> None:
    record = record_of(entry(7, **{"prism:coverDate": day}))
    assert (record.year, str(record.published_on)) == (2023, "2023-11-05")


def test_the_labels_of_open_access_are_kept() -> None:
    label = {"value": [{"$": "All Open Access"}, {"$": "Gold"}]}
    assert record_of(entry(7, freetoreadLabel=label)).open_access == ("All Open Access", "Gold")
    assert record_of(entry(7, openaccess="1")).open_access == ("All Open Access",)
    assert record_of(entry(7, openaccessFlag=True)).open_access == ("All Open Access",)


@pytest.mark.parametrize("isbn", ["[9780306406157]", ["9780306406157"], [{"@_fa": "true", "$": "0306406152"}]])
def test_an_isbn_takes_several_shapes(isbn: object) -> None:
    assert record_of(entry(7, **{"prism:isbn": isbn})).isbns == ("9780306406157",)


def test_a_retracted_article_and_one_in_press_are_told() -> None:
    assert record_of(entry(7, subtype="tb", subtypeDescription="Retracted")).is_retracted
    assert record_of(entry(7, subtype="ip", subtypeDescription="Article in Press")).stage == "aip"


def test_an_unknown_type_is_told() -> None:
    record = record_of(entry(7, subtype="zz", subtypeDescription="Hologram"))
    assert (record.type, record.raw_type) == (DocumentType.OTHER, "Hologram")
    assert [each.code for each in remarks([record])] == ["unknown_types"]


def test_the_identifier_serves_where_the_eid_is_missing() -> None:
    assert record_of({"dc:identifier": "SCOPUS_ID:85000000007", "dc:title": "Fog"}).key == "85000000007"


def test_without_identifier_a_key_is_made_of_what_is_said() -> None:
    assert record_of({"prism:doi": "10.1234/x", "dc:title": "Fog"}).key.startswith("doi:10.1234/x#")
    assert record_of({"dc:title": "Fog harvesting"}).key.startswith("text:")


@pytest.mark.parametrize("value", [None, "text", 3, [], {}, {"dc:title": "[No title available]"}])
def test_what_is_no_document_is_refused(value: object) -> None:
    with pytest.raises(gathering.UnfitError):
        record_of(value)


@pytest.mark.parametrize("value", [None, "", 3, [], {}, [[]], [None], {"$": None}, [{"$": {}}], "\u0000", -1, True])
@pytest.mark.parametrize("name", [*entry(0), "prism:isbn", "freetoreadLabel"])
def test_whatever_a_value_is_there_is_a_record(name: str, value: object) -> None:
    assert record_of(entry(7, **{name: value})).title in {"", "Bread ovens and CO2, study number 7", "3", "-1"}


def test_the_quota_is_whole_again_in_seconds_or_in_milliseconds() -> None:
    for reset in ("1620518400", "1620518400000"):
        quota = quota_of({"X-RateLimit-Remaining": "12", "X-RateLimit-Reset": reset})
        assert (quota.remaining, quota.resets_at) == (12, datetime(2021, 5, 9, tzinfo=UTC))


@pytest.mark.parametrize("told", ["", "soon", "-3", "1.5", "9" * 14, "9" * 30])
def test_a_quota_that_makes_no_sense_is_unknown(told: str) -> None:
    assert quota_of({"X-RateLimit-Remaining": told, "X-RateLimit-Reset": told}) == Quota()


def test_no_source_makes_anybody_wait_for_more_than_a_day() -> None:
    assert retry_after({"Retry-After": "9" * 12}) == 86_400
