"""The group's value from its entities': how complete it is, and where it differs from what the group declares."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from .values import WIDE, total

NOT_APPLICABLE = "not_applicable"
ADDITIVE = frozenset({"sum"})


@dataclass(frozen=True, slots=True)
class Stated:
    """What an entity stated for a year: a value, or the reason for its absence, or nothing at all."""

    value: Decimal | None = None
    absence: str | None = None


@dataclass(frozen=True, slots=True)
class Completeness:
    """How many entities were expected to state a value, how many did, and which did not."""

    expected: int = 0
    received: int = 0
    missing: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        return self.expected > 0 and self.expected == self.received


@dataclass(frozen=True, slots=True)
class GroupValue:
    """Declared and computed side by side; `gap` is declared − computed, only where every expected entity is in."""

    declared: Decimal | None
    computed: Decimal | None
    gap: Decimal | None
    completeness: Completeness


def group_value(aggregation: str, declared: Decimal | None, by_entity: Mapping[str, Stated]) -> GroupValue:
    """Aggregate one indicator and year. An entity that the indicator does not concern is not expected."""
    concerned = {entity: stated for entity, stated in by_entity.items() if stated.absence != NOT_APPLICABLE}
    values = {entity: stated.value for entity, stated in concerned.items() if stated.value is not None}
    missing = tuple(entity for entity in concerned if entity not in values)
    completeness = Completeness(len(concerned), len(values), missing)
    computed = total(values.values()) if aggregation in ADDITIVE and values else None
    comparable = declared is not None and computed is not None and completeness.whole
    return GroupValue(declared, computed, WIDE.subtract(declared, computed) if comparable else None, completeness)  # type: ignore[arg-type]
