"""Comparing a value with what is asked: by how much it is better or short, and what shortfall is tolerated."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from services.gateway.domain.values import WIDE, settled

from .case import Case
from .requirement import FLOORS, Bound, Lack, Required, bounds_of, required
from .verdicts import Margin, Rule

_STABLE = frozenset({"at_least", "at_most"})
_ZERO, _HALF, _TENTH = Decimal(0), Decimal("0.5"), Decimal("0.1")
_RATIO = Decimal("0.0001")
Ask = Callable[[Case, Bound], Required | Lack]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A value held against one end of what is asked; `other` is the other end of a range."""

    asked: Required
    comparison: str
    satisfied: bool
    margin: Decimal
    tolerated: Decimal
    other: Decimal | None = None


def compare(case: Case, value: Decimal, ask: Ask = required) -> Comparison | Lack:
    """The value against the end that decides: the one wanted, or for no wanted direction the one it is beyond."""
    bounds = bounds_of(case.target)
    if not bounds:
        return Lack(Rule.NO_LEVEL)
    found = [_against(case, bound, value, ask(case, bound)) for bound in bounds]
    lacking = next((each for each in found if isinstance(each, Lack)), None)
    ends = [each for each in found if isinstance(each, Comparison)]
    return lacking or _deciding(case.target.measure.direction, ends)


def _deciding(direction: str, ends: list[Comparison]) -> Comparison:
    if len(ends) == 1:
        return ends[0]
    first, second = ends
    chosen, other = (second, first) if direction == "none" and second.margin < first.margin else (first, second)
    return Comparison(
        chosen.asked, chosen.comparison, chosen.satisfied, chosen.margin, chosen.tolerated, other.asked.level
    )


def _against(case: Case, bound: Bound, value: Decimal, asked: Required | Lack) -> Comparison | Lack:
    if isinstance(asked, Lack):
        return asked
    margin = distance(bound.comparison, value, asked.level)
    return Comparison(
        asked, bound.comparison, _satisfied(case, bound, margin), margin, _tolerated(case, bound, asked.level)
    )


def distance(comparison: str, value: Decimal, level: Decimal) -> Decimal:
    """How much better than the level the value is; negative where it is short."""
    return settled(WIDE.subtract(value, level) if comparison in FLOORS else WIDE.subtract(level, value))


def margin_of(case: Case, absolute: Decimal, level: Decimal) -> Margin:
    """The distance, and its share of the level; a rate has none, nor has a level of zero."""
    if case.target.measure.is_rate or level == 0:
        return Margin(absolute)
    return Margin(absolute, WIDE.divide(absolute, level.copy_abs()).quantize(_RATIO, context=WIDE))


def _satisfied(case: Case, bound: Bound, margin: Decimal) -> bool:
    """Unrounded; « stable » holds within half a unit of the last printed decimal."""
    if bound.comparison not in _STABLE:
        return margin > 0
    stable = case.target.operand == "baseline"
    slack = _HALF.scaleb(-case.target.measure.decimals) if stable else _ZERO
    return WIDE.add(margin, slack) >= 0


def _tolerated(case: Case, bound: Bound, level: Decimal) -> Decimal:
    """The shortfall that is watched: the declared tolerance, or a tenth of the way from the baseline if more."""
    declared = max(case.target.tolerance or _ZERO, _ZERO)
    start = case.way_start
    if start is None or case.broken is not None:
        return declared
    return max(declared, WIDE.multiply(distance(bound.comparison, level, start), _TENTH))


def is_tolerated(found: Comparison) -> bool:
    return settled(WIDE.add(found.tolerated, found.margin)) >= 0
