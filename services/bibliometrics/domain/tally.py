"""What a measure comes to for each entity and for the group, with why it has no value where it has none."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from .counting.counts import Counts, EntityCount, Share
from .counting.rows import Wanted
from .counting.staffing import PerFte, Quotient, per_fte
from .registry import MeasureKind, Perimeter, Registry
from .staff import reference_day, research_fte

NO_STAFF_LIST = "no_staff_list"
INCOMPLETE = "incomplete_staff_list"
NO_YEAR = "no_year"
NOT_COVERED = "not_covered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """An entity's value, or why it is `missing`; `numerator` by `denominator` on a day for a quotient.

    `known`, `low`, `high`: of the publications that have a percentile, and the 95 % interval of the share in the top;
    `small` where too few have one for the share to be compared.
    """

    entity: str
    value: Decimal | None
    missing: str | None = None
    fractional: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    counted_on: date | None = None
    known: int | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    columns: tuple[str, ...] = ()
    small: bool | None = None


@dataclass(frozen=True, slots=True)
class Tallied:
    """What was counted, each member's value in the contract's order, and the group's: each publication once."""

    counts: Counts
    members: tuple[Tally, ...]
    group: Tally


def tallied(counts: Counts, registry: Registry) -> Tallied:
    """The values that counts come to under a registry."""
    members, group = registry.members, registry.group.code
    if counts.missing:
        return replace(untold(counts.wanted, registry, str(counts.missing[0])), counts=counts)
    if counts.wanted.measure is MeasureKind.PER_FTE:
        return _quotients(counts, registry)
    unlisted = _unlisted(counts.wanted, registry)
    own = tuple(_own(each, each.entity in unlisted) for each in counts.entities)
    return Tallied(counts, own, _group(counts, group, unlisted, members))


def untold(wanted: Wanted, registry: Registry, reason: str) -> Tallied:
    """No value for anybody, for one reason."""
    members = tuple(_none(each, reason) for each in registry.members)
    return Tallied(Counts(wanted=wanted), members, _none(registry.group.code, reason))


def _none(entity: str, reason: str) -> Tally:
    return Tally(entity=entity, value=None, missing=reason)


def _own(count: EntityCount, is_unlisted: bool) -> Tally:
    if is_unlisted:
        return _none(count.entity, NO_STAFF_LIST)
    return _shared(Tally(entity=count.entity, value=Decimal(count.count), fractional=count.fractional), count.share)


def _shared(tally: Tally, share: Share | None) -> Tally:
    if share is None:
        return tally
    return Tally(
        entity=tally.entity,
        value=tally.value,
        fractional=tally.fractional,
        numerator=tally.value,
        known=share.known,
        low=share.low,
        high=share.high,
        columns=share.columns,
        small=share.small,
    )


def _group(counts: Counts, group: str, unlisted: Sequence[str], members: Sequence[str]) -> Tally:
    if unlisted:
        return _none(group, NO_STAFF_LIST if len(unlisted) == len(members) else INCOMPLETE)
    value = Decimal(counts.distinct)
    return _shared(Tally(entity=group, value=value, fractional=value), counts.share)


def _unlisted(wanted: Wanted, registry: Registry) -> list[str]:
    """The members of whose staff nothing is listed, where it is their staff that signs."""
    if wanted.perimeter is Perimeter.WHOLE:
        return []
    day = reference_day(wanted.year or registry.header.reference_year)
    return [each for each in registry.members if research_fte(registry.staff, each, day) is None]


def _quotients(counts: Counts, registry: Registry) -> Tallied:
    """Without a year there is no day on which to count the staff."""
    if counts.wanted.year is None:
        return replace(untold(counts.wanted, registry, NO_YEAR), counts=counts)
    day = reference_day(counts.wanted.year)
    fte = {each: research_fte(registry.staff, each, day) for each in registry.members}
    known = [each for each in fte.values() if each is not None]
    whole = sum(known, Decimal(0)) if len(known) == len(fte) else None
    found = per_fte(counts, fte, whole, day)
    group = _quotient(registry.group.code, found.group)
    return Tallied(counts, _members(found), replace(group, missing=INCOMPLETE) if known and whole is None else group)


def _members(found: PerFte) -> tuple[Tally, ...]:
    return tuple(_quotient(entity, quotient) for entity, quotient in found.entities)


def _quotient(entity: str, quotient: Quotient) -> Tally:
    return Tally(
        entity=entity,
        value=quotient.value,
        missing=str(quotient.missing) if quotient.missing else None,
        numerator=Decimal(quotient.numerator),
        denominator=quotient.denominator,
        counted_on=quotient.on,
    )
