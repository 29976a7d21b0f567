"""What holds of counts whatever was published: sums, overlaps, pairs, shares, perimeters, and no order."""

from collections import Counter
from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from services.bibliometrics.domain.counting.counts import Counts
from services.bibliometrics.domain.counting.measuring import count
from services.bibliometrics.domain.counting.rows import Counted, Wanted
from services.bibliometrics.domain.publication import DocumentType, Goals, Percentile
from services.bibliometrics.domain.registry import MeasureKind, Perimeter

SCHOOLS = ("lac", "delta", "mer", "cime")
_HALF = Decimal("0.00005")
_schools = st.frozensets(st.sampled_from([*SCHOOLS, "ailleurs"]))
_percentiles = st.none() | st.builds(
    Percentile, value=st.none() | st.integers(0, 99).map(Decimal), column=st.sampled_from(["FW", "Field-Weighted"])
)
_goals = st.builds(
    Goals,
    numbers=st.frozensets(st.integers(1, 17), max_size=3).map(tuple),
    mapping=st.sampled_from(["", "2021", "2023", "openalex"]),
)


@st.composite
def publications(draw: st.DrawFn) -> Counted:
    """Whoever signs as permanent staff signs for the whole institution."""
    whole, in_name = draw(_schools), draw(st.booleans())
    return Counted(
        id=draw(st.text("0123456789", min_size=3, max_size=3)),
        year=draw(st.sampled_from([2023, 2024, None])),
        type=draw(st.sampled_from(list(DocumentType))),
        permanent=whole & draw(_schools),
        whole=whole,
        group_permanent=in_name and draw(st.booleans()),
        group_whole=in_name,
        percentile=draw(_percentiles),
        plain=draw(_percentiles),
        goals=tuple(draw(st.lists(_goals, max_size=3, unique_by=lambda goals: goals.mapping))),
        excluded=draw(st.sampled_from([None, None, "erratum", "retracted"])),
    )


rows = st.lists(publications(), max_size=30)
wanted = st.builds(
    Wanted,
    measure=st.sampled_from(list(MeasureKind)),
    perimeter=st.sampled_from(list(Perimeter)),
    year=st.sampled_from([None, 2023, 2024]),
    goals_wanted=st.just(frozenset({3, 7, 9, 11, 12})),
)


def publications_of(rows: list[Counted], perimeter: Perimeter) -> Counts:
    return count(rows, SCHOOLS, Wanted(measure=MeasureKind.PUBLICATIONS, perimeter=perimeter))


@given(rows, wanted)
def test_the_sum_without_the_overlap_is_the_distinct_publications(rows: list[Counted], wanted: Wanted) -> None:
    found = count(rows, SCHOOLS, wanted)
    assert found.sum - found.overlap == found.distinct
    assert max((each.count for each in found.entities), default=0) <= found.distinct <= found.sum
    assert found.distinct + found.group_only + found.unattributed <= len(rows)


@given(rows, wanted)
def test_pairs_say_no_more_than_what_is_shared(rows: list[Counted], wanted: Wanted) -> None:
    found = count(rows, SCHOOLS, wanted)
    counts = {each.entity: each.count for each in found.entities}
    assert all(0 < pair.count <= min(counts[pair.first], counts[pair.second]) for pair in found.matrix)
    assert (found.overlap == 0) == (found.matrix == ())
    assert found.overlap <= sum(pair.count for pair in found.matrix)


@given(rows)
def test_pairs_are_those_of_each_publication(rows: list[Counted]) -> None:
    counted = [len(row.whole & {*SCHOOLS}) for row in rows if row.excluded is None]
    found = publications_of(rows, Perimeter.WHOLE)
    assert sum(pair.count for pair in found.matrix) == sum(signers * (signers - 1) // 2 for signers in counted)


@given(rows, wanted)
def test_fractional_counts_add_up_to_the_distinct_publications(rows: list[Counted], wanted: Wanted) -> None:
    found = count(rows, SCHOOLS, wanted)
    total = sum((each.fractional for each in found.entities), Decimal(0))
    assert abs(total - found.distinct) <= _HALF * len(SCHOOLS)
    assert all(each.fractional <= each.count for each in found.entities)


@given(rows)
def test_the_permanent_staff_never_sign_more_than_the_whole_institution(rows: list[Counted]) -> None:
    permanent, whole = (publications_of(rows, perimeter) for perimeter in Perimeter)
    pairs = zip(permanent.entities, whole.entities, strict=True)
    assert all(one.count <= other.count for one, other in pairs)
    assert permanent.distinct <= whole.distinct
    assert permanent.distinct + permanent.group_only <= whole.distinct + whole.group_only
    assert permanent.unattributed == whole.unattributed


@given(rows, wanted, st.randoms())
def test_the_order_of_the_rows_does_not_matter(rows: list[Counted], wanted: Wanted, random: Random) -> None:
    shuffled = random.sample(rows, len(rows))
    assert count(shuffled, SCHOOLS, wanted) == count(rows, SCHOOLS, wanted)


@given(rows, wanted)
def test_no_measure_counts_more_than_the_publications(rows: list[Counted], wanted: Wanted) -> None:
    every = Wanted(measure=MeasureKind.PUBLICATIONS, perimeter=wanted.perimeter, year=wanted.year)
    found, all_of_them = count(rows, SCHOOLS, wanted), count(rows, SCHOOLS, every)
    assert found.distinct <= all_of_them.distinct
    assert Counter(all_of_them.excluded) <= Counter(found.excluded)


@given(rows, st.sampled_from(list(Perimeter)))
def test_a_share_is_of_what_is_known_and_lies_in_its_interval(rows: list[Counted], perimeter: Perimeter) -> None:
    found = count(rows, SCHOOLS, Wanted(measure=MeasureKind.TOP_10, perimeter=perimeter))
    for count_, share in [*((each.count, each.share) for each in found.entities), (found.distinct, found.share)]:
        if share is not None and share.value is not None:
            assert share.low is not None
            assert share.high is not None
            assert 0 <= count_ <= share.known
            assert share.low <= share.value <= share.high
