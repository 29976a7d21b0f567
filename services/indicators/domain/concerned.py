"""Which pairs of indicator and entity a contract follows, and what is wrong with a row that is outside them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from . import observation
from .contract import Contract, EntityKind, Header
from .observation import Observation

_MARGIN_YEARS = 10


@dataclass(frozen=True, slots=True)
class Concerned:
    """Which indicators and entities a contract knows, and which pairs it follows."""

    header: Header
    group: str
    entities: frozenset[str]
    declined: Mapping[str, bool]

    @classmethod
    def of(cls, contract: Contract) -> "Concerned":
        group = next((entity.code for entity in contract.entities if entity.kind is EntityKind.GROUP), "")
        declined = {indicator.code: indicator.declined for indicator in contract.indicators}
        return cls(contract.header, group, frozenset(entity.code for entity in contract.entities), declined)

    def objection(self, indicator: str, entity: str) -> str | None:
        """Why this entity has no such indicator, where both are known."""
        if self.declined.get(indicator) is not False or entity == self.group or entity not in self.entities:
            return None
        return f"l’indicateur « {indicator} » n’est pas décliné par école : seul « {self.group} » le renseigne"

    def mistakes(self, row: Observation) -> Iterator[tuple[str, str, str]]:
        """What is wrong with one observation, as (column, code, sentence)."""
        years = range(self.header.reference_year - _MARGIN_YEARS, self.header.end_year + _MARGIN_YEARS + 1)
        if row.indicator not in self.declined:
            yield "indicator", "unknown", f"l’indicateur « {row.indicator} » n’est pas dans ce contrat"
        if row.entity not in self.entities:
            yield "entity", "unknown", f"l’entité « {row.entity} » n’est pas dans ce contrat"
        if message := self.objection(row.indicator, row.entity):
            yield "entity", "not-declined", message
        if row.year not in years:
            yield "year", "year", f"{row.year} est hors du contrat (de {years[0]} à {years[-1]})"
        for column, message in observation.incoherences(row):
            yield column, "incoherent", message
