"""Publications for one full-time researcher: numerator, denominator and day side by side, never divided by nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .counts import Counts, Reason

_MILLIONTH = Decimal("0.000001")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotient:
    """Publications over full-time equivalents, to six decimals (half to even); without one, why it is `missing`."""

    numerator: int
    denominator: Decimal | None
    value: Decimal | None
    missing: Reason | None
    on: date


@dataclass(frozen=True, slots=True)
class PerFte:
    """Every entity's quotient, in order, and the group's: its distinct publications over its Σ."""

    entities: tuple[tuple[str, Quotient], ...]
    group: Quotient


def per_fte(counts: Counts, fte: Mapping[str, Decimal | None], group_fte: Decimal | None, on: date) -> PerFte:
    """Counts over the staff of a day. `group_fte` is none as long as an entity that signs has no staff list."""
    if counts.missing:
        raise ValueError("Un décompte sans valeur ne se divise pas")
    entities = tuple((each.entity, _quotient(each.count, fte.get(each.entity), on)) for each in counts.entities)
    return PerFte(entities, _quotient(counts.distinct, group_fte, on))


def _quotient(numerator: int, fte: Decimal | None, on: date) -> Quotient:
    if fte is None or fte <= 0:
        missing = Reason.NO_STAFF_LIST if fte is None else Reason.NO_FTE
        return Quotient(numerator=numerator, denominator=fte, value=None, missing=missing, on=on)
    value = (Decimal(numerator) / fte).quantize(_MILLIONTH)
    return Quotient(numerator=numerator, denominator=fte, value=value, missing=None, on=on)
