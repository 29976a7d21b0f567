"""Which pairs of records are worth comparing, found without comparing them all one by one."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import attrgetter

from rapidfuzz import fuzz, process

from .generic import generic
from .titles import alike
from .traits import Traits

CROWD = 200
"""How many records may share an identifier, or how their titles begin or end, and still be compared."""

CROWDED_TITLE = 50
"""How many records may share a whole title, and it still says which document it is."""

_CUTOFF = 84.9  # of the quick comparison, in hundredths and in floats; the exact one decides
_Pairs = Iterator[tuple[Traits, Traits]]


def alike_pairs(first: Sequence[Traits], others: Sequence[Traits] = ()) -> _Pairs:
    """The pairs whose titles are alike or equal, of which one at least is among the first."""
    members = [*first, *others]
    keys = [each.key for each in members]
    for place, one in enumerate(first, start=1):
        for _, _, index in process.extract(one.key, keys[place:], scorer=fuzz.ratio, score_cutoff=_CUTOFF, limit=None):
            other = members[place + index]
            if alike(one.key, other.key):
                yield one, other


def begun_pairs(members: Sequence[Traits]) -> _Pairs:
    """The pairs of which one title begins the other without being alike, as one without its subtitle does."""
    ordered = sorted(members, key=attrgetter("key", "ref"))
    for place, one in enumerate(ordered):
        for other in ordered[place + 1 :]:
            if not one.key or not other.key.startswith(one.key):
                break
            if not generic(one.key) and not alike(one.key, other.key):
                yield one, other


def equal_pairs(members: Sequence[Traits]) -> _Pairs:
    """The pairs of one title and kind that follow one another: enough to bring all of them together."""
    for one, other in pairwise(sorted(members, key=lambda each: (*_kind(each), each.ref))):
        if one.key and _kind(one) == _kind(other):
            yield one, other


def one_of_each(members: Sequence[Traits]) -> list[Traits]:
    """One record of each title and kind."""
    return list({_kind(each): each for each in members}.values())


def _kind(each: Traits) -> tuple[str, str, str, str]:
    return (each.key, str(each.extent), str(each.state), each.doi)
