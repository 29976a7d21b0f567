"""What a count says: each entity's number, what they have in common, the group's, and what was left out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from .rows import Wanted


class Reason(StrEnum):
    """Why a measure leaves a publication out, or has no value at all."""

    NO_PERCENTILE = "no_percentile"
    NO_FIELD_WEIGHTED_COLUMN = "no_field_weighted_column"
    PLAIN_ONLY = "plain_only"
    NO_GOALS_COLUMN = "no_goals_column"
    NO_STAFF_LIST = "no_staff_list"
    NO_FTE = "no_fte"


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """The part of the publications of a known percentile that is in the top, with its 95 % interval (Wilson).

    `value`, `low` and `high` are between 0 and 1, to six decimals, none where nothing is known. `small`: too few are
    known for the share to be compared. `columns` are the headings of the column that gave the percentiles.
    """

    known: int
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    small: bool
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntityCount:
    """The publications that an entity signs, each once.

    `fractional`: each shared out equally between the members that sign it, to four decimals (half to even).
    """

    entity: str
    count: int
    fractional: Decimal
    share: Share | None = None


@dataclass(frozen=True, slots=True)
class Common:
    """How many publications two members sign together."""

    first: str
    second: str
    count: int


@dataclass(frozen=True, slots=True)
class GoalCount:
    """The publications mapped to one goal: each member's, and those of at least one of them, each once."""

    goal: int
    entities: tuple[EntityCount, ...]
    distinct: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """A measure counted. Where something is `missing` there is no value: no entity is listed, and no zero is meant.

    `distinct`: publications of at least one member, each once; `group_only`: in the group's name and no member's.
    `matrix`: the pairs of members, in their order, that have publications in common. `excluded`: rows that would
    otherwise have been counted, by reason. `unattributed`: rows that count and that nobody signs, in either perimeter.
    `share` is that of the distinct publications. `mapping` is the classifier's version that gave the goals, `mappings`
    how many rows each version covers.
    """

    wanted: Wanted
    entities: tuple[EntityCount, ...] = ()
    distinct: int = 0
    group_only: int = 0
    matrix: tuple[Common, ...] = ()
    excluded: Mapping[str, int] = field(default_factory=dict)
    unattributed: int = 0
    share: Share | None = None
    mapping: str | None = None
    mappings: Mapping[str, int] = field(default_factory=dict)
    goals: tuple[GoalCount, ...] = ()
    missing: tuple[Reason, ...] = ()

    @property
    def sum(self) -> int:
        return sum(each.count for each in self.entities)

    @property
    def overlap(self) -> int:
        """How many times the Σ of the members counts again what several of them sign."""
        return self.sum - self.distinct
