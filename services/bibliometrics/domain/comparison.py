"""What changed between two extractions: the publications that came, went, moved, and were told differently."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from .publication import DocumentType


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """A publication as an extraction froze it; `refs` are its records, by which it is known again under another id."""

    id: str
    refs: tuple[str, ...]
    title: str
    year: int | None
    type: DocumentType
    permanent: frozenset[str]
    whole: frozenset[str]
    group_permanent: bool = False
    group_whole: bool = False
    percentile: Decimal | None = None
    excluded: str | None = None

    @property
    def signers(self) -> tuple[object, ...]:
        """Everyone it is attributed to, in both perimeters."""
        return self.permanent, self.whole, self.group_permanent, self.group_whole


@dataclass(frozen=True, slots=True)
class Change:
    """A publication before and after; none on the side where it is not."""

    before: Frozen | None
    after: Frozen | None

    @property
    def id(self) -> str:
        """The later of its ids."""
        stated = self.after or self.before
        return stated.id if stated else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Every change once a kind, by id; a publication that changed in several ways is under each of them.

    `moved`: attributed to other entities, in either perimeter.
    """

    added: tuple[Change, ...]
    removed: tuple[Change, ...]
    moved: tuple[Change, ...]
    changed_percentile: tuple[Change, ...]
    changed_year: tuple[Change, ...]
    changed_type: tuple[Change, ...]
    changed_exclusion: tuple[Change, ...]


def compare(before: Iterable[Frozen], after: Iterable[Frozen]) -> Comparison:
    """Two extractions, whatever the order of their rows. A publication is the same by its id, else by a shared ref."""
    old, new = {row.id: row for row in before}, {row.id: row for row in after}
    same = {each: each for each in old if each in new}
    same |= _renamed(_without(old, same.keys()), _without(new, same.values()))
    kept = [(old[one], new[other]) for one, other in same.items()]
    return Comparison(
        added=_ordered(Change(None, row) for row in _without(new, same.values()).values()),
        removed=_ordered(Change(row, None) for row in _without(old, same.keys()).values()),
        moved=_changed(kept, lambda row: row.signers),
        changed_percentile=_changed(kept, lambda row: row.percentile),
        changed_year=_changed(kept, lambda row: row.year),
        changed_type=_changed(kept, lambda row: row.type),
        changed_exclusion=_changed(kept, lambda row: row.excluded),
    )


def _without(rows: Mapping[str, Frozen], ids: Iterable[str]) -> dict[str, Frozen]:
    left = set(ids)
    return {each: row for each, row in rows.items() if each not in left}


def _renamed(old: Mapping[str, Frozen], new: Mapping[str, Frozen]) -> dict[str, str]:
    """The later id of each earlier one, those that share most refs first; split or merged, only one is the same."""
    owners = {ref: row.id for row in sorted(new.values(), key=_id, reverse=True) for ref in row.refs}
    shared = Counter((row.id, owners[ref]) for row in old.values() for ref in row.refs if ref in owners)
    found: dict[str, str] = {}
    taken: set[str] = set()
    for (one, other), _ in sorted(shared.items(), key=lambda pair: (-pair[1], pair[0])):
        if one not in found and other not in taken:
            found[one] = other
            taken.add(other)
    return found


def _changed(kept: Iterable[tuple[Frozen, Frozen]], part: Callable[[Frozen], object]) -> tuple[Change, ...]:
    return _ordered(Change(one, other) for one, other in kept if part(one) != part(other))


def _ordered(changes: Iterable[Change]) -> tuple[Change, ...]:
    return tuple(sorted(changes, key=lambda change: change.id))


def _id(row: Frozen) -> str:
    return row.id
