"""Which rows a count is made of: those of the year and the types wanted, signed in the perimeter, and not excluded."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter

from services.bibliometrics.domain.registry import Perimeter

from .rows import Counted, Wanted

_SIGNERS: dict[Perimeter, Callable[[Counted], frozenset[str]]] = {
    Perimeter.PERMANENT: attrgetter("permanent"),
    Perimeter.WHOLE: attrgetter("whole"),
}
_GROUP: dict[Perimeter, Callable[[Counted], bool]] = {
    Perimeter.PERMANENT: attrgetter("group_permanent"),
    Perimeter.WHOLE: attrgetter("group_whole"),
}


@dataclass(frozen=True, slots=True)
class Scope:
    """The rows that count: `kept` are signed in the perimeter, by members or the group itself; `unsigned` nowhere."""

    members: tuple[str, ...]
    signers: Callable[[Counted], frozenset[str]]
    kept: list[Counted]
    unsigned: list[Counted]
    excluded: Counter[str]


def scope_of(rows: Iterable[Counted], members: Sequence[str], wanted: Wanted) -> Scope:
    """One pass over the rows. Entities that are no members sign nothing here."""
    year, types, counted = wanted.year, wanted.types, frozenset(members)
    signers, in_name = _SIGNERS[wanted.perimeter], _GROUP[wanted.perimeter]
    scope = Scope(tuple(members), signers, [], [], Counter())
    for row in rows:
        if (year is not None and row.year != year) or (types is not None and row.type not in types):
            continue
        if in_name(row) or not counted.isdisjoint(signers(row)):
            if row.excluded is None:
                scope.kept.append(row)
            else:
                scope.excluded[row.excluded] += 1
        elif row.excluded is None and _is_unsigned(row, counted):
            scope.unsigned.append(row)
    return scope


def _is_unsigned(row: Counted, members: frozenset[str]) -> bool:
    named = row.group_permanent or row.group_whole
    return not named and members.isdisjoint(row.permanent) and members.isdisjoint(row.whole)
