"""What holds of matching whatever the records, in whatever order they come, and however many come with them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from services.bibliometrics.domain.matching import NEAR, Decision, Verdict, cluster, ref, tokens
from services.bibliometrics.domain.publication import DocumentType, Record

from .bibliometrics_records import OTHER_TITLE, TITLE, record

TITLES = [
    TITLE,
    f"{TITLE} I",
    f"Erratum to: {TITLE}",
    f"RETRACTED: {TITLE}",
    OTHER_TITLE,
    OTHER_TITLE[:-3],
    "Introduction",
    "",
]
REFS = [f"{source}:{number}" for source in ("scopus", "scival", "hal", "openalex") for number in range(3)]
TYPES = [DocumentType.ARTICLE, DocumentType.BOOK, DocumentType.BOOK_CHAPTER, DocumentType.ERRATUM, DocumentType.UNKNOWN]


@st.composite
def corpora(draw: st.DrawFn) -> list[Record]:
    chosen = draw(st.lists(st.sampled_from(REFS), min_size=1, max_size=9, unique=True))
    return [
        record(
            name,
            draw(st.sampled_from(TITLES)),
            first_author=draw(st.sampled_from(["Arvel M.", "Brun P.", "Maud Arvel", "Maud Brun"])),
            isbns=draw(st.sampled_from([(), ("9782000000011",), ("9782000000011", "9782000000028")])),
            year=draw(st.sampled_from([2022, 2023, 2024, None])),
            doi=draw(st.sampled_from(["", "", "10.1/a", "10.1/b"])),
            pubmed_id=draw(st.sampled_from(["", "", "333"])),
            type=draw(st.sampled_from(TYPES)),
        )
        for name in chosen
    ]


names = st.sampled_from(REFS)
decisions = st.lists(st.builds(Decision, names, names, st.sampled_from(Verdict)), max_size=4)


@given(corpora(), decisions, st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_the_order_of_records_and_of_decisions_changes_nothing(
    records: list[Record], said: list[Decision], chance: Random
) -> None:
    shuffled, told = list(records), [Decision(each.right, each.left, each.verdict) for each in said]
    chance.shuffle(shuffled)
    chance.shuffle(told)
    assert cluster(shuffled, told) == cluster(records, said)


@given(corpora(), decisions)
@settings(max_examples=150, deadline=None)
def test_each_record_is_in_one_cluster_and_links_hold_it_together(records: list[Record], said: list[Decision]) -> None:
    matching = cluster(records, said)
    assert sorted(name for each in matching.clusters for name in each.refs) == sorted(map(ref, records))
    for each in matching.clusters:
        assert len(each.links) == len(each.refs) - 1
        assert {name for link in each.links for name in (link.left, link.right)} <= set(each.refs)


@given(corpora(), decisions)
@settings(max_examples=150, deadline=None)
def test_what_is_distinct_is_never_one_and_what_is_decided_is_never_reviewed(
    records: list[Record], said: list[Decision]
) -> None:
    matching = cluster(records, said)
    distinct = [
        {each.left, each.right} for each in said if each.verdict is Verdict.DISTINCT and each.left != each.right
    ]
    assert not [pair for pair in distinct for each in matching.clusters if pair <= set(each.refs)]
    looked_at = [{each.left, each.right} for each in matching.review]
    assert not [each for each in said if {each.left, each.right} in looked_at]


@given(corpora(), decisions)
@settings(max_examples=150, deadline=None)
def test_clusters_of_a_set_closed_under_tokens_are_those_of_the_whole(
    records: list[Record], said: list[Decision]
) -> None:
    parts = connected(records, said, near=False)
    whole = cluster(records, said)
    alone = [cluster(part, said) for part in parts]
    assert sorted((each for one in alone for each in one.clusters), key=lambda each: each.refs) == list(whole.clusters)
    assert sorted((each for one in alone for each in one.containers), key=lambda each: each.doi) == list(
        whole.containers
    )


@given(corpora(), decisions)
@settings(max_examples=150, deadline=None)
def test_review_of_a_set_closed_under_all_tokens_is_that_of_the_whole(
    records: list[Record], said: list[Decision]
) -> None:
    alone = [cluster(part, said) for part in connected(records, said, near=True)]
    found = sorted((each for one in alone for each in one.review), key=lambda each: (each.left, each.right))
    assert found == list(cluster(records, said).review)


def connected(records: Iterable[Record], said: Iterable[Decision], *, near: bool) -> list[Sequence[Record]]:
    """The records in parts that share no token, and no decision that they are one or distinct."""
    parts: list[tuple[set[str], list[Record]]] = []
    bonds = defaultdict(set)
    for number, decision in enumerate(said):
        bonds[decision.left].add(f"decision:{number}")
        bonds[decision.right].add(f"decision:{number}")
    for each in records:
        own = {token for token in tokens(each) if near or not token.startswith(NEAR)} | bonds[ref(each)]
        met = [part for part in parts if part[0] & own]
        parts = [part for part in parts if not part[0] & own]
        parts.append((own.union(*(part[0] for part in met)), [each, *(one for part in met for one in part[1])]))
    return [part[1] for part in parts]
