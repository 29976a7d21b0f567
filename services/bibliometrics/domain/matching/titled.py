"""The rules that look at titles: under one DOI or PubMed identifier, and under one title alone."""

from collections.abc import Iterator, Sequence
from itertools import chain, combinations

from .doubts import Doubt, Proposals
from .generic import generic
from .groups import Groups
from .pairing import CROWD, CROWDED_TITLE, alike_pairs, begun_pairs, equal_pairs, one_of_each
from .titles import agree
from .traits import Traits, clash, same_origin, same_year, two_dois
from .words import Crowd, Link, Reason, Rule

_DISAGREEING = {Rule.DOI: Reason.SAME_DOI, Rule.PUBMED_ID: Reason.SAME_PUBMED_ID}


def under_identifier(rule: Rule, text: str, members: Sequence[Traits], groups: Groups, found: Proposals) -> None:
    """Link the records of one DOI or PubMed identifier whose titles agree; a container's DOI links no introductions."""
    token = f"{rule}:{text}"
    doubts: list[Doubt] = []
    several = any(not agree(members[0].key, each.key) for each in members)
    for one, other in _open(_pairs(members), groups):
        saying_nothing = several and (generic(one.key) or generic(other.key))
        reason = Reason.AMBIGUOUS if saying_nothing else _objection_under_identifier(rule, one, other)
        if reason is None:
            found.links.append(Link(one.ref, other.ref, rule, text))
        else:
            doubts.append((reason, one.ref, other.ref))
    found.doubt(token, len(members), doubts)
    if len(one_of_each(members)) > CROWD:
        found.crowded.append(Crowd(token, len(members)))


def _pairs(members: Sequence[Traits]) -> Iterator[tuple[Traits, Traits]]:
    """All those that are alike; of many records, one title and kind in a chain, and one of each with the others."""
    if len(members) <= CROWDED_TITLE:
        return chain(alike_pairs(members), begun_pairs(members))
    each = one_of_each(members)
    if len(each) > CROWD:
        return equal_pairs(members)
    return chain(equal_pairs(members), alike_pairs(each), begun_pairs(each))


def _open(pairs: Iterator[tuple[Traits, Traits]], groups: Groups) -> Iterator[tuple[Traits, Traits]]:
    """The pairs that may be one document, and are not yet."""
    for one, other in pairs:
        if not (clash(one, other) or groups.together(one.ref, other.ref) or groups.apart(one.ref, other.ref)):
            yield one, other


def _objection_under_identifier(rule: Rule, one: Traits, other: Traits) -> Reason | None:
    """Why one identifier is not enough for these; nothing where it is."""
    if not agree(one.key, other.key):
        return _DISAGREEING[rule]
    return Reason.DIFFERENT_DOI if two_dois(one, other) else None


def under_title(key: str, members: Sequence[Traits], groups: Groups, found: Proposals) -> None:
    """Link the records of one telling title, of one year or two in a row, by one first author or in one place."""
    if len(members) > CROWDED_TITLE:
        found.crowded.append(Crowd(f"title:{key}", len(members)))
        return
    doubts: list[Doubt] = []
    for one, other in combinations(members, 2):
        if groups.together(one.ref, other.ref) or groups.apart(one.ref, other.ref) or _years_apart(one, other):
            continue
        if one.is_notice is other.is_notice:
            reason = _objection(one, other)
            if reason is None:
                found.links.append(Link(one.ref, other.ref, Rule.TITLE, one.record.title))
            else:
                doubts.append((reason, one.ref, other.ref))
    found.doubt(f"title:{key}", len(members), doubts)


def _years_apart(one: Traits, other: Traits) -> bool:
    return one.year is not None and other.year is not None and not same_year(one, other)


def _objection(one: Traits, other: Traits) -> Reason | None:
    """Why one title is not enough for these; nothing where it is."""
    if two_dois(one, other):
        return Reason.DIFFERENT_DOI
    if clash(one, other) or one.state is not other.state:
        return Reason.DIFFERENT_TYPE
    return None if same_year(one, other) and same_origin(one, other) else Reason.SAME_TITLE
