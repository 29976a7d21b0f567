"""A publication is made of the best that its sources say, whatever the order in which they said it."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.bibliometrics.domain.consolidation import consolidated
from services.bibliometrics.domain.publication import Author, DocumentType, Goals, Percentile, Record, Source

SCOPUS = Record(
    source=Source.SCOPUS,
    key="85000000001",
    title="Lakes under ice",
    year=2024,
    type=DocumentType.ARTICLE,
    raw_type="Article",
    eid="85000000001",
    authors=(Author(name="Martin A."), Author(name="Durand B.")),
    citations=0,
)
SCIVAL = Record(
    source=Source.SCIVAL,
    key="85000000001",
    title="Lakes Under Ice",
    year=2024,
    type=DocumentType.ARTICLE,
    raw_type="Article",
    eid="85000000001",
    doi="10.1000/lakes",
    author_count=3,
    citations=4,
    field_weighted=Percentile(value=Decimal(7), column="Field-Weighted Outputs in Top Citation Percentiles"),
    plain=Percentile(value=None, column="Outputs in Top Citation Percentiles"),
    goals=(Goals(numbers=(13,), mapping="2023"), Goals(numbers=(), mapping="2025")),
    open_access=("Gold",),
)
HAL = Record(
    source=Source.HAL,
    key="hal-0001",
    title="Lacs sous la glace",
    year=2023,
    type=DocumentType.CONFERENCE_PAPER,
    raw_type="COMM",
    hal_id="hal-0001",
    doi="10.1000/autre",
    issns=("12345678",),
    published_on=date(2023, 11, 2),
)
OPENALEX = Record(
    source=Source.OPENALEX,
    key="W1",
    title="lakes under ice",
    openalex_id="W1",
    citations=9,
    field_weighted=Percentile(value=Decimal(1), column="citation_normalized_percentile"),
    goals=(Goals(numbers=(6,), mapping="openalex"),),
)
ALL = [SCOPUS, SCIVAL, HAL, OPENALEX]


def test_each_field_is_that_of_the_first_source_that_fills_it() -> None:
    found = consolidated(ALL)
    assert (found.title, found.year, found.raw_type) == ("Lakes under ice", 2024, "Article")
    assert (found.doi, found.open_access) == ("10.1000/lakes", ("Gold",))
    assert (found.eid, found.hal_id, found.openalex_id) == ("85000000001", "hal-0001", "W1")
    assert (found.issns, found.published_on) == (("12345678",), date(2023, 11, 2))


def test_it_keeps_its_sources_and_the_references_of_its_records() -> None:
    found = consolidated(ALL)
    assert found.refs == ("hal:hal-0001", "openalex:W1", "scival:85000000001", "scopus:85000000001")
    assert found.sources == (Source.SCOPUS, Source.SCIVAL, Source.HAL, Source.OPENALEX)


def test_its_id_is_that_of_its_preferred_source_and_then_the_smallest() -> None:
    other = Record(source=Source.HAL, key="hal-0000", title="Lacs sous la glace")
    assert consolidated([OPENALEX, HAL, SCIVAL]).id == "scival:85000000001"
    assert consolidated([OPENALEX, HAL, other]).id == "hal:hal-0000"


def test_its_id_may_be_given() -> None:
    assert consolidated([SCOPUS], "lacs").id == "lacs"


def test_no_citation_in_scopus_is_a_number_of_citations() -> None:
    found = consolidated([SCIVAL, SCOPUS])
    assert (found.citations, found.cited_in) == (0, Source.SCOPUS)


def test_citations_are_unknown_where_no_source_counts_them() -> None:
    found = consolidated([HAL])
    assert (found.citations, found.cited_in) == (None, None)


def test_percentiles_are_those_of_scival_alone() -> None:
    found = consolidated(ALL)
    assert found.field_weighted == SCIVAL.field_weighted
    assert consolidated([SCOPUS, OPENALEX]).field_weighted is None


def test_an_empty_percentile_gives_way_to_a_known_one_and_still_says_that_the_column_was_there() -> None:
    empty = Record(
        source=Source.SCIVAL, key="1", title="Lakes", field_weighted=Percentile(value=None, column="Field-Weighted")
    )
    assert consolidated([empty, SCIVAL]).field_weighted == SCIVAL.field_weighted
    assert consolidated([empty]).field_weighted == empty.field_weighted


def test_goals_keep_one_entry_a_mapping_and_openalex_apart() -> None:
    assert consolidated(ALL).goals == (
        Goals(numbers=(13,), mapping="2023"),
        Goals(numbers=(), mapping="2025"),
        Goals(numbers=(6,), mapping="openalex"),
    )


def test_of_one_mapping_the_entry_that_finds_a_goal_is_kept() -> None:
    again = Record(
        source=Source.SCIVAL,
        key="99",
        title="Lakes",
        goals=(Goals(numbers=(), mapping="2023"), Goals(numbers=(7,), mapping="2025")),
    )
    assert consolidated([SCIVAL, again]).goals == (
        Goals(numbers=(13,), mapping="2023"),
        Goals(numbers=(7,), mapping="2025"),
    )


def test_without_a_record_there_is_no_publication() -> None:
    with pytest.raises(ValueError, match="au moins une notice"):
        consolidated([])


@given(st.permutations([*ALL, Record(source=Source.HAL, key="hal-0001", title="Autre version", year=2022)]))
def test_the_order_of_the_records_does_not_matter(records: list[Record]) -> None:
    found = consolidated(records)
    assert found == consolidated(records[::-1])
    assert found.id == "scopus:85000000001"
