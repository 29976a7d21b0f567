"""Publications mapped to the goals wanted, by one version of the classifier and no other."""

from collections import Counter
from collections.abc import Iterable

from .counts import Counts, GoalCount, Reason
from .mappings import chosen, covered, numbers_in
from .presence import by_reason, presence_in
from .rows import Counted, Wanted
from .scope import Scope

_Mapped = list[tuple[Counted, tuple[int, ...]]]


def goal_counts(scope: Scope, wanted: Wanted) -> Counts:
    """Each publication once, however many of the goals it is mapped to; each goal on its own too."""
    mappings = covered(scope.kept)
    mapping = wanted.mapping if wanted.mapping is not None else chosen(mappings)
    mapped = _mapped(scope.kept, mapping)
    excluded = by_reason(scope.excluded + Counter({Reason.NO_GOALS_COLUMN.value: len(scope.kept) - len(mapped)}))
    if scope.kept and not mapped:
        return Counts(wanted=wanted, excluded=excluded, mappings=mappings, missing=(Reason.NO_GOALS_COLUMN,))
    reaching = _reaching(mapped, wanted.goals_wanted)
    presence = presence_in(_rows(reaching), scope)
    return Counts(
        wanted=wanted,
        entities=presence.entities(),
        distinct=presence.distinct,
        group_only=presence.group_only,
        matrix=presence.matrix(),
        excluded=excluded,
        unattributed=len(_reaching(_mapped(scope.unsigned, mapping), wanted.goals_wanted)),
        mapping=mapping,
        mappings=mappings,
        goals=tuple(_goal_count(goal, reaching, scope) for goal in sorted(wanted.goals_wanted)),
    )


def _mapped(rows: Iterable[Counted], mapping: str | None) -> _Mapped:
    """The rows that have a column of the version, with the goals that it finds."""
    if mapping is None:
        return []
    return [(row, numbers) for row in rows if (numbers := numbers_in(row, mapping)) is not None]


def _reaching(mapped: _Mapped, goals: frozenset[int]) -> _Mapped:
    """Those mapped to at least one of the goals."""
    return [(row, numbers) for row, numbers in mapped if not goals.isdisjoint(numbers)]


def _rows(mapped: _Mapped) -> list[Counted]:
    return [row for row, _ in mapped]


def _goal_count(goal: int, mapped: _Mapped, scope: Scope) -> GoalCount:
    presence = presence_in(_rows(_reaching(mapped, frozenset({goal}))), scope)
    return GoalCount(goal, presence.entities(), presence.distinct)
