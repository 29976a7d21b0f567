"""What loading a contract does to its definitions, row by row."""

from typing import Any

from shared.intake.mistakes import NOTHING, Unread
from shared.intake.plans import Outcome, Plan

from .contract import Contract
from .validation import KEYS


def compare_contracts(known: Contract | None, stated: Contract, unread: Unread = NOTHING) -> Plan:
    """The plan that turns a known contract into the stated one; a definition that is no longer stated is removed."""
    plan = Plan()
    for table, columns in KEYS.items():
        before = _by_key(getattr(known, table), columns) if known else {}
        after = [(_key(row, columns), row) for row in getattr(stated, table)]
        plan.outcomes[table] = [_outcome(before.get(key), row) for key, row in after]
        plan.removed[table] = len(before.keys() - {key for key, _ in after} - unread.keys(table, columns))
    return plan


def _by_key(rows: tuple[Any, ...], columns: tuple[str, ...]) -> dict[tuple[Any, ...], Any]:
    return {_key(row, columns): row for row in rows}


def _key(row: Any, columns: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(getattr(row, column) for column in columns)


def _outcome(before: Any, after: Any) -> Outcome:
    if before is None:
        return Outcome.CREATED
    return Outcome.UNCHANGED if before == after else Outcome.UPDATED
