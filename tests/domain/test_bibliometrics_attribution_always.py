"""What holds of every attribution, whatever the records, the rules and their order."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from services.bibliometrics.domain.attribution import Attribution, Ruling, Verdict, attribute
from services.bibliometrics.domain.publication import Author, Record, Source
from services.bibliometrics.domain.registry import Affiliation, AffiliationKind, Employment, Perimeter

from .bibliometrics_schools import rules

ENTITIES = st.sampled_from(["imt", "imt-bs", "telecom-paris"])
WORDS = st.lists(st.sampled_from(["mines", "telecom", "paris", "ecole"]), min_size=1, max_size=4).map(" ".join)
PATTERNS = WORDS | st.sampled_from(["mines * paris", "tele*", "* ecole *", "e* paris"])
YEARS = st.sampled_from([None, "2020", "2022"])
PEOPLE = st.sampled_from(["Durand, Marie", "Durand M.", "Petit, Luc", "Durand, Michel"])
IDS = st.sampled_from(["scopus:1", "scopus:2"])
names = st.builds(
    Affiliation, entity=ENTITIES, kind=st.just(AffiliationKind.NAME), value=PATTERNS, valid_from=YEARS
)  # fmt: skip
identifiers = st.builds(
    Affiliation, entity=ENTITIES, kind=st.just(AffiliationKind.SCOPUS), value=st.sampled_from(["1", "2"])
)  # fmt: skip
single_words = st.builds(
    Affiliation, entity=ENTITIES, kind=st.just(AffiliationKind.NAME), value=st.sampled_from(["mines", "paris", "ecole"])
)
staff = st.builds(
    Employment, person=st.sampled_from("abc"), entity=ENTITIES,
    category=st.sampled_from(["EC", "chercheur", "doctorant"]),
    fte=st.just(Decimal(1)), start=YEARS, name=PEOPLE, scopus_author_id=st.sampled_from([None, "7", "8"]),
)  # fmt: skip
authors = st.builds(
    Author, full_name=PEOPLE, scopus_id=st.sampled_from(["", "7", "8"]),
    affiliations=st.lists(WORDS, max_size=2).map(tuple), affiliation_ids=st.lists(IDS, max_size=1).map(tuple),
)  # fmt: skip
records = st.lists(
    st.builds(
        Record, source=st.sampled_from(Source), key=st.sampled_from("12"), title=st.just("Un titre"),
        authors=st.lists(authors, max_size=3).map(tuple), affiliations=st.lists(WORDS, max_size=2).map(tuple),
        datasets=st.lists(WORDS, max_size=1).map(tuple),
    ),
    max_size=3,
)  # fmt: skip
signatures = st.lists(names | identifiers, max_size=6)
people = st.lists(staff, max_size=4)
decisions = st.lists(
    st.builds(Ruling, entity=ENTITIES, perimeter=st.sampled_from(Perimeter), verdict=st.sampled_from(Verdict)),
    max_size=3,
)  # fmt: skip
years = st.sampled_from([None, 2019, 2021, 2023])


@given(records, years, signatures, people, decisions)
def test_permanent_is_within_whole_and_every_attribution_is_explained_once(
    some: list[Record], year: int | None, signed: list[Affiliation], staffed: list[Employment], decided: list[Ruling]
) -> None:
    found = attribute(some, year, rules(*staffed, affiliations=tuple(signed)), decided)
    for each in found:
        assert each.whole
        assert each.evidence
        assert len({(e.perimeter, e.rule, e.value, e.record) for e in each.evidence}) == len(each.evidence)
        assert each.permanent <= any(e.perimeter is Perimeter.PERMANENT and e.value != "removed" for e in each.evidence)
    assert [each.entity for each in found] == sorted({each.entity for each in found})


@given(st.data(), records, years, signatures, people)
def test_no_order_changes_anything(
    data: st.DataObject, some: list[Record], year: int | None, signed: list[Affiliation], staffed: list[Employment]
) -> None:
    shuffled = [replace(each, authors=tuple(data.draw(st.permutations(each.authors)))) for each in some]
    other = rules(
        *data.draw(st.permutations(staffed)), affiliations=tuple(data.draw(st.permutations(signed)))
    )  # fmt: skip
    again = attribute(data.draw(st.permutations(shuffled)), year, other)
    assert again == attribute(some, year, rules(*staffed, affiliations=tuple(signed)))


@given(records, years, signatures, people, identifiers)
def test_one_more_identifier_takes_nothing_from_anyone(
    some: list[Record], year: int | None, signed: list[Affiliation], staffed: list[Employment], more: Affiliation
) -> None:
    before = attribute(some, year, rules(*staffed, affiliations=tuple(signed)))
    after = attribute(some, year, rules(*staffed, affiliations=(*signed, more)))
    assert _held(before) <= _held(after)


@given(records, years, signatures, people, single_words)
def test_one_more_name_of_a_single_word_takes_nothing_from_anyone(
    some: list[Record], year: int | None, signed: list[Affiliation], staffed: list[Employment], more: Affiliation
) -> None:
    before = attribute(some, year, rules(*staffed, affiliations=tuple(signed)))
    after = attribute(some, year, rules(*staffed, affiliations=(*signed, more)))
    assert _held(before) <= _held(after)


def _held(found: tuple[Attribution, ...]) -> set[tuple[str, str]]:
    return {(each.entity, "permanent" if kind else "whole") for each in found for kind in {each.permanent, False}}
