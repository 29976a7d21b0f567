"""Titles that are nearly the same: never joined, looked at by a person."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from .doubts import Doubt, Proposals
from .groups import Groups
from .pairing import CROWD, alike_pairs
from .tokens import near_tokens
from .traits import Traits, clash, two_dois
from .words import Crowd, Reason


def compare_near(traits: Iterable[Traits], groups: Groups, found: Proposals) -> None:
    """Doubt the records whose titles are alike among those that begin or end the same within a year."""
    blocks: defaultdict[str, list[Traits]] = defaultdict(list)
    for each in traits:
        for token in near_tokens(each):
            blocks[token].append(each)
    for token, sharing in blocks.items():
        members = _once(sharing, groups) if len(sharing) > 1 else sharing
        if len(members) > CROWD:
            found.crowded.append(Crowd(token, len(members)))
        elif len(members) > 1:
            found.doubt(token, len(members), list(_doubts(token, members, groups)))


def _once(members: Iterable[Traits], groups: Groups) -> list[Traits]:
    """One record for each title of a publication in a year."""
    return list({(groups.root(each.ref), each.key, each.year): each for each in members}.values())


def _doubts(token: str, members: Sequence[Traits], groups: Groups) -> Iterator[Doubt]:
    """Those of which one at least is of the token's year; two of the year before have a token of that year."""
    year = int(token.rpartition(":")[2])
    late = [each for each in members if each.year == year]
    for one, other in alike_pairs(late, [each for each in members if each.year != year]):
        if one.key != other.key and not clash(one, other) and not groups.together(one.ref, other.ref):
            yield Reason.DIFFERENT_DOI if two_dois(one, other) else Reason.FUZZY_TITLE, one.ref, other.ref
