"""The contract as the rules read it: its rows, its figures, and what other contracts print of the same figures."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from services.gateway.domain.definition import Definition, Indicator, TargetRow
from services.gateway.domain.group.perimeter import counted
from services.gateway.domain.group.pledges import Committed
from services.gateway.domain.group.reconciliation import amounts
from services.gateway.domain.targets import Measure, Target, target_of


@dataclass(frozen=True, slots=True)
class Figure:
    """A value that was stated, and where."""

    value: Decimal
    source: str


Figures = Mapping[tuple[str, str], Mapping[int, Figure]]
"""By indicator and entity, then by year; in the contract's own euros and perimeter."""


@dataclass(frozen=True, slots=True)
class Book:
    """A contract to lint; `elsewhere` holds the figures of other contracts by the contract's code.

    `spared` are the indicators and entities that have nothing to do with each other.
    """

    definition: Definition
    figures: Figures
    elsewhere: Mapping[str, Figures] = field(default_factory=dict)
    spared: Collection[tuple[str, str]] = ()

    @property
    def group(self) -> str:
        return next(each.code for each in self.definition.entities if each.kind == "group")

    @property
    def members(self) -> tuple[str, ...]:
        """Whose figures make the group's."""
        return counted(self.definition.entities)

    def indicator(self, code: str) -> Indicator:
        return next(each for each in self.definition.indicators if each.code == code)

    def measure(self, code: str) -> Measure:
        indicator = self.indicator(code)
        return Measure(unit=indicator.unit, decimals=indicator.decimals, direction=indicator.direction)

    def observed(self, indicator: str, entity: str) -> Mapping[int, Figure]:
        return self.figures.get((indicator, entity), {})

    def series(self, indicator: str, entity: str) -> dict[int, Decimal | None]:
        return {year: each.value for year, each in self.observed(indicator, entity).items()}

    def targets(self, indicator: str, entity: str) -> list[TargetRow]:
        return [each for each in self.definition.targets if (each.indicator, each.entity) == (indicator, entity)]

    def target(self, row: TargetRow) -> Target:
        return target_of(self.definition, self.measure(row.indicator), row)

    def committed(self, indicator: str, entity: str) -> Committed:
        return Committed(
            entity=entity,
            targets=[self.target(each) for each in self.targets(indicator, entity)],
            series=self.series(indicator, entity),
            is_concerned=(indicator, entity) not in self.spared,
        )

    def ledger(self, indicator: str) -> dict[int, Decimal]:
        """What the contract adds, by year, to the sum of the entities to go towards the group's value."""
        return amounts(self.definition.adjustments, indicator)

    def index(self, deflator: str | None, year: int) -> Decimal | None:
        """The price index of a year: of the deflator named, or of the contract's only one."""
        codes = [deflator] if deflator else [each.code for each in self.definition.deflators]
        if len(codes) != 1:
            return None
        rows = self.definition.deflator_values
        return next((each.value for each in rows if (each.series, each.year) == (codes[0], year)), None)
