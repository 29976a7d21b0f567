"""What is pledged on one side, the group's or its entities': a level and a growth, with both their ends."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from services.gateway.domain.targets import Target
from services.gateway.domain.values import WIDE, total

from .aggregation import ADDABLE
from .pledges import Committed, Pledge, pledge

GROWTHS = frozenset({"growth", "growth_range", "baseline"})
"""What a change is pledged in; a stable value is a growth of nothing."""
_HUNDRED, _NOTHING = Decimal(100), Decimal(0)


@dataclass(frozen=True, slots=True)
class Span:
    """A level or a change with both its ends, which are one where it is no range."""

    low: Decimal
    high: Decimal

    def plus(self, amount: Decimal) -> "Span":
        return Span(WIDE.add(self.low, amount), WIDE.add(self.high, amount))

    def less(self, other: "Span") -> "Span":
        """The lower end from the lower end, the upper end from the upper end."""
        return Span(WIDE.subtract(self.low, other.low), WIDE.subtract(self.high, other.high))

    def growing(self, base: Decimal) -> "Span":
        """The levels that these growths lead to."""
        return Span(*(WIDE.add(base, WIDE.multiply(base.copy_abs(), each)) for each in (self.low, self.high)))


@dataclass(frozen=True, slots=True)
class Side:
    """What is pledged on one side: its level, the baseline it starts from, and the change (0.146 is +14,6 %)."""

    level: Span | None = None
    baseline: Decimal | None = None
    change: Span | None = None


def of_group(model: Target, at: int, group: Committed) -> Side:
    """What the group pledges by this very target; a rate changes in points, which are no growth."""
    own = pledge(model, group.series, at) if model in group.targets else Pledge()
    level = _span(own)
    if model.measure.is_rate:
        return Side(level, own.baseline)
    return Side(level, own.baseline, _stated_change(model, at) or _change(level, own.baseline))


def _stated_change(model: Target, at: int) -> Span | None:
    """The growth that the group pledges, as it is printed."""
    if at != model.due_year or model.operand not in GROWTHS:
        return None
    low = model.value or _NOTHING
    high = low if model.upper is None else model.upper
    return Span(WIDE.divide(low, _HUNDRED), WIDE.divide(high, _HUNDRED))


def of_entities(aggregation: str, pledges: Mapping[str, Pledge]) -> Side:
    """Σ of the levels, over Σ of the same entities' baselines where every entity is in."""
    spans = [span for each in pledges.values() if (span := _span(each)) is not None]
    if aggregation not in ADDABLE or not spans:
        return Side()
    level = Span(total(each.low for each in spans), total(each.high for each in spans))
    if len(spans) < len(pledges):
        return Side(level)
    starts = [each.baseline for each in pledges.values() if each.baseline is not None]
    base = total(starts) if len(starts) == len(pledges) else None
    return Side(level, base, _change(level, base))


def _span(pledged: Pledge) -> Span | None:
    if pledged.level is None:
        return None
    return Span(pledged.level, pledged.level if pledged.upper is None else pledged.upper)


def _change(level: Span | None, base: Decimal | None) -> Span | None:
    if level is None or not base:
        return None
    return Span(_ratio(level.low, base), _ratio(level.high, base))


def _ratio(level: Decimal, base: Decimal) -> Decimal:
    return WIDE.divide(WIDE.subtract(level, base), base.copy_abs())
