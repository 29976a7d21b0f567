"""What a load or an import does, row by row: created, updated, unchanged, rejected; and what it removes."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from .mistakes import NOTHING, Mistake, Unread

_SHOWN_CHANGES = 500


class Outcome(StrEnum):
    """What recording a row does to what was known."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


@dataclass(slots=True)
class Plan:
    """The outcomes of every row received, by table, with the mistakes and the changes that they bring."""

    outcomes: dict[str, list[Outcome]] = field(default_factory=dict)
    removed: Counter[str] = field(default_factory=Counter)
    mistakes: list[Mistake] = field(default_factory=list)
    changes: list[dict[str, Any]] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    def reject(self, mistakes: list[Mistake]) -> None:
        """Mark the rows of these mistakes as rejected."""
        self.mistakes += mistakes
        for mistake in mistakes:
            outcomes = self.outcomes[mistake.table]
            if mistake.row < len(outcomes):
                outcomes[mistake.row] = Outcome.REJECTED

    def body(self) -> dict[str, Any]:
        """The plan as JSON; created + updated + unchanged + rejected = received."""
        every = Counter(outcome for outcomes in self.outcomes.values() for outcome in outcomes)
        return {
            "received": every.total(),
            **{str(outcome): every[outcome] for outcome in Outcome},
            "removed": self.removed.total(),
            "tables": {table: self._table(table) for table in self.outcomes},
            "changes": self.changes[:_SHOWN_CHANGES],
            "notices": self.notices,
        }

    def _table(self, table: str) -> dict[str, int]:
        counts = Counter(self.outcomes[table])
        named = {str(outcome): counts[outcome] for outcome in Outcome}
        return {"received": counts.total(), **named, "removed": self.removed[table]}


def compare(keys: Mapping[str, tuple[str, ...]], known: Any, stated: Any, unread: Unread = NOTHING) -> Plan:
    """The plan that turns known definitions, if any, into the stated ones; what is no longer stated is removed.

    `keys` names the tables, which both have as attributes, and the columns by which their rows are told apart.
    """
    plan = Plan()
    for table, columns in keys.items():
        before = {_key(row, columns): row for row in getattr(known, table)} if known else {}
        after = [(_key(row, columns), row) for row in getattr(stated, table)]
        plan.outcomes[table] = [_outcome(before.get(key), row) for key, row in after]
        plan.removed[table] = len(before.keys() - {key for key, _ in after} - unread.keys(table, columns))
    return plan


def _key(row: Any, columns: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(getattr(row, column) for column in columns)


def _outcome(before: Any, after: Any) -> Outcome:
    if before is None:
        return Outcome.CREATED
    return Outcome.UNCHANGED if before == after else Outcome.UPDATED
