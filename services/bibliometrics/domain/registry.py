"""What a contract's package says of publications: who signs them under which names, who is staff, what is counted."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class EntityKind(StrEnum):
    GROUP = "group"
    SCHOOL = "school"
    SUBSIDIARY = "subsidiary"
    OTHER = "other"


COUNTED = (EntityKind.SCHOOL, EntityKind.SUBSIDIARY)
"""The kinds of entities whose publications the group counts once."""


class Perimeter(StrEnum):
    """Signed by the permanent staff of the entity, or by the whole institution with its joint laboratories."""

    PERMANENT = "permanent"
    WHOLE = "whole"


class MeasureKind(StrEnum):
    """What is counted, by the codes of the contract's indicators that are made of it."""

    PUBLICATIONS = "publications"
    TOP_10 = "publications-top-10"
    PER_FTE = "publications-per-fte"
    GOALS = "sdg-publications"


class AffiliationKind(StrEnum):
    SCOPUS = "scopus_affiliation_id"
    ROR = "ror"
    HAL_COLLECTION = "hal_collection"
    HAL_STRUCTURE = "hal_structure"
    NAME = "name_pattern"


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The contract itself; years are calendar years."""

    code: str
    label: str
    start_year: int
    end_year: int
    reference_year: int
    source: str
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    code: str
    label: str
    kind: EntityKind
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """What a measure may give; the rest of its row is another service's."""

    code: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Affiliation:
    """An identifier or a name under which an entity signs, in documents of the years between its two days or years."""

    entity: str
    kind: AffiliationKind
    value: str
    valid_from: str | None = None
    valid_to: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Employment:
    """A person's time in an entity: `fte` of a full-time employment (0 to 1), research and teaching together."""

    person: str
    entity: str
    category: str
    fte: Decimal
    start: str | None = None
    end: str | None = None
    scopus_author_id: str | None = None
    orcid: str | None = None
    idhal: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """An indicator that is counted here, and in which perimeter; `goals` are the numbers of those that count."""

    indicator: str
    measure: MeasureKind
    perimeter: Perimeter
    goals: str | None = None
    note: str | None = None

    @property
    def goal_numbers(self) -> frozenset[int]:
        return frozenset(int(each) for each in (self.goals or "").split() if each.isdigit())


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """A count that was published without its records: an observation of a measure's indicator, as packaged."""

    indicator: str
    entity: str
    year: int
    source: str
    value: Decimal | None = None
    status: str = "definitive"
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Registry:
    """One field a table, in the order in which a package lists them; `observations` are those of its measures alone."""

    contract: tuple[Header, ...]
    entities: tuple[Entity, ...]
    indicators: tuple[Indicator, ...] = ()
    measures: tuple[Measure, ...] = ()
    affiliations: tuple[Affiliation, ...] = ()
    staff: tuple[Employment, ...] = ()
    observations: tuple[Declared, ...] = ()

    @property
    def header(self) -> Header:
        return self.contract[0]

    @property
    def group(self) -> Entity:
        """The entity whose publications are everybody's, each once; a valid registry has one, and one only."""
        return next(entity for entity in self.entities if entity.kind is EntityKind.GROUP)

    @property
    def members(self) -> tuple[str, ...]:
        """The entities that the group counts, in the contract's order."""
        return tuple(entity.code for entity in self.entities if entity.kind in COUNTED)
