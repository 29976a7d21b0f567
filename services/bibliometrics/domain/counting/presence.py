"""Counts of presence: a publication once for each member that signs it, however many authors, and once for all."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from .counts import Common, EntityCount
from .rows import Counted
from .scope import Scope

_PLACES = 4


@dataclass(frozen=True, slots=True)
class Presence:
    """How many publications each company of members signs; nobody's are those in the group's name alone."""

    members: tuple[str, ...]
    companies: Counter[tuple[str, ...]]

    @property
    def distinct(self) -> int:
        return self.companies.total() - self.group_only

    @property
    def group_only(self) -> int:
        return self.companies[()]

    def entities(self) -> tuple[EntityCount, ...]:
        """Every member, in order."""
        counts: Counter[str] = Counter()
        parts: dict[str, Fraction] = dict.fromkeys(self.members, Fraction(0))
        for company, count in self.companies.items():
            for member in company:
                counts[member] += count
                parts[member] += Fraction(count, len(company))
        return tuple(EntityCount(member, counts[member], _decimal(parts[member])) for member in self.members)

    def matrix(self) -> tuple[Common, ...]:
        pairs: Counter[tuple[str, str]] = Counter()
        for company, count in self.companies.items():
            for pair in combinations(company, 2):
                pairs[pair] += count
        return tuple(Common(*pair, pairs[pair]) for pair in combinations(self.members, 2) if pairs[pair])


def presence_in(rows: Iterable[Counted], scope: Scope) -> Presence:
    """Rows are first added up by who signs them: the sets of signers are few."""
    companies: Counter[tuple[str, ...]] = Counter()
    for signers, count in Counter(map(scope.signers, rows)).items():
        companies[in_order(signers, scope.members)] += count
    return Presence(scope.members, companies)


def by_reason(excluded: Counter[str]) -> dict[str, int]:
    return {reason: excluded[reason] for reason in sorted(excluded) if excluded[reason]}


def in_order(signers: frozenset[str], members: Sequence[str]) -> tuple[str, ...]:
    return tuple(member for member in members if member in signers)


def _decimal(part: Fraction) -> Decimal:
    """To four decimals, half to even, exactly: a fraction of integers is never written in binary."""
    return Decimal(round(part * 10**_PLACES)).scaleb(-_PLACES)
