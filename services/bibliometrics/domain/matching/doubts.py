"""What the rules propose of records that share something: links, doubts for a person, and what is too much for one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .groups import Groups
from .titles import ratio
from .traits import Traits
from .words import Candidate, Crowd, Link, Reason, Ref

_MANY, _MANY_EACH = 50, 4  # pairs that a person can be shown of one token: a series of volumes would give thousands

Doubt = tuple[Reason, Ref, Ref]
_RANK = {reason: place for place, reason in enumerate(Reason)}


@dataclass(slots=True)
class Proposals:
    """What comes out of comparing the records of some tokens."""

    links: list[Link] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    crowded: list[Crowd] = field(default_factory=list)

    def doubt(self, token: str, size: int, doubts: list[Doubt]) -> None:
        """Keep what a token puts in doubt, unless nobody could look at so many pairs."""
        if len(doubts) > max(_MANY, _MANY_EACH * size):
            self.crowded.append(Crowd(token, size))
        else:
            self.doubts.extend(doubts)


def review(doubts: Iterable[Doubt], groups: Groups, traits: Mapping[Ref, Traits]) -> tuple[Candidate, ...]:
    """The doubts that stand once all is joined: one for two publications, the most telling."""
    best: dict[tuple[Ref, Ref], Candidate] = {}
    for reason, one, other in doubts:
        if groups.together(one, other) or groups.apart(one, other):
            continue
        left, right = sorted((one, other))
        candidate = Candidate(left, right, ratio(traits[left].key, traits[right].key), reason)
        low, high = sorted((groups.root(one), groups.root(other)))
        best[low, high] = min(best.get((low, high), candidate), candidate, key=_rank)
    return tuple(sorted(best.values(), key=lambda each: (each.left, each.right)))


def _rank(candidate: Candidate) -> tuple[int, object, Ref, Ref]:
    return (_RANK[candidate.reason], -candidate.ratio, candidate.left, candidate.right)
