"""What is counted and what is asked: the row of a publication, and the measure, the year and the perimeter wanted."""

from dataclasses import dataclass
from decimal import Decimal

from services.bibliometrics.domain.publication import DocumentType, Goals, Percentile
from services.bibliometrics.domain.registry import MeasureKind, Perimeter

TOP = Decimal(10)
"""The percentile up to which a publication is among the 10 % most cited."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A publication, the entities that sign it in each perimeter, and whether it is signed in the group's own name.

    `percentile` is the field-weighted one, `plain` the other; `excluded` is the reason for which it does not count.
    """

    id: str
    year: int | None
    type: DocumentType
    permanent: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()
    group_permanent: bool = False
    group_whole: bool = False
    percentile: Percentile | None = None
    plain: Percentile | None = None
    goals: tuple[Goals, ...] = ()
    excluded: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A measure in a perimeter; of every year where `year` is none, of every type where `types` is.

    `goals_wanted` and `mapping` (none: the one that `mappings.chosen` finds) are for goals, `threshold` for top
    percentiles.
    """

    measure: MeasureKind
    perimeter: Perimeter
    year: int | None = None
    types: frozenset[DocumentType] | None = None
    goals_wanted: frozenset[int] = frozenset()
    mapping: str | None = None
    threshold: Decimal = TOP
