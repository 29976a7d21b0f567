"""The group's value from its entities': how complete it is, and where it differs from what the group declares."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from services.gateway.domain.values import POINTS_UNIT, SIMULATED, WIDE, Stated, total

NOT_APPLICABLE = "not_applicable"
PROVISIONAL = "provisional"
ADDED = frozenset({"sum", "cumulative"})
"""The Σ of the entities is the group's value."""
ADDABLE = ADDED | {"distinct"}
"""The Σ has a meaning; of what several entities share, it counts more than the group does."""
_CARRIED = frozenset({"cumulative", "last"})
_HUNDRED = Decimal(100)

ByYear = Mapping[int, Stated]


@dataclass(frozen=True, slots=True)
class Completeness:
    """How many entities were expected to state a value, how many did, and which did not."""

    expected: int = 0
    received: int = 0
    missing: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        return self.expected > 0 and self.expected == self.received


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """What was stated of an indicator, by year: the group's own values, its entities', and the two parts of a ratio."""

    aggregation: str
    unit: str
    group: ByYear
    entities: Mapping[str, ByYear]
    numerators: Mapping[str, ByYear] = field(default_factory=dict)
    denominators: Mapping[str, ByYear] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    """What an entity brings: its value, of which year, and the terms that are added up (two for a ratio)."""

    stated: Stated
    year: int
    terms: tuple[Stated, ...]

    @property
    def is_concerned(self) -> bool:
        return all(each.absence != NOT_APPLICABLE for each in (self.stated, *self.terms))

    @property
    def is_known(self) -> bool:
        """Every term has a value, all real or all simulated."""
        alike = len({each.status == SIMULATED for each in self.terms}) == 1
        return alike and all(each.value is not None for each in self.terms)

    @property
    def is_simulated(self) -> bool:
        return any(each.status == SIMULATED for each in self.terms)


@dataclass(frozen=True, slots=True)
class GroupValue:
    """Declared and computed side by side; `gap` is declared − computed, only where every expected entity is in.

    `sum` is the Σ of the entities wherever adding them means something; `combined` what they give together, their Σ or
    their ratio of sums; `comparable` says that `combined` may be set against `declared`. `year` is that of the last
    known value, `parts` what each entity brings.
    """

    declared: Decimal | None
    computed: Decimal | None
    gap: Decimal | None
    completeness: Completeness
    sum: Decimal | None = None
    combined: Decimal | None = None
    comparable: bool = False
    provisional: bool = False
    simulated: bool = False
    year: int | None = None
    parts: Mapping[str, Part] = field(default_factory=dict)


def group_value_in(reported: Reported, year: int) -> GroupValue:
    """Aggregate one indicator for a year. An entity that the indicator does not concern is not expected.

    Real and simulated values are never mixed: beside real ones, simulated ones are missing.
    """
    parts = {entity: _part(reported, entity, year) for entity in reported.entities}
    concerned = {entity: part for entity, part in parts.items() if part.is_concerned}
    known = _of_one_kind({entity: part for entity, part in concerned.items() if part.is_known})
    missing = tuple(entity for entity in concerned if entity not in known)
    return _valued(reported, year, parts, known, Completeness(len(concerned), len(known), missing))


def last_known(series: ByYear, year: int) -> tuple[int, Stated]:
    """The latest known value up to the year, with its own year; what was stated of the year where there is none."""
    stated = series.get(year, Stated())
    if stated.absence == NOT_APPLICABLE:
        return year, stated
    known = max((each for each, past in series.items() if each <= year and past.value is not None), default=year)
    return known, series.get(known, stated)


def _part(reported: Reported, entity: str, year: int) -> Part:
    series = reported.entities[entity]
    own_year, own = last_known(series, year) if reported.aggregation in _CARRIED else (year, series.get(year, Stated()))
    if reported.aggregation != "ratio":
        return Part(own, own_year, (own,))
    halves = (reported.numerators, reported.denominators)
    return Part(own, year, tuple(half.get(entity, {}).get(year, Stated()) for half in halves))


def _of_one_kind(known: dict[str, Part]) -> dict[str, Part]:
    """The real parts where there are any, else the simulated ones."""
    real = {entity: part for entity, part in known.items() if not part.is_simulated}
    return real or known


def _valued(
    reported: Reported, year: int, parts: dict[str, Part], known: dict[str, Part], completeness: Completeness
) -> GroupValue:
    own, combined = reported.group.get(year, Stated()), _combined(reported, known)
    computed, computed_year, carried = _computed(reported, year, combined)
    comparable = combined is not None and completeness.whole and _alike(own, known)
    statuses = {each.status for each in (own, *carried, *_terms(known))}
    return GroupValue(
        declared=own.value,
        computed=computed,
        gap=beyond(own.value, computed) if comparable else None,
        completeness=completeness,
        sum=combined if reported.aggregation in ADDABLE else None,
        combined=combined,
        comparable=comparable,
        provisional=PROVISIONAL in statuses,
        simulated=SIMULATED in statuses,
        year=computed_year,
        parts=parts,
    )


def _terms(known: Mapping[str, Part]) -> list[Stated]:
    return [term for part in known.values() for term in part.terms]


def _computed(
    reported: Reported, year: int, combined: Decimal | None
) -> tuple[Decimal | None, int | None, list[Stated]]:
    """The group's value that follows, with the year and the statement of a last known one."""
    if reported.aggregation != "last":
        return combined if reported.aggregation != "distinct" else None, None, []
    last_year, last = last_known(reported.group, year)
    return last.value, last_year if last.value is not None else None, [last]


def _alike(own: Stated, known: Mapping[str, Part]) -> bool:
    """Whether the group's value and all of its entities' are real, or are all simulated."""
    sides = {own.status == SIMULATED, *(part.is_simulated for part in known.values())}
    return own.value is not None and len(sides) == 1


def beyond(declared: Decimal | None, other: Decimal | None) -> Decimal | None:
    """How far the declared value is beyond the other; not known without both."""
    return None if declared is None or other is None else WIDE.subtract(declared, other)


def _combined(reported: Reported, known: Mapping[str, Part]) -> Decimal | None:
    """What the entities that are in give together: their Σ, or the ratio of their sums; none without any of them."""
    if not known or reported.aggregation not in ADDABLE | {"ratio"}:
        return None
    first = _total(known, 0)
    return first if reported.aggregation != "ratio" else _ratio(first, _total(known, 1), reported.unit)


def _total(known: Mapping[str, Part], term: int) -> Decimal:
    return total(value for part in known.values() if (value := part.terms[term].value) is not None)


def _ratio(numerator: Decimal, denominator: Decimal, unit: str) -> Decimal | None:
    """In percent where the unit is; nothing is divided by zero."""
    if denominator == 0:
        return None
    return WIDE.divide(WIDE.multiply(numerator, _HUNDRED) if unit == POINTS_UNIT else numerator, denominator)
