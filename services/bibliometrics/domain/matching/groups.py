"""Who is with whom so far, and who must never be."""

from collections import defaultdict
from collections.abc import Iterable

from .words import Ref


class Groups:
    """Sets of refs that grow by being joined, except those that a pair of `apart` keeps from it."""

    def __init__(self, refs: Iterable[Ref], apart: Iterable[tuple[Ref, Ref]] = ()) -> None:
        self._parent = {ref: ref for ref in refs}
        self._members = {ref: [ref] for ref in self._parent}
        self._apart: defaultdict[Ref, set[Ref]] = defaultdict(set)
        for one, other in apart:
            self._apart[one].add(other)
            self._apart[other].add(one)

    def root(self, ref: Ref) -> Ref:
        """The ref that stands for a set until it is joined again."""
        parent = self._parent
        while parent[ref] != ref:
            parent[ref] = parent[parent[ref]]
            ref = parent[ref]
        return ref

    def members(self, root: Ref) -> list[Ref]:
        return self._members[root]

    def all(self) -> Iterable[list[Ref]]:
        return self._members.values()

    def together(self, one: Ref, other: Ref) -> bool:
        return self.root(one) == self.root(other)

    def apart(self, one: Ref, other: Ref) -> bool:
        """Whether a pair keeps the sets of these from being one."""
        return self.root(other) in self._apart.get(self.root(one), ())

    def join(self, one: Ref, other: Ref) -> bool:
        """Make one set of two; false where they are one already, or kept apart."""
        winner, loser = self.root(one), self.root(other)
        if winner == loser or self.apart(winner, loser):
            return False
        if len(self._members[winner]) < len(self._members[loser]):
            winner, loser = loser, winner
        self._parent[loser] = winner
        self._members[winner].extend(self._members.pop(loser))
        self._inherit(winner, loser)
        return True

    def _inherit(self, winner: Ref, loser: Ref) -> None:
        for each in self._apart.pop(loser, ()):
            self._apart[each].remove(loser)
            self._apart[each].add(winner)
            self._apart[winner].add(each)
