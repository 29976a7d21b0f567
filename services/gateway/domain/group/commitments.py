"""Reconciling what the entities pledge together with what the group pledges: short of it, beyond it, or equal to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from services.gateway.domain.targets import Target
from services.gateway.domain.values import WIDE, settled

from .aggregation import Completeness
from .pledges import Committed, Pledge, chosen, pledge_like, stage
from .sides import GROWTHS, Side, Span, of_entities, of_group

_NOTHING = Decimal(0)
_CEILINGS = frozenset({"at_most", "less_than"})


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitments:
    """Σ of the entities' pledges beside the group's, for the year of the levels; `model` is the target they are like.

    Between growths nothing is adjusted. Where an entity gives no level, `entities` is the Σ of the others, without a
    change, and nothing is compared.
    """

    year: int
    model: Target
    entities: Side
    group: Side
    adjustment: Decimal
    judged_on: Judged
    by_entity: Mapping[str, Pledge]

    @property
    def due_year(self) -> int:
        return self.model.due_year

    @property
    def is_ceiling(self) -> bool:
        return self.model.comparison in _CEILINGS

    @property
    def completeness(self) -> Completeness:
        return _completeness(self.by_entity)

    @property
    def adjusted(self) -> Span | None:
        """Σ as it is compared."""
        return self.entities.level and self.entities.level.plus(self.adjustment)

    @property
    def gap(self) -> Span | None:
        """Group − Σ − `adjustment`: the lower end from the lower end, the upper end from the upper end."""
        if self.group.level is None or self.adjusted is None or not self.completeness.whole:
            return None
        return self.group.level.less(self.adjusted)

    @property
    def asked(self) -> Span | None:
        """What the group asks for, in the terms in which they are compared."""
        return self.group.change if self.judged_on is Judged.CHANGE else self.group.level

    @property
    def verdict(self) -> Word:
        """The low end of Σ beside both ends of what is asked, exactly; below a ceiling is beyond it."""
        asked = self._level_asked()
        if self.adjusted is None or asked is None or not self.completeness.whole:
            return Word.NOT_COMPARABLE
        low, high, level = (settled(each) for each in (asked.low, asked.high, self.adjusted.low))
        if low <= level <= high:
            return Word.EQUAL
        return Word.BEYOND if (level > high) != self.is_ceiling else Word.SHORT

    @property
    def away(self) -> Decimal | None:
        """How far the low end of Σ is from what is asked, in the terms in which they are compared; none where equal."""
        given = self.entities.change if self.judged_on is Judged.CHANGE else self.adjusted
        if given is None or self.asked is None or self.verdict not in {Word.SHORT, Word.BEYOND}:
            return None
        return min(WIDE.subtract(given.low, end).copy_abs() for end in (self.asked.low, self.asked.high))

    def _level_asked(self) -> Span | None:
        """What the group's pledge asks of the entities together: its level, or its growth from their own baselines."""
        if self.judged_on is Judged.LEVEL:
            return self.group.level
        base, change = self.entities.baseline, self.group.change
        return None if base is None or change is None else change.growing(base)


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
    group, together = of_group(model, at, committed), of_entities(aggregation, pledges)
    judged = _judged(model, together, group)
    return Commitments(
        year=at,
        model=model,
        entities=together,
        group=group,
        adjustment=committed.ledger.get(at, _NOTHING) if judged is Judged.LEVEL else _NOTHING,
        judged_on=judged,
        by_entity=pledges,
    )


def _completeness(pledges: Mapping[str, Pledge]) -> Completeness:
    missing = tuple(entity for entity, each in pledges.items() if each.level is None)
    return Completeness(len(pledges), len(pledges) - len(missing), missing)


def _judged(model: Target, together: Side, group: Side) -> Judged:
    """A growth is compared with a growth, where both sides have one; a level with a level."""
    grows = model.operand in GROWTHS and together.change is not None and group.change is not None
    return Judged.CHANGE if grows else Judged.LEVEL
