"""Two extractions set side by side: what came, what went, what is told differently, and what is the same."""

from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from services.bibliometrics.domain.comparison import Change, Comparison, Frozen, compare
from services.bibliometrics.domain.publication import DocumentType


def frozen(id: str, refs: str = "", signers: str = "lac", **said: object) -> Frozen:  # noqa: A002  (the row's name)
    """A row, its refs and its signers as words; without refs, its id is its one ref."""
    schools = frozenset(signers.split())
    base = {
        "id": id,
        "refs": tuple((refs or id).split()),
        "title": f"Titre {id}",
        "year": 2024,
        "type": DocumentType.ARTICLE,
        "permanent": frozenset(),
        "whole": schools,
    }
    return Frozen(**base | said)  # type: ignore[arg-type]  # the fields as a test gives them


def ids(changes: tuple[Change, ...]) -> list[str]:
    return [change.id for change in changes]


def everything(found: Comparison) -> list[list[str]]:
    told = (found.added, found.removed, found.moved, found.changed_percentile)
    return [ids(each) for each in (*told, found.changed_year, found.changed_type, found.changed_exclusion)]


def test_an_extraction_is_the_same_as_itself() -> None:
    rows = [frozen("a"), frozen("b")]
    assert everything(compare(rows, rows)) == [[], [], [], [], [], [], []]


def test_what_came_and_what_went() -> None:
    old, new = frozen("a"), frozen("c")
    found = compare([old, frozen("b")], [frozen("b"), new])
    assert found.added == (Change(None, new),)
    assert found.removed == (Change(old, None),)


def test_what_is_attributed_to_others_has_moved() -> None:
    before, after = frozen("a", signers="lac"), frozen("a", signers="lac mer")
    assert compare([before], [after]).moved == (Change(before, after),)


def test_moving_within_the_permanent_perimeter_or_to_the_group_is_moving() -> None:
    before = [frozen("a"), frozen("b")]
    after = [frozen("a", permanent=frozenset({"lac"})), frozen("b", group_whole=True)]
    assert ids(compare(before, after).moved) == ["a", "b"]


def test_each_kind_of_change_is_told_with_before_and_after() -> None:
    before = frozen("a", percentile=Decimal(12))
    after = frozen("a", percentile=Decimal(9), year=2025, type=DocumentType.ERRATUM, excluded="erratum")
    found, change = compare([before], [after]), (Change(before, after),)
    assert (found.changed_percentile, found.changed_year) == (change, change)
    assert (found.changed_type, found.changed_exclusion) == (change, change)
    assert (found.added, found.removed, found.moved) == ((), (), ())


def test_a_percentile_that_appears_has_changed() -> None:
    found = compare([frozen("a")], [frozen("a", percentile=Decimal(9))])
    assert ids(found.changed_percentile) == ["a"]


def test_a_title_alone_is_no_change() -> None:
    assert everything(compare([frozen("a")], [frozen("a", title="Autre")])) == [[], [], [], [], [], [], []]


def test_a_publication_is_known_again_by_its_refs_under_another_id() -> None:
    found = compare([frozen("hal:1", year=2023)], [frozen("scopus:9", "hal:1 scopus:9")])
    assert everything(found) == [[], [], [], [], ["scopus:9"], [], []]


def test_of_two_that_were_merged_the_one_that_brings_most_is_the_same_and_the_other_went() -> None:
    found = compare([frozen("x", "1"), frozen("y", "2 3")], [frozen("z", "1 2 3")])
    assert (ids(found.added), ids(found.removed)) == ([], ["x"])


def test_of_two_that_were_split_the_one_that_kept_its_id_is_the_same_and_the_other_came() -> None:
    found = compare([frozen("x", "1 2 3")], [frozen("x", "1"), frozen("y", "2 3")])
    assert (ids(found.added), ids(found.removed)) == (["y"], [])


def test_with_as_much_in_common_the_smallest_ids_are_the_same() -> None:
    found = compare([frozen("a", "1 2")], [frozen("c", "2"), frozen("b", "1")])
    assert (ids(found.added), ids(found.removed)) == (["c"], [])


_sides = st.lists(
    st.builds(
        lambda place, refs, year: frozen(place, refs, year=year),
        st.sampled_from("abcdefgh"),
        st.frozensets(st.sampled_from("12345678"), min_size=1, max_size=3).map(" ".join),
        st.sampled_from([2023, 2024]),
    ),
    max_size=8,
    unique_by=lambda row: row.id,
)


@given(_sides, _sides, st.randoms())
def test_rows_are_all_accounted_for_whatever_their_order(
    one: list[Frozen], other: list[Frozen], random: Random
) -> None:
    found = compare(one, other)
    assert found == compare(random.sample(one, len(one)), random.sample(other, len(other)))
    assert len(one) - len(found.removed) == len(other) - len(found.added)
    assert ids(found.added) == sorted(ids(found.added))
