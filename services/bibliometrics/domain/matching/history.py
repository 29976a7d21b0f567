"""How publications are named, and what becomes of them from one matching to the next."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import ClassVar

from services.bibliometrics.domain.publication import Source

from .words import Ref

_Parts = tuple[tuple[Ref, ...], ...]
_PREFERRED = (Source.SCOPUS, Source.SCIVAL, Source.HAL, Source.OPENALEX)


@dataclass(frozen=True, slots=True)
class Merged:
    """Records that are now of one publication; `parts` are those that were of one before, or were not known."""

    kind: ClassVar[str] = "merged"
    publication: str
    refs: tuple[Ref, ...]
    parts: tuple[tuple[Ref, ...], ...]


@dataclass(frozen=True, slots=True)
class Split:
    """Records that were of one publication; `parts` are those that are still of one."""

    kind: ClassVar[str] = "split"
    publication: str
    refs: tuple[Ref, ...]
    parts: tuple[tuple[Ref, ...], ...]


def identity(refs: Iterable[Ref]) -> str:
    """What a publication of these records is called: its first ref, by the order in which sources are preferred."""
    return min(refs, key=lambda each: (_PREFERRED.index(Source(each.partition(":")[0])), each))


def differences(before: Mapping[Ref, str], after: Mapping[Ref, str]) -> tuple[Merged | Split, ...]:
    """What was merged and what was split, given the publication of each record; a record that is gone says nothing."""
    former = {ref: ("of", before[ref]) if ref in before else ("new", ref) for ref in after}
    remaining = {ref: name for ref, name in before.items() if ref in after}
    merged = (Merged(name, _all(parts), parts) for name, parts in _parted(after, former))
    split = (Split(name, _all(parts), parts) for name, parts in _parted(remaining, after))
    return (*merged, *split)


def _parted(wholes: Mapping[Ref, str], parts: Mapping[Ref, object]) -> list[tuple[str, _Parts]]:
    """The wholes that are of several parts, in the order of their names, each with the refs of its parts."""
    found: defaultdict[str, defaultdict[object, list[Ref]]] = defaultdict(lambda: defaultdict(list))
    for ref in sorted(wholes):
        found[wholes[ref]][parts[ref]].append(ref)
    return [(name, tuple(map(tuple, found[name].values()))) for name in sorted(found) if len(found[name]) > 1]


def _all(parts: _Parts) -> tuple[Ref, ...]:
    return tuple(sorted(chain.from_iterable(parts)))
