"""Publications among the most cited of their field: field-weighted percentiles up to the threshold, lower is better."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from services.bibliometrics.domain.interval import wilson

from .counts import Counts, EntityCount, Reason, Share
from .presence import by_reason, in_order, presence_in
from .rows import Counted, Wanted
from .scope import Scope

SMALL = 50
"""Under this many known percentiles, a share is too unsure to be compared."""
_MILLIONTH = Decimal("0.000001")
_Column = tuple[frozenset[str], str]


def top_counts(scope: Scope, wanted: Wanted) -> Counts:
    """How many have 0 < percentile ≤ threshold, and their share; the plain column never stands for the other."""
    known = [row for row in scope.kept if _value(row) is not None]
    excluded = by_reason(scope.excluded + Counter({Reason.NO_PERCENTILE.value: len(scope.kept) - len(known)}))
    if scope.kept and all(row.percentile is None for row in scope.kept):
        return Counts(wanted=wanted, excluded=excluded, missing=_missing(scope.kept))
    presence = presence_in(_top(known, wanted.threshold), scope)
    columns = Counter((scope.signers(row), row.percentile.column) for row in known if row.percentile)
    return Counts(
        wanted=wanted,
        entities=tuple(_shared(each, columns) for each in presence.entities()),
        distinct=presence.distinct,
        group_only=presence.group_only,
        matrix=presence.matrix(),
        excluded=excluded,
        unattributed=len(_top(scope.unsigned, wanted.threshold)),
        share=_share(presence.distinct, _of_members(columns, scope)),
    )


def _value(row: Counted) -> Decimal | None:
    """The field-weighted percentile; one that is not above zero is none."""
    value = row.percentile.value if row.percentile else None
    return value if value is not None and value > 0 else None


def _top(rows: Iterable[Counted], threshold: Decimal) -> list[Counted]:
    return [row for row in rows if is_top(row, threshold)]


def is_top(row: Counted, threshold: Decimal) -> bool:
    """Whether a publication is among the most cited; one of no known percentile is not."""
    value = _value(row)
    return value is not None and value <= threshold


def _missing(rows: Iterable[Counted]) -> tuple[Reason, ...]:
    has_plain = any(row.plain is not None for row in rows)
    return (Reason.NO_FIELD_WEIGHTED_COLUMN, *((Reason.PLAIN_ONLY,) if has_plain else ()))


def _shared(entity: EntityCount, columns: Counter[_Column]) -> EntityCount:
    own = {key: count for key, count in columns.items() if entity.entity in key[0]}
    return replace(entity, share=_share(entity.count, own))


def _of_members(columns: Counter[_Column], scope: Scope) -> dict[_Column, int]:
    return {key: count for key, count in columns.items() if in_order(key[0], scope.members)}


def _share(top: int, columns: dict[_Column, int]) -> Share:
    known = sum(columns.values())
    low, high = wilson(top, known) if known else (None, None)
    return Share(
        known=known,
        value=(Decimal(top) / known).quantize(_MILLIONTH) if known else None,
        low=low,
        high=high,
        small=known < SMALL,
        columns=tuple(sorted({column for _, column in columns})),
    )
