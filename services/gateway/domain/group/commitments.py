"""Reconciling what the entities pledge together with what the group pledges: short of it, beyond it, or equal to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from services.gateway.domain.targets import Target
from services.gateway.domain.values import WIDE, rounded, total

from .aggregation import ADDABLE, Completeness
from .pledges import Committed, Pledge, chosen, pledge, pledge_like, stage

_HUNDRED = Decimal(100)
_NOTHING = Decimal(0)
_CEILINGS = frozenset({"at_most", "less_than"})
_GROWTHS = frozenset({"growth", "growth_range", "baseline"})


class Word(StrEnum):
    """What is said of the entities' pledges beside the group's."""

    SHORT = "short"
    BEYOND = "beyond"
    EQUAL = "equal"
    NOT_COMPARABLE = "not_comparable"


class Judged(StrEnum):
    """In which terms they are compared: those in which the group pledges."""

    LEVEL = "level"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Span:
    """A level or a change with both its ends, which are one where it is no range."""

    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Side:
    """What is pledged on one side: its level, the baseline it starts from, and the change (0.146 is +14,6 %)."""

    level: Span | None = None
    baseline: Decimal | None = None
    change: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitments:
    """Σ of the entities' pledges beside the group's, for the year of the levels; `due_year` is that of the target.

    `gap` is group − Σ − `adjustment` at both ends, as for values; between growths nothing is adjusted. Where an entity
    gives no level, `entities` is the Σ of the others, without a change, and nothing is compared.
    """

    year: int
    due_year: int
    entities: Side
    group: Side
    adjustment: Decimal
    gap: Span | None
    verdict: Word
    judged_on: Judged
    is_ceiling: bool
    completeness: Completeness
    by_entity: Mapping[str, Pledge]

    @property
    def adjusted(self) -> Span | None:
        """Σ as it is compared."""
        return _moved(self.entities.level, self.adjustment)


def commitments(aggregation: str, group: Committed, entities: Sequence[Committed], year: int) -> Commitments | None:
    """None where nobody pledges anything. An entity that the indicator does not concern is not expected."""
    every = [target for each in entities for target in each.targets]
    model = chosen(group.targets, year) or chosen(every, year)
    if model is None:
        return None
    at = stage(model, year)
    expected = [each for each in entities if each.is_concerned or each.targets]
    pledges = {each.entity: pledge_like(each, model, at) for each in expected}
    return _compared(aggregation, model, at, group, pledges)


def _compared(
    aggregation: str, model: Target, at: int, committed: Committed, pledges: dict[str, Pledge]
) -> Commitments:
    known = {entity: each for entity, each in pledges.items() if each.level is not None}
    completeness = Completeness(len(pledges), len(known), tuple(each for each in pledges if each not in known))
    group = _group(model, at, committed)
    together = _together(aggregation, list(known.values()), completeness)
    judged = _judged(model, together, group)
    adjustment = committed.ledger.get(at, _NOTHING) if judged is Judged.LEVEL else _NOTHING
    given = _moved(together.level, adjustment) if completeness.whole else None
    return Commitments(
        year=at,
        due_year=model.due_year,
        entities=together,
        group=group,
        adjustment=adjustment,
        gap=_gap(group.level, given),
        verdict=_verdict(model, given, _asked(judged, together, group)),
        judged_on=judged,
        is_ceiling=model.comparison in _CEILINGS,
        completeness=completeness,
        by_entity=pledges,
    )


def _group(model: Target, at: int, group: Committed) -> Side:
    """A rate changes in points, which are no growth."""
    own = pledge(model, group.series, at) if model in group.targets else Pledge()
    level = _span(own)
    if model.measure.is_rate:
        return Side(level, own.baseline)
    return Side(level, own.baseline, _stated_change(model, at) or _change(level, own.baseline))


def _stated_change(model: Target, at: int) -> Span | None:
    """The growth that the group pledges, as it is printed; a stable value is a growth of nothing."""
    if at != model.due_year or model.operand not in _GROWTHS:
        return None
    low = Decimal(0) if model.operand == "baseline" else model.value or Decimal(0)
    high = low if model.upper is None else model.upper
    return Span(WIDE.divide(low, _HUNDRED), WIDE.divide(high, _HUNDRED))


def _together(aggregation: str, pledges: Sequence[Pledge], completeness: Completeness) -> Side:
    """Σ of the levels, over Σ of the same entities' baselines where every entity is in."""
    if aggregation not in ADDABLE or not pledges:
        return Side()
    spans = [span for each in pledges if (span := _span(each)) is not None]
    level = Span(total(each.low for each in spans), total(each.high for each in spans))
    if not completeness.whole:
        return Side(level)
    starts = [each.baseline for each in pledges if each.baseline is not None]
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


def _judged(model: Target, together: Side, group: Side) -> Judged:
    """A growth is compared with a growth, where both sides have one; a level with a level."""
    grows = model.operand in _GROWTHS and together.change is not None and group.change is not None
    return Judged.CHANGE if grows else Judged.LEVEL


def _gap(group: Span | None, together: Span | None) -> Span | None:
    if group is None or together is None:
        return None
    return Span(WIDE.subtract(group.low, together.low), WIDE.subtract(group.high, together.low))


def _moved(span: Span | None, amount: Decimal) -> Span | None:
    return span and Span(WIDE.add(span.low, amount), WIDE.add(span.high, amount))


def _asked(judged: Judged, together: Side, group: Side) -> Span | None:
    """What the group's pledge asks of the entities together: its level, or its growth from their own baselines."""
    if judged is Judged.LEVEL:
        return group.level
    base, change = together.baseline, group.change
    if base is None or change is None:
        return None
    return Span(_grown(base, change.low), _grown(base, change.high))


def _grown(base: Decimal, change: Decimal) -> Decimal:
    return WIDE.add(base, WIDE.multiply(base.copy_abs(), change))


def _verdict(model: Target, given: Span | None, asked: Span | None) -> Word:
    """The low end of Σ beside both ends of what is asked, as they are printed; below a ceiling is beyond it."""
    if given is None or asked is None:
        return Word.NOT_COMPARABLE
    low, high, level = (rounded(each, model.measure.decimals) for each in (asked.low, asked.high, given.low))
    if low <= level <= high:
        return Word.EQUAL
    return Word.BEYOND if (level > high) != (model.comparison in _CEILINGS) else Word.SHORT
