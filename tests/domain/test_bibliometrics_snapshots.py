"""What several files say of one record together."""

from datetime import date
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.bibliometrics.domain.publication import Author, DocumentType, Goals, Percentile, Record
from services.bibliometrics.domain.snapshots import Snapshot, merged

from .bibliometrics_records import OTHER_TITLE, TITLE, record

OLD, NEW = date(2024, 3, 1), date(2025, 3, 1)
NAMED = Author(name="Arvel M.")
IDENTIFIED = Author(name="Arvel M.", scopus_id="700")
PLACED = Author(name="Arvel Maud", affiliations=("Institute of Stones, Roc",))


def snapshot(on: date | None, digest: str = "a", **said: Any) -> Snapshot:
    return Snapshot(
        record("scopus:1", **{"authors": (), "type": DocumentType.UNKNOWN, "year": None, **said}), on, digest
    )


def together(*snapshots: Snapshot) -> Record:
    return merged(snapshots)


def test_the_newest_word_wins_and_silence_is_no_word() -> None:
    old = snapshot(OLD, title=TITLE, doi="10.1/old", citations=3, issns=("1234-5678",))
    new = snapshot(NEW, title=OTHER_TITLE, doi="", citations=0)
    found = together(new, old)
    assert (found.title, found.doi, found.citations, found.issns) == (OTHER_TITLE, "10.1/old", 0, ("1234-5678",))


def test_a_file_of_no_day_is_the_oldest() -> None:
    assert together(snapshot(None, "z", doi="10.1/undated"), snapshot(OLD, "a", doi="10.1/old")).doi == "10.1/old"


def test_two_files_of_a_day_are_in_the_order_of_their_digests() -> None:
    assert together(snapshot(OLD, "b", doi="10.1/b"), snapshot(OLD, "a", doi="10.1/a")).doi == "10.1/b"


def test_one_snapshot_is_its_record() -> None:
    said = record("scopus:1", datasets=("imt",), citations=4)
    assert merged([Snapshot(said, NEW, "a")]) == said


def test_the_sets_of_all_files_are_kept() -> None:
    found = together(snapshot(OLD, datasets=("roc", "alp")), snapshot(NEW, datasets=("roc", "bay")))
    assert found.datasets == ("alp", "bay", "roc")


def test_authors_come_from_the_newest_list_when_all_say_as_much() -> None:
    older = Author(name="Arvel A.")
    assert together(snapshot(OLD, authors=(older,)), snapshot(NEW, authors=(NAMED,))).authors == (NAMED,)


def test_a_list_with_affiliations_is_preferred_to_a_newer_one_without() -> None:
    old = snapshot(OLD, authors=(PLACED,), author_count=1)
    new = snapshot(NEW, authors=(IDENTIFIED, NAMED), author_count=2)
    found = together(old, new)
    assert found.authors == (PLACED,)
    assert found.author_count == 1


def test_a_list_with_identifiers_is_preferred_to_a_newer_one_without() -> None:
    assert together(snapshot(OLD, authors=(IDENTIFIED,)), snapshot(NEW, authors=(NAMED,))).authors == (IDENTIFIED,)


def test_authors_are_never_zipped_of_two_lists() -> None:
    found = together(snapshot(OLD, authors=(PLACED,)), snapshot(NEW, authors=(IDENTIFIED,)))
    assert found.authors in {(PLACED,), (IDENTIFIED,)}


def test_a_whole_list_is_preferred_to_a_cut_one_that_says_as_much() -> None:
    cut = snapshot(NEW, authors=(NAMED,), authors_cut=True)
    found = together(snapshot(OLD, authors=(NAMED, NAMED)), cut)
    assert (len(found.authors), found.authors_cut) == (2, False)


def test_a_type_keeps_its_own_wording() -> None:
    old = snapshot(OLD, type=DocumentType.BOOK, raw_type="Book")
    new = snapshot(NEW, type=DocumentType.UNKNOWN, raw_type="Bok")
    found = together(old, new)
    assert (found.type, found.raw_type) == (DocumentType.BOOK, "Book")


def test_goals_are_the_newest_of_each_mapping() -> None:
    old = snapshot(OLD, goals=(Goals(numbers=(3,), mapping="2021"), Goals(numbers=(3, 7), mapping="2023")))
    new = snapshot(NEW, goals=(Goals(numbers=(), mapping="2023"), Goals(numbers=(9,), mapping="2025")))
    assert together(old, new).goals == (
        Goals(numbers=(3,), mapping="2021"),
        Goals(numbers=(), mapping="2023"),
        Goals(numbers=(9,), mapping="2025"),
    )


def test_percentiles_are_those_of_the_newest_file_that_has_their_column() -> None:
    old = snapshot(
        OLD, field_weighted=Percentile(value=Decimal(4), column="FW"), plain=Percentile(value=None, column="P")
    )
    new = snapshot(NEW, plain=Percentile(value=Decimal(9), column="P"))
    found = together(old, new)
    assert found.field_weighted == Percentile(value=Decimal(4), column="FW")
    assert found.plain == Percentile(value=Decimal(9), column="P")


def test_a_document_that_one_file_knows_for_itself_is_not_a_reference_alone() -> None:
    assert not together(snapshot(OLD, is_secondary=False), snapshot(NEW, is_secondary=True)).is_secondary
    assert together(snapshot(OLD, is_secondary=True), snapshot(NEW, is_secondary=True)).is_secondary


def test_a_retraction_is_not_forgotten() -> None:
    assert together(snapshot(OLD, is_retracted=True), snapshot(NEW)).is_retracted


def test_a_no_is_a_word() -> None:
    assert together(snapshot(OLD, reviewed=True), snapshot(NEW, reviewed=False)).reviewed is False


@pytest.mark.parametrize(
    "snapshots", [[], [Snapshot(record("scopus:1"), OLD, "a"), Snapshot(record("scopus:2"), OLD, "b")]]
)
def test_no_version_or_versions_of_two_records_are_refused(snapshots: list[Snapshot]) -> None:
    with pytest.raises(ValueError, match="même notice"):
        merged(snapshots)


authors = st.lists(st.sampled_from([NAMED, IDENTIFIED, PLACED]), max_size=2).map(tuple)
goals = st.lists(
    st.builds(Goals, numbers=st.just((3,)) | st.just(()), mapping=st.sampled_from(["2021", "2023"])), max_size=2
)
some_snapshots = st.builds(
    snapshot,
    st.sampled_from([None, OLD, NEW]),
    st.sampled_from("ab"),
    title=st.sampled_from(["", TITLE, OTHER_TITLE]),
    citations=st.sampled_from([None, 0, 5]),
    type=st.sampled_from([DocumentType.UNKNOWN, DocumentType.BOOK, DocumentType.ARTICLE]),
    raw_type=st.sampled_from(["", "Book", "Article"]),
    authors=authors,
    author_count=st.sampled_from([None, 1, 2]),
    authors_cut=st.booleans(),
    goals=goals.map(tuple),
    datasets=st.sampled_from([(), ("roc",), ("bay", "alp")]),
    is_secondary=st.booleans(),
)


@given(st.lists(some_snapshots, min_size=1, max_size=4))
@settings(max_examples=150, deadline=None)
def test_the_order_of_files_changes_nothing(snapshots: list[Snapshot]) -> None:
    expected = merged(snapshots)
    assert all(merged(shuffled) == expected for shuffled in permutations(snapshots))
