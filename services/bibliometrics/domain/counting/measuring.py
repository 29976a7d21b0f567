"""Counting what is wanted: one measure of a year, or each of many for every year, over 200,000 rows at a time."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from services.bibliometrics.domain.publication import DocumentType
from services.bibliometrics.domain.registry import MeasureKind, Perimeter

from .counts import Counts
from .goals import goal_counts
from .presence import by_reason, presence_in
from .rows import Counted, Wanted
from .scope import Scope, scope_of
from .top_ten import top_counts

_Scoped = tuple[Perimeter, frozenset[DocumentType] | None]


def count(rows: Iterable[Counted], members: Sequence[str], wanted: Wanted) -> Counts:
    """One measure, of the members in their order, whatever the order of the rows."""
    return _MEASURES[wanted.measure](scope_of(rows, members, wanted), wanted)


def count_all(rows: Iterable[Counted], members: Sequence[str], wanted: Iterable[Wanted]) -> dict[Wanted, Counts]:
    """Each measure wanted, for every year that the rows have; what is found is under what is wanted of that year.

    What is wanted of a year alone is counted for it alone, though no row is of that year.
    """
    asked = tuple(wanted)
    by_year = _by_year(rows)
    years = by_year.keys() | {each.year for each in asked if each.year is not None}
    found: dict[Wanted, Counts] = {}
    for year in sorted(years):
        of_year = [replace(each, year=year) for each in asked if each.year in {None, year}]
        for same in _by_scope(of_year):
            scope = scope_of(by_year.get(year, ()), members, same[0])
            found |= {each: _MEASURES[each.measure](scope, each) for each in same}
    return found


def _by_year(rows: Iterable[Counted]) -> dict[int, list[Counted]]:
    by_year: dict[int, list[Counted]] = defaultdict(list)
    for row in rows:
        if row.year is not None:
            by_year[row.year].append(row)
    return by_year


def _by_scope(wanted: Iterable[Wanted]) -> Iterator[list[Wanted]]:
    """What is counted over the same rows, together."""
    scopes: dict[_Scoped, list[Wanted]] = defaultdict(list)
    for each in wanted:
        scopes[each.perimeter, each.types].append(each)
    yield from scopes.values()


def _publication_counts(scope: Scope, wanted: Wanted) -> Counts:
    presence = presence_in(scope.kept, scope)
    return Counts(
        wanted=wanted,
        entities=presence.entities(),
        distinct=presence.distinct,
        group_only=presence.group_only,
        matrix=presence.matrix(),
        excluded=by_reason(scope.excluded),
        unattributed=len(scope.unsigned),
    )


_MEASURES: dict[MeasureKind, Callable[[Scope, Wanted], Counts]] = {
    MeasureKind.PUBLICATIONS: _publication_counts,
    MeasureKind.PER_FTE: _publication_counts,  # its numerators: `staffing.per_fte` divides them
    MeasureKind.TOP_10: top_counts,
    MeasureKind.GOALS: goal_counts,
}
