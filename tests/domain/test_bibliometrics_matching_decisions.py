"""What people decide of records comes before every rule."""

from services.bibliometrics.domain.matching import Decision, Link, Matching, Reason, Rule, Verdict, cluster
from services.bibliometrics.domain.publication import Record

from .bibliometrics_records import OTHER_TITLE, TITLE, record


def same(left: str, right: str) -> Decision:
    return Decision(left, right, Verdict.SAME)


def distinct(left: str, right: str) -> Decision:
    return Decision(left, right, Verdict.DISTINCT)


def decided(records: list[Record], *decisions: Decision) -> Matching:
    return cluster(records, decisions)


def refs(matching: Matching) -> list[tuple[str, ...]]:
    return [each.refs for each in matching.clusters]


def test_records_said_to_be_one_are_one_though_all_differs() -> None:
    matching = decided([record("scopus:1"), record("hal:h", OTHER_TITLE, year=2001)], same("scopus:1", "hal:h"))
    assert matching.clusters[0].links == (Link("hal:h", "scopus:1", Rule.DECISION, ""),)


def test_records_said_to_be_distinct_are_so_even_under_one_eid() -> None:
    matching = decided([record("scopus:1"), record("scival:1")], distinct("scival:1", "scopus:1"))
    assert refs(matching) == [("scival:1",), ("scopus:1",)]


def test_records_said_to_be_distinct_do_not_meet_through_a_third() -> None:
    records = [record("hal:a"), record("hal:b"), record("scopus:1")]
    assert refs(decided(records, distinct("hal:a", "hal:b"))) == [("hal:a", "scopus:1"), ("hal:b",)]


def test_distinct_overrules_same_and_the_contradiction_is_told() -> None:
    records = [record("hal:a"), record("hal:b", OTHER_TITLE), record("hal:c", OTHER_TITLE, year=2001)]
    matching = decided(records, same("hal:a", "hal:b"), same("hal:b", "hal:c"), distinct("hal:c", "hal:a"))
    assert refs(matching) == [("hal:a", "hal:b"), ("hal:c",)]
    assert matching.contradicted == (same("hal:b", "hal:c"),)


def test_one_pair_said_both_ways_is_distinct() -> None:
    matching = decided([record("hal:a"), record("hal:b")], same("hal:a", "hal:b"), distinct("hal:b", "hal:a"))
    assert refs(matching) == [("hal:a",), ("hal:b",)]
    assert matching.contradicted == (same("hal:a", "hal:b"),)


def test_a_decided_pair_never_returns_to_review() -> None:
    records = [record("hal:a", TITLE + "s"), record("scopus:1"), record("scival:1")]
    assert len(decided(records).review) == 1
    assert decided(records, distinct("hal:a", "scopus:1")).review == ()
    assert decided(records, same("hal:a", "scopus:1")).review == ()


def test_what_is_said_of_a_record_holds_for_those_of_its_publication() -> None:
    records = [record("scopus:1"), record("scival:1"), record("scopus:2"), record("scival:2")]
    assert refs(decided(records, distinct("scival:1", "scopus:2"))) == [
        ("scival:1", "scopus:1"),
        ("scival:2", "scopus:2"),
    ]


def test_a_decision_settles_what_was_ambiguous() -> None:
    records = [record("scopus:1", doi="10.1/a"), record("scopus:2", doi="10.1/b"), record("hal:h")]
    matching = decided(records, same("hal:h", "scopus:1"))
    assert refs(matching) == [("hal:h", "scopus:1"), ("scopus:2",)]
    assert [each.reason for each in matching.review] == [Reason.AMBIGUOUS]
    assert decided(records, same("hal:h", "scopus:1"), distinct("scopus:1", "scopus:2")).review == ()


def test_a_decision_on_a_record_that_is_not_there_waits() -> None:
    assert refs(decided([record("hal:a")], same("hal:a", "hal:gone"), distinct("hal:a", "hal:gone"))) == [("hal:a",)]
